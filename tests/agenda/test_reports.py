"""The agenda's reports: what they gather, when they change, and what they never show."""

from __future__ import annotations

import pytest
from django.db import connection
from django.template.loader import render_to_string
from django.test.utils import CaptureQueriesContext

from agenda import reports
from agenda.models import FundingLine, IndicatorTarget, ProjectIndicator
from portal.shared import publishing
from portal.shared.reports import ReportRefusedError
from tests import factories as make
from tests.factories import NOON

pytestmark = pytest.mark.django_db
SECRET = "Geheimsache"


@pytest.fixture
def project():
    """A public project with all its parts, some of them secret."""
    project = make.ProjectFactory(public=True, phase="running", running_cost=100)
    make.MilestoneFactory(project=project, title="Konzept steht")
    make.MilestoneFactory(project=project, title=SECRET, is_public=False)
    FundingLine.objects.create(project=project, source="Haushalt", planned=None, secured=1000)
    finding = project.challenges.get().findings.get()
    finding.evidence.add(make.EvidenceFactory(agenda=project.agenda, title="Umfrage"))
    finding.evidence.add(make.EvidenceFactory(agenda=project.agenda, title=SECRET, is_public=False))
    project.findings.add(finding)
    indicator = make.ValueFactory().indicator
    target = IndicatorTarget.objects.create(indicator=indicator, due_on=make.date(2027, 1, 1), value=60)
    ProjectIndicator.objects.create(project=project, indicator=indicator, target=target)
    ProjectIndicator.objects.create(project=project, indicator=make.IndicatorFactory(title=SECRET))
    make.ProjectFactory(package=project.package, title=SECRET)
    make.ChallengeFactory(agenda=project.agenda, title=SECRET)
    make.PackageFactory(agenda=project.agenda, title=SECRET)
    make.FindingFactory(agenda=project.agenda, title=SECRET)
    assessment = make.AssessmentFactory(round__agenda=project.agenda, status="confirmed")
    type(assessment.round).objects.update(state="published")
    return project


def html(kind, options, *, is_public=True) -> str:
    class Document:
        title, label, mark, at = "Titel", "Art", "abc", NOON

    Document.is_public = is_public
    context = kind.context(options, is_public=is_public, at=NOON)
    return render_to_string(kind.template, context | {"document": Document})


def options_of(project) -> list:
    return [
        (reports.AGENDA, {"agenda": project.agenda.slug}),
        (reports.STECKBRIEF, {"project": project.slug}),
    ]


def test_public_documents_show_the_chain_and_no_secret(project):
    make.MunicipalityFactory()
    for kind, options in options_of(project):
        page = html(kind, options)
        assert project.title in page
        assert "Konzept steht" in page
        assert "offen" in page
        assert SECRET not in page


def test_internal_document_shows_drafts(project):
    assert SECRET in html(reports.AGENDA, {"agenda": project.agenda.slug}, is_public=False)


def test_agenda_needs_as_many_queries_for_three_projects_as_for_one(project):
    def count() -> int:
        with CaptureQueriesContext(connection) as queries:
            html(reports.AGENDA, {"agenda": project.agenda.slug})
        return len(queries)

    one = count()
    for _ in range(2):
        other = make.ProjectFactory(package=project.package, public=True)
        make.MilestoneFactory(project=other)
        FundingLine.objects.create(project=other, source="Haushalt")
        other.findings.set(project.challenges.get().findings.all())
    assert count() == one


def test_fingerprint_follows_content_and_withdrawal(project):
    for kind, options in options_of(project):
        before = kind.sum_up(options, is_public=True, at=NOON)
        assert kind.sum_up(options, is_public=True, at=NOON) == before
        milestone = project.milestones.first()
        milestone.title += "!"
        milestone.save()
        assert kind.sum_up(options, is_public=True, at=NOON) != before
    other = make.ProjectFactory(package=project.package, public=True)
    before = reports.agenda_fingerprint({"agenda": project.agenda.slug}, is_public=True, at=NOON)
    publishing.withdraw(other, by=None, reason="Fehler")
    assert reports.agenda_fingerprint({"agenda": project.agenda.slug}, is_public=True, at=NOON) != before


def test_what_is_not_public_is_refused(project):
    publishing.withdraw(project.agenda, by=None, reason="Fehler")
    for kind, options in options_of(project):
        with pytest.raises(ReportRefusedError, match="nicht öffentlich"):
            kind.fingerprint(options, is_public=True, at=NOON)
        assert kind.fingerprint(options, is_public=False, at=NOON)


def test_options_are_cleaned(project):
    assert reports.clean_agenda({}) == {"agenda": project.agenda.slug}
    assert reports.clean_agenda({"agenda": " a ", "x": 1}) == {"agenda": "a"}
    assert reports.clean_project({"project": "p"}) == {"project": "p"}
    with pytest.raises(ReportRefusedError, match="welches Projekt"):
        reports.clean_project({})
    assert reports.agenda_title({"agenda": project.agenda.slug}) == project.agenda.title
    assert reports.project_title({"project": project.slug}) == project.title
