"""Progress: weighted milestones, by hand, by an indicator; no data is None; coverage of means."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agenda import progress
from agenda.models import Project
from agenda.progress import Course, Total

ON = date(2026, 10, 1)


@dataclass
class Step:
    weight: int = 1
    done_on: date | None = None


@dataclass
class Reading:
    value: Decimal
    municipality_id: int | None = None
    place: str = "Landkreis Stendal"


def _course(start, value, target):
    return Course(*(None if part is None else Decimal(part) for part in (start, value, target)))


@pytest.mark.parametrize(
    ("steps", "percent"),
    [
        ([], None),
        ([Step()], 0),
        ([Step(done_on=ON)], 100),
        ([Step(done_on=ON), Step(weight=3)], 25),
        ([Step(done_on=date(2026, 10, 2)), Step(done_on=ON)], 50),
    ],
    ids=["none", "none reached", "all reached", "weighted", "reached only tomorrow"],
)
def test_by_milestones_weighs_what_is_reached(steps, percent):
    assert progress.by_milestones(steps, on=ON) == percent


@pytest.mark.parametrize(
    ("course", "percent"),
    [
        (_course(40, 50, 65), 40),
        (_course(0, 80, 40), 100),
        (_course(40, 30, 65), 0),
        (_course(10, 5, 0), 50),
        (_course(None, 50, 65), None),
        (_course(40, None, 65), None),
        (_course(40, 50, 40), None),
    ],
    ids=["part", "beyond", "backwards", "decreasing", "no start", "no value", "no way to go"],
)
def test_by_indicator_measures_the_way_from_start_to_target(course, percent):
    assert progress.by_indicator(course) == percent


@given(*[st.decimals(-1_000_000, 1_000_000, places=3)] * 3)
def test_by_indicator_stays_a_percentage(start, value, target):
    percent = progress.by_indicator(Course(start, value, target))
    assert percent is None or 0 <= percent <= 100


def test_course_takes_the_oldest_reading_as_start():
    readings = [Reading(Decimal(50)), Reading(Decimal(45)), Reading(Decimal(40))]
    assert progress.course(readings, municipality_id=None, target=Decimal(65)) == _course(40, 50, 65)


def test_course_of_one_reading_has_no_value_yet():
    readings = [Reading(Decimal(40))]
    assert progress.course(readings, municipality_id=None, target=Decimal(65)) == _course(40, None, 65)


def test_course_without_readings_knows_only_the_target():
    assert progress.course([], municipality_id=7, target=Decimal(65)) == _course(None, None, 65)


def test_course_does_not_mix_places():
    readings = [
        Reading(Decimal(50), municipality_id=7, place="Osterburg"),
        Reading(Decimal(30)),
        Reading(Decimal(90), place="Altmark"),
        Reading(Decimal(20)),
    ]
    assert progress.course(readings, municipality_id=None, target=Decimal(40)) == _course(20, 30, 40)


@pytest.mark.parametrize(
    ("project", "percent"),
    [
        (Project(phase="completed", progress_mode="manual", manual_progress=10), 100),
        (Project(phase="running", progress_mode="manual", manual_progress=10), 10),
        (Project(phase="running", progress_mode="manual"), None),
        (Project(phase="running", progress_mode="milestones", manual_progress=10), 50),
        (Project(phase="running", progress_mode="indicator", manual_progress=10), 40),
    ],
)
def test_of_project_follows_the_chosen_way(project, percent):
    steps = [Step(done_on=ON), Step()]
    assert progress.of_project(project, steps=steps, course=_course(40, 50, 65), on=ON) == percent


def test_of_project_by_indicator_without_one_is_unknown():
    project = Project(phase="running", progress_mode="indicator")
    assert progress.of_project(project, steps=[Step(done_on=ON)], course=None, on=ON) is None


@pytest.mark.parametrize(
    ("project", "expected"),
    [
        (Project(phase="running"), True),
        (Project(phase="on_hold"), True),
        (Project(phase="discontinued"), False),
        (Project(phase="running", merged_into_id=7), False),
    ],
)
def test_counts_leaves_out_discontinued_and_merged_projects(project, expected):
    assert progress.counts(project) is expected


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ([], Total(None, 0, 0)),
        ([None, None], Total(None, 0, 2)),
        ([0, None], Total(0, 1, 2)),
        ([100, 50, None], Total(75, 2, 3)),
    ],
    ids=["nothing", "nobody reports", "a real zero", "mean of those that report"],
)
def test_total_says_how_many_report(values, expected):
    assert progress.total(values) == expected
