"""The gap report names every break of the red thread, and nothing where the thread holds."""

from __future__ import annotations

from datetime import date

import pytest

from agenda import gaps
from agenda.models import ChallengeIndicator, FundingLine, Project
from tests import factories as make

pytestmark = pytest.mark.django_db
TODAY = date(2026, 10, 1)


def titles(agenda) -> dict[str, list]:
    return {gap.title: gap.rows for gap in gaps.of(agenda, on=TODAY)}


@pytest.fixture
def whole():
    """An agenda whose thread holds from the evidence to the indicator."""
    project = make.ProjectFactory(phase="running", sustainability_note="Der Landkreis betreibt es weiter.")
    finding = project.challenges.get().findings.get()
    finding.evidence.add(make.EvidenceFactory(agenda=project.agenda))
    project.findings.add(finding)
    make.MilestoneFactory(project=project)
    FundingLine.objects.create(project=project, source="Haushalt")
    ChallengeIndicator.objects.create(challenge=project.challenges.get(), indicator=make.IndicatorFactory())
    return project


def test_no_gap_where_the_thread_holds(whole):
    assert gaps.of(whole.agenda, on=TODAY) == []


def test_finding_without_evidence(whole):
    whole.findings.get().evidence.clear()
    assert titles(whole.agenda) == {"Befunde ohne Beleg": [whole.findings.get()]}


def test_need_without_challenge_and_without_project(whole):
    lonely = make.FindingFactory(agenda=whole.agenda)
    lonely.evidence.add(make.EvidenceFactory(agenda=whole.agenda))
    assert titles(whole.agenda) == {"Bedarfe und Schwächen ohne Herausforderung": [lonely]}
    lonely.status, lonely.status_reason = "deferred", "Erst nach 2030."
    lonely.save()
    assert titles(whole.agenda) == {}
    whole.findings.clear()
    assert list(titles(whole.agenda)) == ["Bedarfe ohne Projekt"]


def test_challenge_without_package_and_indicator(whole):
    challenge = make.ChallengeFactory(agenda=whole.agenda, findings=[whole.findings.get()])
    assert titles(whole.agenda) == {
        "Herausforderungen ohne Maßnahmenpaket": [challenge],
        "Herausforderungen ohne Kennzahl": [challenge],
    }


def test_challenge_whose_projects_ended(whole):
    Project.objects.update(phase="discontinued", phase_reason="Kein Bedarf mehr")
    assert list(titles(whole.agenda)) == ["Herausforderungen ohne laufendes Projekt"]


def test_package_without_project(whole):
    package = make.PackageFactory(agenda=whole.agenda, challenges=[whole.challenges.get()])
    assert titles(whole.agenda) == {"Maßnahmenpakete ohne Projekt": [package]}


def test_project_outside_its_package_without_money_milestone_and_future(whole):
    whole.milestones.all().delete()
    whole.funding_lines.all().delete()
    whole.sustainability_note = ""
    whole.planned_end = date(2028, 1, 1)
    whole.save()
    assert titles(whole.agenda) == {
        "Projekte außerhalb des Zeitraums ihres Pakets": [whole],
        "Projekte ohne Meilenstein": [whole],
        "Projekte ohne Finanzierung": [whole],
        "Projekte ohne Aussage zur Verstetigung": [whole],
    }


def test_milestone_overdue(whole):
    milestone = whole.milestones.get()
    milestone.due_on = date(2026, 9, 30)
    milestone.save()
    assert titles(whole.agenda) == {"Überfällige Meilensteine": [milestone]}
    milestone.done_on = date(2026, 9, 30)
    milestone.save()
    assert titles(whole.agenda) == {}
