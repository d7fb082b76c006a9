"""Acts at the desk: publish, withdraw, submit, restore, delete, and the database's rules as sentences."""

from __future__ import annotations

import pytest
from django.urls import reverse

from agenda.models import Agenda, MeasurePackage, Project
from portal.models import Page
from portal.shared.admin import rules
from tests import factories as make

pytestmark = pytest.mark.django_db


def act(model: str, name: str, row) -> str:
    return reverse(f"admin:{model}_{name}", args=[row.pk])


def text(response) -> str:
    return response.content.decode()


def page_data(page, **changes):
    return {
        "title": page.title,
        "slug": page.slug,
        "lead": "",
        "body": page.body,
        "order": 0,
        "public_from_0": "",
        "public_from_1": "",
        "public_until_0": "",
        "public_until_1": "",
    } | changes


def test_publish_button_publishes(staff):
    page = make.PageFactory()
    client = staff("Redaktion")
    assert "Sichern und veröffentlichen</button>" in text(client.get(act("portal_page", "change", page)))
    response = client.post(act("portal_page", "publish", page), follow=True)
    assert f"„{page}“ ist veröffentlicht." in text(response)
    assert Page.objects.get().state == "published"


def test_publish_by_get_changes_nothing(staff):
    page = make.PageFactory()
    staff("Redaktion").get(act("portal_page", "publish", page))
    assert Page.objects.get().state == "draft"


def test_obstacles_are_shown_before_and_after(staff):
    project = make.ProjectFactory(lead=False)
    client = staff("Digitalisierungsbeauftragte")
    assert "Vor der Veröffentlichung fehlt noch" in text(client.get(act("agenda_project", "change", project)))
    response = client.post(act("agenda_project", "publish", project), follow=True)
    assert "Es fehlt die Federführung" in text(response)
    assert Project.objects.get().state == "draft"


def test_withdraw_asks_for_a_reason(staff):
    page = make.PageFactory(public=True)
    client = staff("Redaktion")
    assert "Warum wird der Inhalt zurückgezogen?" in text(client.get(act("portal_page", "withdraw", page)))
    client.post(act("portal_page", "withdraw", page), {"reason": " "})
    assert Page.objects.get().state == "published"
    client.post(act("portal_page", "withdraw", page), {"reason": "Veraltet"})
    assert Page.objects.get().state == "withdrawn"


def test_role_without_the_right_submits_only(staff):
    finding = make.FindingFactory()
    client = staff("Redaktion")
    form = text(client.get(act("agenda_finding", "change", finding)))
    assert "Sichern und zur Prüfung geben</button>" in form
    assert "Sichern und veröffentlichen" not in form
    response = client.post(act("agenda_finding", "publish", finding), follow=True)
    assert "Sie dürfen diesen Inhalt nicht veröffentlichen" in text(response)
    client.post(act("agenda_finding", "submit", finding))
    finding.refresh_from_db()
    assert finding.state == "in_review"


def test_list_action_tells_row_by_row(staff):
    good, bad = make.PageFactory(), make.PageFactory(body="")
    response = staff("Redaktion").post(
        reverse("admin:portal_page_changelist"),
        {"action": "publish_selected", "_selected_action": [good.pk, bad.pk]},
        follow=True,
    )
    assert f"„{good}“ ist veröffentlicht." in text(response)
    assert f"{bad}: Die Seite hat noch keinen Text." in text(response)


def test_broken_rule_brings_the_form_back_with_everything_typed(staff):
    package = make.PackageFactory(public=True)
    challenge = package.challenges.get()
    make.ProjectFactory(package=package)
    rules.check_now()
    other = make.ChallengeFactory(agenda=package.agenda)
    data = {
        "agenda": package.agenda_id,
        "code": package.code,
        "title": "Ein neuer Titel",
        "slug": package.slug,
        "challenges": [other.pk],
        "objective": package.objective,
        "lead": package.lead_id,
        "horizon": "short",
        "starts_on": "01.02.2026",
        "ends_on": "30.06.2027",
        "order": 0,
        "indicator_links-TOTAL_FORMS": 0,
        "indicator_links-INITIAL_FORMS": 0,
        "public_from_0": "",
        "public_from_1": "",
        "public_until_0": "",
        "public_until_1": "",
    }
    response = staff("Digitalisierungsbeauftragte").post(act("agenda_measurepackage", "change", package), data)
    assert response.status_code == 200
    assert "Eine Herausforderung kann nicht vom Maßnahmenpaket gelöst werden" in text(response)
    assert "Ein neuer Titel" in text(response)
    assert "erfolgreich" not in text(response)
    saved = MeasurePackage.objects.get()
    assert (saved.title, saved.challenges.get()) == (package.title, challenge)


