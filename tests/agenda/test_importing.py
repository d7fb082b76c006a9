"""The whole example content as it stands in the portal after one load."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from django.apps import apps
from django.db import transaction

from agenda import models as agenda
from portal import models as portal
from portal.shared.importing import REASON, Wishes, load
from tests.factories import NOON

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module", autouse=True)
def report(django_db_setup, django_db_blocker):
    """Loaded once for this module; every test runs inside and is taken back."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield load(Wishes(), at=NOON)
        transaction.set_rollback(True)


@pytest.mark.parametrize(
    ("model", "count"),
    [
        (portal.Municipality, 25),
        (portal.MunicipalAssociation, 3),
        (portal.MunicipalityPopulation, 100),
        (portal.Topic, 8),
        (agenda.Agenda, 1),
        (agenda.ActionField, 8),
        (agenda.Indicator, 141),
        (agenda.IndicatorValue, 133),
        (agenda.IndicatorTarget, 53),
        (agenda.Evidence, 56),
        (agenda.Finding, 29),
        (agenda.Challenge, 9),
        (agenda.ChallengeIndicator, 10),
        (agenda.MeasurePackage, 8),
        (agenda.Project, 35),
        (agenda.Milestone, 93),
        (agenda.ProjectIndicator, 43),
        (agenda.ProjectDependency, 6),
        (agenda.Criterion, 12),
        (agenda.Assessment, 8),
    ],
)
def test_load_makes_every_row(model, count):
    assert model.objects.count() == count


@pytest.mark.parametrize(
    "model",
    [
        agenda.Agenda,
        agenda.Indicator,
        agenda.IndicatorValue,
        agenda.Evidence,
        agenda.Finding,
        agenda.Challenge,
        agenda.MeasurePackage,
        agenda.Project,
        agenda.Assessment,
    ],
)
def test_load_makes_everything_public(model):
    assert model.objects.public(NOON).count() == model.objects.count() > 0


def test_figures_of_the_table_are_told_from_starting_values():
    measured = agenda.IndicatorValue.objects.filter(quality="measured")
    assert measured.count() == 100
    assert agenda.IndicatorValue.objects.filter(quality="estimated").count() == 33


def test_agenda_is_marked_as_example():
    row = agenda.Agenda.objects.get()
    assert (row.slug, row.status, row.is_example, row.data_as_of) == ("beispiel", "draft", True, date(2026, 9, 30))
    assert (row.period_start, row.short_until) == (date(2026, 1, 1), date(2027, 6, 30))
    assert (row.medium_until, row.period_end) == (date(2029, 12, 31), date(2032, 12, 31))
    assert "kein amtliches Dokument" in row.introduction
    assert row.principles.startswith("<ul><li>Nutzen vor Technik</li>")


def test_value_of_a_municipality_is_tied_to_it():
    value = agenda.IndicatorValue.objects.get(place="Hansestadt Osterburg (Altmark)")
    assert (value.municipality.ags, value.value, value.period_end) == ("15090415", 9371, date(2024, 12, 31))
    assert value.source.startswith("Gemeindeverzeichnis des Portals, gemeinden.csv")


@pytest.mark.parametrize(
    ("as_of", "end"),
    [
        ("2022-01", date(2022, 1, 31)),
        ("2019 bis 2024", date(2024, 12, 31)),
        ("1994", date(1994, 12, 31)),
        ("um 2021 (Seite ohne Datum)", None),
        ("unbekannt (Protokoll ohne Jahr im Auszug)", None),
    ],
)
def test_value_keeps_its_date_as_found(as_of, end):
    assert [value.period_end for value in agenda.IndicatorValue.objects.filter(as_of=as_of)][:1] == [end]


def test_indicator_without_field_is_a_framework_condition():
    assert agenda.Indicator.objects.get(code="wanderungssaldo").field is None
    fee = agenda.Indicator.objects.get(title="Rufbus: Zuschlag je Person")
    assert (fee.code, fee.unit, fee.decimals, fee.field.code) == ("rufbus-zuschlag-je-person", "EUR", 2, "HF6")


def test_indicator_of_challenge_and_project_is_one():
    rate = agenda.Indicator.objects.get(title="Anschlussquote im Ausbaugebiet")
    assert [(row.due_on.year, row.value) for row in rate.targets.all()] == [(2027, 50), (2030, 65)]
    assert (rate.challengeindicators.get().target.value, rate.projectindicators.get().target.value) == (65, 50)
    assert (rate.direction, rate.frequency, rate.values.get().value) == ("increase", "yearly", 40)


