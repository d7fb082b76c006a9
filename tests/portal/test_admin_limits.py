"""Limits at the desk: nobody restores, opens, deletes or links past their rights."""

from __future__ import annotations

import pytest
from django.contrib import admin
from django.urls import reverse

from agenda.models import Assessment, AssessmentRound, Evidence, IndicatorValue, MeasurePackage, Project
from portal.models import Page
from portal.roles import ROLES
from tests import factories as make

pytestmark = pytest.mark.django_db


def address(model, page: str, *args) -> str:
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{page}", args=args)


def text(response) -> str:
    return response.content.decode()


def test_restoring_needs_the_right_to_change(staff):
    field = make.FieldFactory(title="Netz")
    version = field.history.first()
    url = address(type(field), "simple_history", field.pk, version.pk)
    data = {"code": field.code, "title": "Anders", "slug": field.slug, "summary": "Anders", "order": 0}
    assert staff("Fördermanagement").post(url, data).status_code == 403
    field.refresh_from_db()
    assert field.title == "Netz"
    assert staff("Digitalisierungsbeauftragte").post(url, data).status_code == 302
    field.refresh_from_db()
    assert field.title == "Anders"


def test_restoring_stays_within_the_unit(staff):
    project = make.ProjectFactory(owner=make.UnitFactory())
    url = address(Project, "simple_history", project.pk, project.history.first().pk)
    assert staff("Fachamt", unit=make.UnitFactory()).post(url, {"title": "Fremd"}).status_code == 403


def test_restoring_what_was_deleted_is_refused_not_an_error(staff):
    page = make.PageFactory()
    url = address(Page, "simple_history", page.pk, page.history.first().pk)
    page.delete()
    assert staff("Redaktion").post(url, {"title": "Wieder da"}).status_code == 403


def test_restoring_never_reopens_a_round(staff):
    round_ = make.RoundFactory()
    opened = round_.history.first()
    AssessmentRound.objects.update(state="published")
    data = {
        "agenda": round_.agenda_id,
        "title": "Neuer Titel",
        "reference_date": f"{round_.reference_date:%d.%m.%Y}",
        "method": round_.method,
    }
    url = address(AssessmentRound, "simple_history", round_.pk, opened.pk)
    assert staff("Digitalisierungsbeauftragte").post(url, data).status_code == 302
    round_.refresh_from_db()
    assert (round_.title, round_.state) == ("Neuer Titel", "published")


def test_values_of_other_units_are_closed_to_a_fachamt(staff):
    value = make.ValueFactory()
    client = staff("Fachamt", unit=make.UnitFactory())
    assert client.get(address(IndicatorValue, "change", value.pk)).status_code == 403
    assert client.post(address(IndicatorValue, "add"), {"indicator": value.indicator_id}).status_code == 403


@pytest.mark.parametrize("how", ["delete", "list"])
def test_delete_that_breaks_a_rule_says_so(staff, how):
    assessment = make.AssessmentFactory()
    AssessmentRound.objects.update(state="closed")
    client = staff("Digitalisierungsbeauftragte")
    if how == "delete":
        response = client.post(address(Assessment, "delete", assessment.pk), {"post": "yes"}, follow=True)
    else:
        data = {"action": "delete_selected", "_selected_action": [assessment.pk], "post": "yes"}
        response = client.post(address(Assessment, "changelist"), data, follow=True)
    assert "Die Erhebungsrunde ist abgeschlossen. Eine Berichtigung ist eine neue Runde." in text(response)
    assert "Erfolgreich" not in text(response)
    assert Assessment.objects.count() == 1


def test_evidence_of_a_finding_is_not_deleted(staff):
    finding = make.FindingFactory()
    evidence = make.EvidenceFactory(agenda=finding.agenda)
    finding.evidence.add(evidence)
    client = staff("Digitalisierungsbeauftragte")
    url = address(Evidence, "delete", evidence.pk)
    assert f"verknüpft mit Befund „{finding}“" in text(client.get(url))
    client.post(url, {"post": "yes"})
    assert Evidence.objects.count() == 1
    finding.evidence.clear()
    client.post(url, {"post": "yes"})
    assert Evidence.objects.count() == 0


def test_publish_saves_first_and_a_refusal_keeps_what_was_saved(staff):
    page = make.PageFactory(body="")
    data = {"title": "Neu", "slug": page.slug, "lead": "", "body": "", "order": 0, "_publish": ""}
    data |= {f"public_{end}_{part}": "" for end in ("from", "until") for part in (0, 1)}
    client = staff("Redaktion")
    response = client.post(address(Page, "change", page.pk), data, follow=True)
    assert "Die Seite hat noch keinen Text." in text(response)
    page.refresh_from_db()
    assert (page.title, page.state) == ("Neu", "draft")
    client.post(address(Page, "change", page.pk), data | {"body": "<p>Text</p>"}, follow=True)
    page.refresh_from_db()
    assert (page.body, page.state) == ("<p>Text</p>", "published")


def choices():
    """Every field chosen by autocomplete, on the forms and in their parts."""
    return [
        (model, part, name)
        for model, desk in admin.site._registry.items()
        for part in [desk, *[inline(model, admin.site) for inline in desk.inlines]]
        for name in part.autocomplete_fields
    ]


@pytest.mark.parametrize("role_name", ROLES.values())
def test_whoever_edits_a_form_can_use_its_choices(staff, role_name):
    client = staff(role_name, unit=make.UnitFactory())
    request = client.get("/verwaltung/").wsgi_request
    closed = []
    for model, part, name in choices():
        if not admin.site._registry[model].has_change_permission(request):
            continue
        if part is not admin.site._registry[model] and not part.has_change_permission(request):
            continue
        if name in part.get_readonly_fields(request):
            continue
        query = {"app_label": part.model._meta.app_label, "model_name": part.model._meta.model_name, "field_name": name}
        if client.get(reverse("admin:autocomplete"), query).status_code != 200:
            closed.append(f"{part.model.__name__}.{name}")
    assert closed == []


def test_fachamt_chooses_challenges_of_other_units(staff):
    unit = make.UnitFactory()
    package = make.PackageFactory(owner=make.UnitFactory(), title="Fremdes Paket")
    query = {"app_label": "agenda", "model_name": "project", "field_name": "package", "term": "Fremdes"}
    found = staff("Fachamt", unit=unit).get(reverse("admin:autocomplete"), query).json()["results"]
    assert [row["id"] for row in found] == [str(package.pk)]
    assert "Fremdes" not in text(staff("Fachamt", unit=unit).get(address(MeasurePackage, "changelist")))


def test_overdue_task_counts_what_its_list_shows(staff):
    unit = make.UnitFactory()
    for owner, phase in ((unit, "running"), (None, "running"), (unit, "discontinued")):
        project = make.ProjectFactory(owner=owner, phase=phase, phase_reason="Grund")
        make.MilestoneFactory(project=project, due_on=make.date(2026, 1, 1))
    client = staff("Digitalisierungsbeauftragte", unit=unit)
    task = next(task for task in client.get("/verwaltung/").context["waiting"] if "Meilenstein" in task.label)
    assert task.count == 1
    assert client.get(task.url).context["cl"].result_count == 1


def test_signed_in_stranger_does_not_reach_the_desk(client):
    client.force_login(make.UserFactory(is_staff=False), backend="django.contrib.auth.backends.ModelBackend")
    response = client.get("/verwaltung/", follow=True)
    assert "Ihr Arbeitsplatz" not in text(response)
    assert response.status_code == 403
