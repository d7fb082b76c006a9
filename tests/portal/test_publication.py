"""The gate: state, window and parents decide together what the public may read."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser, Permission
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from agenda.models import Agenda, Challenge, Finding, MeasurePackage, Project
from portal.models import Page
from portal.shared import publishing
from portal.shared.publishing import PublicationRefusedError
from tests import factories as make
from tests.factories import NOON

pytestmark = pytest.mark.django_db
SECOND = timedelta(seconds=1)


@pytest.mark.parametrize(
    ("fields", "shown"),
    [
        ({"public": True}, True),
        ({}, False),
        ({"state": "in_review"}, False),
        ({"state": "withdrawn", "published_at": NOON}, False),
        ({"public": True, "public_from": NOON}, True),
        ({"public": True, "public_from": NOON + SECOND}, False),
        ({"public": True, "public_until": NOON + SECOND}, True),
        ({"public": True, "public_until": NOON}, False),
    ],
)
def test_public_depends_on_state_and_window(fields, shown):
    page = make.PageFactory(**fields)
    assert page.is_public(NOON) is shown
    assert list(Page.objects.public(NOON)) == ([page] if shown else [])


@pytest.mark.parametrize("model", [Finding, Challenge, MeasurePackage, Project])
def test_public_ends_with_the_agenda(model):
    project = make.ProjectFactory(public=True)
    agenda = project.agenda
    assert model.objects.public(NOON).filter(agenda=agenda).count() == 1
    publishing.withdraw(agenda, by=None, reason="Fehler")
    assert list(model.objects.public(NOON)) == []


def test_public_project_ends_with_its_package():
    project = make.ProjectFactory(public=True)
    publishing.withdraw(project.package, by=None, reason="Fehler")
    assert list(Project.objects.public(NOON)) == []


def test_visible_to_staff_with_the_right_shows_drafts():
    page = make.PageFactory()
    user = make.UserFactory()
    assert list(Page.objects.visible_to(user, at=NOON)) == []
    user.user_permissions.add(Permission.objects.get(codename="view_page"))
    user = type(user).objects.get(pk=user.pk)
    assert list(Page.objects.visible_to(user, at=NOON)) == [page]
    user.is_staff = False
    assert list(Page.objects.visible_to(user, at=NOON)) == []
    assert list(Page.objects.visible_to(AnonymousUser(), at=NOON)) == []


def test_window_out_of_order_is_refused_with_a_sentence():
    page = make.PageFactory.build(public_from=NOON, public_until=NOON)
    with pytest.raises(ValidationError, match="muss nach „sichtbar ab“ liegen"):
        page.validate_constraints()
    with pytest.raises(IntegrityError), transaction.atomic():
        page.save()


def test_published_without_moment_is_refused():
    with pytest.raises(IntegrityError, match="published_has_moment"), transaction.atomic():
        make.PageFactory(state="published")


def test_publish_sets_the_first_moment_once():
    page = make.PageFactory()
    publishing.publish(page, by=None, at=NOON)
    publishing.withdraw(page, by=None, reason="Zahlen falsch")
    again = publishing.publish(page, by=None, at=NOON + SECOND)
    assert again.published_at == NOON
    reasons = list(page.history.order_by("history_id").values_list("history_change_reason", flat=True))
    assert reasons[1:] == ["Veröffentlicht", "Zurückgezogen: Zahlen falsch", "Veröffentlicht"]


def test_publish_twice_changes_nothing():
    page = make.PageFactory(public=True)
    before = page.history.count()
    publishing.publish(page, by=None, at=NOON)
    assert page.history.count() == before


def test_publish_names_every_obstacle():
    project = make.ProjectFactory(lead=False, challenges=[])
    with pytest.raises(PublicationRefusedError) as refusal:
        publishing.publish(project, by=None, at=NOON)
    assert refusal.value.reasons == [
        "Es fehlt die Federführung unter „Beteiligte“.",
        "Es fehlt mindestens eine Herausforderung, der das Projekt dient.",
    ]
    assert Project.objects.get().state == "draft"


@pytest.mark.parametrize(
    ("row", "obstacles"),
    [
        (lambda: make.AgendaFactory(vision="", method_note=""), ["Es fehlt: Leitbild.", "Es fehlt: Methode."]),
        (
            lambda: make.ChallengeFactory(findings=[]),
            ["Es fehlt mindestens ein Befund, auf dem die Herausforderung beruht."],
        ),
        (
            lambda: make.PackageFactory(lead=None, challenges=[]),
            [
                "Es fehlt die Federführung.",
                "Es fehlt mindestens eine Herausforderung, auf die das Paket antwortet.",
            ],
        ),
        (lambda: make.PageFactory(body=""), ["Die Seite hat noch keinen Text."]),
        (make.NewsFactory, []),
    ],
)
def test_obstacles_are_sentences(row, obstacles):
    assert row().publication_obstacles() == obstacles


def test_publish_needs_the_right(role):
    page = make.PageFactory()
    with pytest.raises(PublicationRefusedError, match="Sie dürfen"):
        publishing.publish(page, by=role("Fachamt"), at=NOON)
    editor = role("Redaktion")
    publishing.publish(page, by=editor, at=NOON)
    assert page.history.first().history_user == editor


def test_withdraw_needs_a_reason_and_something_published():
    page = make.PageFactory(public=True)
    with pytest.raises(PublicationRefusedError, match="Bitte begründen"):
        publishing.withdraw(page, by=None, reason="  ")
    with pytest.raises(PublicationRefusedError, match="nicht veröffentlicht"):
        publishing.withdraw(make.PageFactory(), by=None, reason="weg")


def test_submit_hands_a_draft_in_once():
    page = make.PageFactory()
    assert publishing.submit(page, by=None).state == "in_review"
    with pytest.raises(PublicationRefusedError, match="bereits in Prüfung"):
        publishing.submit(page, by=None)


def test_agenda_current_prefers_the_adopted_one():
    draft = make.AgendaFactory(public=True, period_start=make.date(2026, 6, 1))
    assert Agenda.objects.current(NOON) == draft
    adopted = make.AgendaFactory(public=True)
    make.DecisionFactory(agenda=adopted)
    Agenda.objects.filter(pk=adopted.pk).update(status="adopted")
    assert Agenda.objects.current(NOON) == adopted
    publishing.withdraw(adopted, by=None, reason="Fehler")
    assert Agenda.objects.current(NOON) == draft
