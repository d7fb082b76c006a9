"""Where projects stand, read from the thread: only what may be shown counts."""

from datetime import date

import pytest

from agenda import standing, thread
from agenda.models import IndicatorTarget, Milestone, ProjectDependency, ProjectIndicator
from agenda.progress import Total
from agenda.standing import Moment, Phase
from agenda.thread import Gate
from tests.factories import (
    NOON,
    IndicatorFactory,
    MilestoneFactory,
    PackageFactory,
    ProjectFactory,
    ValueFactory,
)

pytestmark = pytest.mark.django_db
ON = date(2026, 10, 1)


@pytest.fixture
def package():
    return PackageFactory(public=True)


def _standings():
    return standing.of_all(thread.standings_of(Gate(NOON)).order_by("code"), at=NOON)


def _driven(project, indicator, value):
    target = IndicatorTarget.objects.create(indicator=indicator, due_on="2027-12-31", value=value)
    return ProjectIndicator.objects.create(project=project, indicator=indicator, target=target, drives_progress=True)


def test_of_counts_public_milestones_only():
    project = ProjectFactory(public=True, phase="running")
    MilestoneFactory(project=project, done_on=date(2026, 9, 1))
    MilestoneFactory(project=project, is_public=False, due_on=date(2020, 1, 1))
    [found] = _standings()
    assert (found.progress, found.verdict.health) == (100, "on_track")


def test_of_reads_the_indicator_that_drives_it():
    project = ProjectFactory(public=True, phase="running", progress_mode="indicator")
    indicator = IndicatorFactory(public=True)
    for value, day in ((40, date(2024, 12, 31)), (50, date(2025, 12, 31))):
        ValueFactory(indicator=indicator, value=value, period_end=day)
    _driven(project, indicator, 60)
    assert _standings()[0].progress == 50


def test_of_knows_nothing_of_an_indicator_that_is_not_public():
    project = ProjectFactory(public=True, phase="running", progress_mode="indicator")
    indicator = IndicatorFactory()
    ValueFactory.create_batch(2, indicator=indicator)
    _driven(project, indicator, 60)
    assert _standings()[0].progress is None


def test_of_waits_for_public_predecessors_only(package):
    project = ProjectFactory(package=package, public=True, phase="running", code="M01")
    for code, public in (("M02", True), ("M03", False)):
        before = ProjectFactory(
            package=package,
            public=public,
            phase="running",
            code=code,
            title=code,
            planned_start=None,
            planned_end=date(2026, 8, 1),
        )
        ProjectDependency.objects.create(predecessor=before, successor=project)
    assert _standings()[0].verdict.reasons == ("Es wartet auf „M02“, das noch nicht abgeschlossen ist.",)


def test_total_says_how_many_projects_report(package):
    ProjectFactory(package=package, public=True, progress_mode="manual", manual_progress=40)
    ProjectFactory(package=package, public=True)
    ProjectFactory(
        package=package,
        public=True,
        phase="discontinued",
        phase_reason="Doppelt.",
        progress_mode="manual",
        manual_progress=100,
    )
    assert standing.total(_standings()) == Total(40, 1, 2)


def test_phases_are_counted_in_their_order(package):
    for phase in ("running", "idea", "running"):
        ProjectFactory(package=package, public=True, phase=phase)
    assert standing.phases(_standings()) == [Phase("idea", "Idee", 1), Phase("running", "in Umsetzung", 2)]


def test_milestones_are_split_into_reached_and_ahead():
    project = ProjectFactory(public=True)
    for title, due, done in (
        ("alt", date(2026, 5, 1), date(2026, 5, 2)),
        ("neu", date(2026, 9, 1), date(2026, 9, 2)),
        ("überfällig", date(2026, 9, 1), None),
        ("bald", date(2026, 11, 1), None),
    ):
        MilestoneFactory(project=project, title=title, due_on=due, done_on=done)
    pairs = standing.milestones(_standings())
    assert [step.title for step, _project in standing.reached(pairs, on=ON)] == ["neu", "alt"]
    assert [step.title for step, _project in standing.ahead(pairs, on=ON)] == ["bald"]


@pytest.mark.parametrize(
    ("due", "done", "state", "label"),
    [
        (date(2026, 9, 1), date(2026, 9, 2), "done", "erreicht am 02.09.2026"),
        (date(2026, 9, 1), None, "open", "überfällig"),
        (date(2026, 12, 1), None, "open", "offen"),
        (date(2026, 9, 1), date(2026, 10, 2), "open", "überfällig"),
    ],
)
def test_moments_say_what_became_of_a_milestone(due, done, state, label):
    step = Milestone(title="Start", description="Es geht los.", due_on=due, done_on=done)
    assert standing.moments([step], on=ON) == [
        Moment("Start", f"fällig am {due:%d.%m.%Y}", "Es geht los.", state, label)
    ]


def test_gauges_go_from_baseline_to_target():
    project = ProjectFactory(public=True)
    indicator = IndicatorFactory(public=True)
    for value, day in ((40, date(2024, 12, 31)), (45, date(2025, 12, 31))):
        ValueFactory(indicator=indicator, value=value, period_end=day)
    _driven(project, indicator, 60)
    [gauge] = standing.gauges(thread.measured(ProjectIndicator.objects.all(), Gate(NOON)))
    assert (gauge.baseline.value, gauge.latest.value, gauge.target.value, gauge.percent) == (40, 45, 60, 25)


def test_gauges_without_values_or_target_know_nothing():
    project = ProjectFactory(public=True)
    ProjectIndicator.objects.create(project=project, indicator=IndicatorFactory(public=True))
    [gauge] = standing.gauges(thread.measured(ProjectIndicator.objects.all(), Gate(NOON)))
    assert (gauge.baseline, gauge.latest, gauge.target, gauge.percent) == (None, None, None, None)