def test_evidence_points_to_its_figure():
    evidence = agenda.Evidence.objects.get(code="E56")
    assert (evidence.kind, evidence.value.value, evidence.value.indicator.unit) == ("statistic", 200000, "EUR")


def test_finding_is_addressed():
    assert set(agenda.Finding.objects.values_list("status", flat=True)) == {"addressed"}
    need = agenda.Finding.objects.get(code="F29")
    assert (need.kind, need.urgency, need.field.code, need.slug[:4]) == ("need", 3, "HF8", "f29-")
    assert sorted(need.evidence.values_list("code", flat=True)) == ["E55", "E56", "Q07"]


def test_project_says_what_the_file_says():
    project = agenda.Project.objects.get(code="M01")
    assert (project.number, project.slug) == ("1.1", "m01-anschlusslotsen-fuer-glasfaser")
    assert (project.phase, project.progress_mode, project.manual_progress) == ("running", "manual", 45)
    assert (project.planned_start, project.actual_start) == (date(2026, 3, 1), None)
    assert (project.cost_min, project.cost_max, project.running_cost) == (Decimal(40000), Decimal(80000), None)
    assert project.parties.get(role="lead").organisation.name == "Zweckverband Breitband Altmark (ZBA)"
    assert project.parties.filter(role="partner").count() == 3
    assert [line.planned for line in project.funding_lines.all()] == [None]
    assert [milestone.done_on for milestone in project.milestones.all()] == [date(2026, 5, 31), None, None]


def test_project_that_is_over_has_an_end():
    project = agenda.Project.objects.get(code="M20")
    assert (project.phase, project.actual_end, project.planned_end) == (
        "completed",
        date(2026, 9, 30),
        date(2026, 9, 30),
    )


def test_project_that_waits_says_why():
    project = agenda.Project.objects.get(phase="on_hold")
    assert project.phase_reason == "Zurückgestellt, bis die Finanzierung der laufenden Kosten geklärt ist."


def test_project_of_an_office_belongs_to_it():
    project = agenda.Project.objects.get(code="M06")
    lead = project.parties.get(role="lead").organisation
    assert (lead.kind, lead.unit.name, project.owner) == ("county", "Hauptverwaltung", lead.unit)


def test_teaser_ends_with_a_sentence():
    teasers = agenda.Project.objects.values_list("teaser", flat=True)
    assert [teaser for teaser in teasers if len(teaser) > 200 or not teaser.endswith(".")] == []


def test_package_under_another_name_has_the_same_lead():
    assert agenda.MeasurePackage.objects.get(code="P6").lead.name == "Landkreis Stendal, Straßenbauamt"
    assert agenda.MeasurePackage.objects.get(code="P1").lead.unit.name == "Digitalisierungszentrum"


def test_round_is_published_and_shows_three_sorts_of_cells():
    round_ = agenda.AssessmentRound.objects.get()
    assert (round_.state, round_.reference_date, round_.criteria.count()) == ("published", date(2026, 9, 30), 12)
    assert "Frei erfundenes Beispiel" in round_.method
    cells = {row.field.code: (row.applicability, row.current_level) for row in round_.assessments.all()}
    assert cells["HF5"] == ("not_assessed", None)
    assert cells["HF6"] == ("assessed", 0)
    assert cells["HF7"] == ("not_applicable", None)


def test_level_of_a_field_follows_from_its_criteria():
    for row in agenda.Assessment.objects.filter(applicability="assessed"):
        levels = [rating.level for rating in row.ratings.all()]
        assert row.current_level == sum(levels) // len(levels), row


def test_second_load_touches_nothing():
    def versions():
        return {m: m.objects.count() for m in apps.get_models() if m.__name__.endswith("Version")}

    before = versions()
    report = load(Wishes(), at=NOON)
    assert versions() == before
    assert (report.new.total(), report.changed, report.kept, report.missing) == (0, [], [], [])
    assert report.unchanged.total() > 1000


def test_history_names_the_load_and_no_person():
    first = agenda.Project.objects.get(code="M01").history.earliest()
    assert (first.history_change_reason, first.history_user) == (REASON, None)
