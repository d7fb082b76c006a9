"""The desk: every page of the administration opens for whoever may, and for nobody else."""

from __future__ import annotations

import pytest
from django.contrib import admin
from django.contrib.auth.models import Group
from django.urls import reverse

from agenda.models import CriterionRating, IndicatorTarget, Milestone
from portal.models import Document, Image, MunicipalAssociation, OutgoingMail, Report
from portal.roles import ROLES
from tests import factories as make

pytestmark = pytest.mark.django_db

ROWS = {
    "Agenda": make.AgendaFactory,
    "ActionField": make.FieldFactory,
    "Criterion": make.CriterionFactory,
    "AssessmentRound": make.RoundFactory,
    "Assessment": make.AssessmentFactory,
    "Evidence": make.EvidenceFactory,
    "Finding": make.FindingFactory,
    "Challenge": make.ChallengeFactory,
    "MeasurePackage": make.PackageFactory,
    "Project": make.ProjectFactory,
    "Indicator": make.IndicatorFactory,
    "IndicatorValue": make.ValueFactory,
    "IndicatorTarget": lambda: IndicatorTarget.objects.create(
        indicator=make.IndicatorFactory(), due_on=make.date(2027, 1, 1), value=1
    ),
    "Page": make.PageFactory,
    "News": make.NewsFactory,
    "Document": lambda: Document.objects.create(title="Bericht", file="dokumente/x.pdf", source="Amt"),
    "Image": lambda: Image.objects.create(title="Bild", alt_text="Ein Feld", source="Amt"),
    "Topic": make.TopicFactory,
    "Organisation": make.OrganisationFactory,
    "OrganisationUnit": make.UnitFactory,
    "Municipality": make.MunicipalityFactory,
    "MunicipalAssociation": lambda: MunicipalAssociation.objects.get_or_create(key="150905051", name="Arneburg")[0],
    "User": make.UserFactory,
    "Group": Group.objects.first,
    "Report": lambda: Report.objects.create(
        kind="seite",
        title="Bericht",
        fingerprint=str(Report.objects.count()),
        asked_at=make.NOON,
        heard_at=make.NOON,
    ),
    "OutgoingMail": lambda: OutgoingMail.objects.create(
        key=str(OutgoingMail.objects.count()),
        to="a@example.org",
        subject="Hallo",
        text="Text",
        created_at=make.NOON,
        next_try_at=make.NOON,
    ),
}
REGISTERED = {
    model.__name__: model
    for model in admin.site._registry
    if model._meta.app_label in {"portal", "agenda"} or model.__name__ == "Group"
}


def address(model, page: str, *args) -> str:
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{page}", args=args)


def test_every_registered_model_is_tried_here():
    assert set(REGISTERED) == set(ROWS)


@pytest.mark.parametrize("name", ROWS)
@pytest.mark.parametrize("role_name", ROLES.values())
def test_pages_open_for_whoever_may(name, role_name, staff, role):
    model, row = REGISTERED[name], ROWS[name]()
    client = staff(role_name, unit=make.UnitFactory())
    user = client.get("/verwaltung/").wsgi_request.user
    label = model._meta.app_label
    is_closed = role_name == "Fachamt" and name in {"IndicatorValue", "IndicatorTarget"}
    may = {right: user.has_perm(f"{label}.{right}_{model._meta.model_name}") for right in ("view", "add", "delete")}
    may = dict.fromkeys(may, False) if is_closed else may
    assert client.get(address(model, "changelist")).status_code == (200 if may["view"] else 403)
    add = client.get(address(model, "add")).status_code
    assert add == (200 if may["add"] and name not in {"Report", "OutgoingMail"} else 403)
    # Somebody bound to a unit does not even learn that a row of another unit exists.
    hidden = role_name == "Fachamt" and hasattr(row, "owner_id")
    change = client.get(address(model, "change", row.pk)).status_code
    assert change == (302 if hidden and may["view"] else 200 if may["view"] else 403)
    if hasattr(model, "history") and may["view"] and not hidden:
        assert client.get(address(model, "history", row.pk)).status_code == 200


@pytest.mark.parametrize("name", ROWS)
def test_changelist_needs_as_many_queries_for_three_rows_as_for_one(name, django_assert_num_queries, client):
    model = REGISTERED[name]
    client.force_login(make.UserFactory(is_superuser=True), backend="django.contrib.auth.backends.ModelBackend")
    ROWS[name]()
    client.get(address(model, "changelist"))

    def count() -> int:
        from django.db import connection  # noqa: PLC0415
        from django.test.utils import CaptureQueriesContext  # noqa: PLC0415

        with CaptureQueriesContext(connection) as queries:
            client.get(address(model, "changelist"))
        return len(queries)

    one = count()
    for _ in range(2):
        ROWS[name]()
    assert count() <= one


def test_strangers_are_led_to_the_door(client):
    response = client.get("/verwaltung/", follow=True)
    assert response.redirect_chain[-1][0].startswith("/konto/login/?next=")
    assert response.status_code == 200


def test_first_page_says_what_waits(staff):
    client = staff("Digitalisierungsbeauftragte")
    assert "Zurzeit nichts." in client.get("/verwaltung/").content.decode()
    Milestone.objects.create(project=make.ProjectFactory(), title="Konzept", due_on=make.date(2026, 1, 1))
    make.FindingFactory(state="in_review")
    page = client.get("/verwaltung/").content.decode()
    assert "Projekte mit überfälligem Meilenstein: <strong>1</strong>" in page
    assert "Befunde zu prüfen: <strong>1</strong>" in page


def test_criterion_ratings_are_edited_on_their_assessment():
    assert CriterionRating not in admin.site._registry
