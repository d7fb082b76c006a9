"""What detail pages say: the chain both ways, unknown amounts as open, reasons beside the light."""

import re
from datetime import date

import pytest

from agenda.models import ChallengeFinding, FundingLine, ProjectDependency, ProjectParty
from tests.factories import (
    AgendaFactory,
    AssessmentFactory,
    ChallengeFactory,
    CriterionFactory,
    EvidenceFactory,
    FieldFactory,
    FindingFactory,
    MilestoneFactory,
    OrganisationFactory,
    PackageFactory,
    ProjectFactory,
    RoundFactory,
    ValueFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def agenda():
    return AgendaFactory(public=True)


@pytest.fixture
def project(agenda):
    finding = FindingFactory(agenda=agenda, public=True, title="Viele warten")
    challenge = ChallengeFactory(agenda=agenda, public=True, findings=[finding], title="Schneller werden")
    package = PackageFactory(agenda=agenda, public=True, challenges=[challenge], title="Sofort spürbar")
    return ProjectFactory(package=package, public=True, title="Lotsen", phase="running")


def _text(client, row):
    html = client.get(row.get_absolute_url()).content.decode()
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html[html.index("<main") : html.index("</main>")]))


def _links(client, row):
    html = client.get(row.get_absolute_url()).content.decode()
    return set(re.findall(r'href="(/agenda/[^"?#]*)"', html[html.index("<main") :]))


def test_project_leads_back_to_why_it_exists(client, project):
    [challenge] = project.challenges.all()
    [finding] = challenge.findings.all()
    expected = {row.get_absolute_url() for row in (challenge, finding, project.package, project.field)}
    assert expected <= _links(client, project)


def test_finding_leads_to_everything_that_answers_it(client, project):
    [challenge] = project.challenges.all()
    [finding] = challenge.findings.all()
    expected = {row.get_absolute_url() for row in (challenge, project, project.package, finding.field)}
    assert expected <= _links(client, finding)


def test_challenge_leads_both_ways(client, project):
    [challenge] = project.challenges.all()
    [finding] = challenge.findings.all()
    assert {row.get_absolute_url() for row in (finding, project, project.package)} <= _links(client, challenge)


def test_package_leads_both_ways(client, project):
    [challenge] = project.challenges.all()
    assert {row.get_absolute_url() for row in (challenge, project)} <= _links(client, project.package)


def test_project_names_evidence_of_its_findings(client, project):
    finding = FindingFactory(agenda=project.agenda, public=True)
    value = ValueFactory(value=30500, indicator__unit="Haushalte", place="Altmark")
    finding.evidence.add(
        EvidenceFactory(agenda=project.agenda, kind="statistic", value=value, title="Anschlüsse", as_of="2024")
    )
    project.findings.add(finding)
    text = _text(client, project)
    assert "Anschlüsse : 30.500 Haushalte, Altmark" in text
    assert "Stand: 2024. Quelle: Beispielquelle" in text


def test_project_calls_open_amounts_open(client, project):
    FundingLine.objects.create(project=project, source="LEADER", planned="40000", spent=0)
    text = _text(client, project)
    assert "LEADER gesamt Investition 40.000 EUR offen 0 EUR" in text
    assert "Geschätzte Kosten offen" in text


def test_project_without_data_has_no_percentage(client, project):
    assert "Fortschritt: keine Angabe" in _text(client, project)


def test_project_gives_the_reason_of_its_light(client, project):
    MilestoneFactory(project=project, title="Schulung", due_on=date(2020, 1, 1))
    assert "Der Meilenstein „Schulung“ war am 01.01.2020 fällig." in _text(client, project)


def test_project_shows_that_a_light_is_set_by_hand(client, project):
    project.planned_start, project.planned_end = date(2020, 1, 1), date(2020, 2, 1)
    project.health_override, project.health_reason = "on_track", "Neuer Zeitplan beschlossen."
    project.save()
    text = _text(client, project)
    assert "im Plan (von Hand gesetzt; aus den Terminen ergäbe sich „in Verzug“)" in text
    assert "Neuer Zeitplan beschlossen." in text


