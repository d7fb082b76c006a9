"""The agenda's reports: what they gather, when they change, and what they never show."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest
from django.db import connection
from django.template.loader import render_to_string
from django.test.utils import CaptureQueriesContext

from agenda import reports
from agenda.models import FundingLine, IndicatorTarget, ProjectDependency, ProjectIndicator
from portal.models import MunicipalityPopulation
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
    draft = make.ProjectFactory(package=project.package, title=SECRET)
    ProjectDependency.objects.create(predecessor=draft, successor=project)
    late = make.ProjectFactory(package=project.package, title=SECRET)
    ProjectDependency.objects.create(predecessor=project, successor=late)
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
        assert "nicht öffentlich)" not in page


def test_internal_document_shows_drafts_and_says_what_they_are(project):
    page = " ".join(html(reports.AGENDA, {"agenda": project.agenda.slug}, is_public=False).split())
    assert f"{SECRET} (Entwurf)" in page
    assert page.count(f"{SECRET} (nicht öffentlich)") == 2  # a milestone and a piece of evidence


def test_internal_document_of_a_draft_agenda_has_its_evidence(project):
    publishing.withdraw(project.agenda, by=None, reason="Fehler")
    assert "Umfrage" in html(reports.AGENDA, {"agenda": project.agenda.slug}, is_public=False)


def test_sheet_says_what_the_project_depends_on_and_what_depends_on_it(project):
    before = make.ProjectFactory(package=project.package, public=True, title="Vorher")
    after = make.ProjectFactory(package=project.package, public=True, title="Nachher")
    ProjectDependency.objects.create(predecessor=before, successor=project)
    ProjectDependency.objects.create(predecessor=project, successor=after, kind="supports")
    page = html(reports.STECKBRIEF, {"project": project.slug})
    assert re.search(r"Hängt ab von:.*Vorher \(setzt voraus\)", page)
    assert re.search(r"Darauf bauen auf:.*Nachher", page)


def test_annex_lists_each_indicator_once_with_what_it_shows(project):
    context = reports.agenda_context({"agenda": project.agenda.slug}, is_public=True, at=NOON)
    (measure,) = context["measures"]
    assert measure.gauge.target.value == 60
    assert [(purpose.code, purpose.anchor) for purpose in measure.purposes] == [
        (project.code, f"projekt-{project.code}")
    ]


def test_headings_never_skip_a_level(project):
    for kind, options in options_of(project):
        levels = [int(level) for level in re.findall(r"<h([1-6])[ >]", html(kind, options))]
        assert levels[0] == 1
        assert all(after - before <= 1 for before, after in pairwise(levels))


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
        ProjectDependency.objects.create(predecessor=project, successor=other)
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


def test_fingerprint_follows_counts_of_inhabitants_which_keep_no_history(project):
    count = MunicipalityPopulation.objects.create(
        municipality=make.MunicipalityFactory(), counted_on=NOON.date(), inhabitants=100, source="Amt"
    )
    before = reports.agenda_fingerprint({"agenda": project.agenda.slug}, is_public=True, at=NOON)
    MunicipalityPopulation.objects.filter(pk=count.pk).update(inhabitants=101)
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
