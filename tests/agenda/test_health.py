"""The traffic light: derived from milestones, dates, predecessors and reports; overridden."""

from datetime import date, timedelta

import pytest

from agenda import health
from agenda.health import Verdict
from agenda.models import Milestone, Project

ON = date(2026, 10, 1)
LATE, AT_RISK, ON_TRACK = Project.Health.LATE, Project.Health.AT_RISK, Project.Health.ON_TRACK


def _running(**fields):
    return Project(**{"phase": "running", "title": "Projekt", "planned_end": date(2027, 5, 31)} | fields)


def _judge(project, steps=(), predecessors=()):
    return health.judge(project, steps=steps, predecessors=predecessors, on=ON)


def test_judge_finds_a_project_on_track():
    steps = [Milestone(title="Start", due_on=date(2026, 9, 1), done_on=date(2026, 9, 2))]
    assert _judge(_running(), steps) == Verdict(ON_TRACK, derived=ON_TRACK)


@pytest.mark.parametrize("phase", ["idea", "completed", "on_hold", "discontinued"])
def test_judge_gives_no_light_where_nothing_runs(phase):
    assert _judge(_running(phase=phase, planned_end=date(2020, 1, 1))) == Verdict(None)


def test_judge_gives_no_light_to_a_merged_project():
    assert _judge(_running(merged_into_id=7, health_override="late")) == Verdict(None)


@pytest.mark.parametrize(("days", "light"), [(0, ON_TRACK), (1, AT_RISK), (30, AT_RISK), (31, LATE)])
def test_judge_gives_a_late_milestone_thirty_days(days, light):
    steps = [Milestone(title="Start", due_on=ON - timedelta(days))]
    assert _judge(_running(), steps).health == light


def test_judge_names_the_late_milestone():
    verdict = _judge(_running(), [Milestone(title="Start", due_on=date(2026, 9, 20))])
    assert verdict.reasons == ("Der Meilenstein „Start“ war am 20.09.2026 fällig.",)


def test_judge_does_not_believe_a_milestone_reached_in_the_future():
    steps = [Milestone(title="Start", due_on=date(2026, 9, 20), done_on=date(2026, 10, 2))]
    assert _judge(_running(), steps).health == AT_RISK


def test_judge_calls_a_passed_end_late():
    verdict = _judge(_running(planned_end=date(2026, 9, 30), date_precision="day"))
    assert verdict == Verdict(LATE, ("Das geplante Ende ist überschritten.",), derived=LATE)


@pytest.mark.parametrize(
    ("precision", "day"),
    [("month", date(2026, 10, 1)), ("quarter", date(2026, 10, 1)), ("year", date(2026, 1, 1))],
)
def test_judge_waits_for_the_end_of_what_the_date_means(precision, day):
    assert _judge(_running(planned_end=day, date_precision=precision)).health == ON_TRACK


@pytest.mark.parametrize(
    ("precision", "expected"),
    [
        ("day", date(2028, 2, 10)),
        ("month", date(2028, 2, 29)),
        ("quarter", date(2028, 3, 31)),
        ("year", date(2028, 12, 31)),
    ],
)
def test_last_day_reads_the_date_as_exactly_as_it_is_meant(precision, expected):
    assert health.last_day(date(2028, 2, 10), precision) == expected


def test_judge_warns_of_an_overdue_predecessor():
    before = _running(title="Netz", planned_end=date(2026, 8, 31))
    verdict = _judge(_running(), predecessors=[before])
    assert verdict == Verdict(AT_RISK, ("Es wartet auf „Netz“, das noch nicht abgeschlossen ist.",), derived=AT_RISK)


@pytest.mark.parametrize("fields", [{"phase": "completed", "planned_end": date(2026, 8, 31)}, {"planned_end": None}])
def test_judge_accepts_a_predecessor_that_is_done_or_has_no_end(fields):
    assert _judge(_running(), predecessors=[_running(**fields)]).health == ON_TRACK


@pytest.mark.parametrize(("days", "light"), [(180, ON_TRACK), (181, AT_RISK)])
def test_judge_warns_of_a_stale_status(days, light):
    assert _judge(_running(status_on=ON - timedelta(days))).health == light


def test_judge_takes_the_worst_and_gives_every_reason():
    project = _running(planned_end=date(2026, 8, 31), status_on=date(2025, 1, 1))
    verdict = _judge(project)
    assert verdict.health == LATE
    assert verdict.reasons == (
        "Das geplante Ende ist überschritten.",
        "Der letzte gemeldete Stand ist vom 01.01.2025.",
    )


def test_judge_lets_an_override_win_and_shows_what_it_hides():
    project = _running(planned_end=date(2026, 8, 31), health_override="on_track", health_reason="Neuer Plan.")
    assert _judge(project) == Verdict(ON_TRACK, ("Neuer Plan.",), is_overridden=True, derived=LATE)