def test_project_names_parties_by_role(client, project):
    for name in ("Verein B", "Verein A"):
        ProjectParty.objects.create(project=project, organisation=OrganisationFactory(name=name), role="partner")
    assert "Partner Verein A, Verein B" in _text(client, project)


def test_project_names_dependencies_both_ways(client, project):
    before = ProjectFactory(package=project.package, public=True, title="Vorher")
    after = ProjectFactory(package=project.package, public=True, title="Nachher")
    ProjectDependency.objects.create(predecessor=before, successor=project)
    ProjectDependency.objects.create(predecessor=project, successor=after)
    text = _text(client, project)
    assert "Das Projekt braucht Vorher" in text
    assert "Darauf warten Nachher" in text


def test_project_leads_to_its_neighbours(client, project):
    after = ProjectFactory(package=project.package, public=True, code="Z99", title="Das nächste")
    assert after.get_absolute_url() in _links(client, project)


def test_project_without_municipality_is_for_the_whole_county(client, project):
    assert "Wo ganzer Landkreis" in _text(client, project)


def test_project_offers_its_steckbrief(client, project):
    html = client.get(project.get_absolute_url()).content.decode()
    assert 'action="/berichte/steckbrief/"' in html
    assert f'name="project" value="{project.slug}"' in html


def test_finding_explains_its_scales(client, agenda):
    finding = FindingFactory(agenda=agenda, public=True, kind="potential", urgency=None, benefit=4, effort=1)
    text = _text(client, finding)
    assert "Nutzen: sehr hoch (Stufe 4 von 4)" in text
    assert "Aufwand: gering (Stufe 1 von 4)" in text


def test_finding_that_was_deferred_says_why(client, agenda):
    finding = FindingFactory(agenda=agenda, public=True, status="deferred", status_reason="Zuerst das Netz.")
    assert "Begründung Zuerst das Netz." in _text(client, finding)


def test_challenge_says_why_a_finding_supports_it(client, project):
    ChallengeFinding.objects.update(note="Weil viele warten.")
    [challenge] = project.challenges.all()
    assert "Weil viele warten." in _text(client, challenge)


def test_package_lists_projects_outside_its_window(client, project):
    project.planned_end = date(2028, 12, 31)
    project.save()
    assert "Lotsen endet erst 31.12.2028." in _text(client, project.package)


def test_package_sums_known_costs(client, project):
    project.cost_min, project.cost_max = 40000, 80000
    project.save()
    ProjectFactory(package=project.package, public=True)
    text = _text(client, project.package)
    assert "40.000 bis 80.000 EUR Summe aus 1 von 2 Projekten" in text


def test_field_shows_maturity_with_criteria_and_time(client, agenda):
    field = FieldFactory()
    for day, level in ((date(2024, 1, 1), 0), (date(2025, 1, 1), 2)):
        found = AssessmentFactory(
            round=RoundFactory(agenda=agenda, reference_date=day),
            field=field,
            current_level=level,
            target_level=3,
            target_year=2030,
            status="confirmed",
        )
    criterion = CriterionFactory(field=field, question="Gibt es Glasfaser?", level_2="In der Hälfte der Orte.")
    found.ratings.create(criterion=criterion, level=2, rationale="Gezählt.")
    agenda.rounds.update(state="published")
    text = _text(client, field)
    assert "Stand 01.01.2025: Stufe 2 Ziel: Stufe 3 bis 2030" in text
    assert "Davor, 01.01.2024: Stufe 0" in text
    assert "Gibt es Glasfaser? 2 In der Hälfte der Orte. Gezählt." in text


def test_field_names_each_of_its_projects_once(client, project):
    further = FieldFactory()
    project.extra_fields.add(further, FieldFactory())
    for field in (project.field, further):
        assert _text(client, field).count("Lotsen") == 1


def test_field_not_assessed_is_not_level_zero(client, agenda):
    text = _text(client, FieldFactory())
    assert "noch nicht eingeschätzt. Das heißt nicht „Stufe 0“." in text