def test_saving_never_changes_the_state(staff):
    page = make.PageFactory(public=True)
    response = staff("Redaktion").post(act("portal_page", "change", page), page_data(page, title="Neu", state="draft"))
    assert response.status_code == 302
    assert (Page.objects.get().title, Page.objects.get().state) == ("Neu", "published")


def test_restoring_an_old_version_restores_text_and_keeps_the_state(staff):
    page = make.PageFactory(title="Alt")
    first = page.history.first()
    client = staff("Redaktion")
    client.post(act("portal_page", "publish", page))
    client.post(act("portal_page", "change", page), page_data(page, title="Neu"))
    history = text(client.get(act("portal_page", "history", page)))
    assert "Neu" in history
    assert "Alt" in history
    restore = reverse("admin:portal_page_simple_history", args=[page.pk, first.pk])
    assert "Alt" in text(client.get(restore))
    assert client.post(restore, page_data(page, title="Alt")).status_code == 302
    assert (Page.objects.get().title, Page.objects.get().state) == ("Alt", "published")


def test_published_rows_are_not_deleted(staff):
    page = make.PageFactory(public=True)
    url = act("portal_page", "delete", page)
    client = staff("Redaktion")
    assert "Bitte zuerst zurückziehen" in text(client.get(url))
    client.post(url, {"post": "yes"})
    assert Page.objects.count() == 1


def test_delete_names_what_stands_on_the_row(staff):
    project = make.ProjectFactory()
    package = project.package
    client = staff("Digitalisierungsbeauftragte")
    url = act("agenda_measurepackage", "delete", package)
    assert project.title in text(client.get(url))
    client.post(url, {"post": "yes"})
    assert MeasurePackage.objects.count() == 1


def test_unit_limits_what_a_fachamt_sees_and_edits(staff):
    unit = make.UnitFactory()
    mine, other = make.ProjectFactory(owner=unit), make.ProjectFactory(owner=make.UnitFactory())
    client = staff("Fachamt", unit=unit)
    listed = text(client.get(reverse("admin:agenda_project_changelist")))
    assert mine.title in listed
    assert other.title not in listed
    assert client.get(act("agenda_project", "change", other)).status_code == 302
    assert client.post(act("agenda_project", "submit", other)).status_code == 404
    assert client.post(act("agenda_project", "submit", mine)).status_code == 302


def test_fachamt_without_unit_learns_why_the_list_is_empty(staff):
    make.ProjectFactory()
    assert "gehört noch zu keiner Organisationseinheit" in text(
        staff("Fachamt").get(reverse("admin:agenda_project_changelist"))
    )


def test_gap_report_links_to_what_is_broken(staff):
    finding = make.FindingFactory()
    url = reverse("admin:agenda_agenda_gaps", args=[finding.agenda_id])
    page = text(staff("Digitalisierungsbeauftragte").get(url))
    assert "Befunde ohne Beleg (1)" in page
    assert act("agenda_finding", "change", finding) in page
    assert staff("Digitalisierungsbeauftragte").get(url.replace(str(finding.agenda_id), "0")).status_code == 404


def test_preview_of_a_draft_agenda_is_offered(staff):
    agenda = make.AgendaFactory(slug="entwurf")
    form = text(staff("Digitalisierungsbeauftragte").get(act("agenda_agenda", "change", agenda)))
    assert 'href="/agenda/?vorschau=entwurf">Vorschau' in form
    assert Agenda.objects.get().state == "draft"


def test_milestone_in_the_future_cannot_be_done():
    from agenda.admin.projects import MilestoneForm  # noqa: PLC0415

    form = MilestoneForm({"title": "Konzept", "due_on": "01.01.2026", "done_on": "01.01.2999", "weight": 1})
    assert form.errors["done_on"] == ["„Erledigt am“ darf nicht in der Zukunft liegen."]
