"""Packages: dates of the horizons, projects outside their window, summed costs with coverage."""

from datetime import date
from decimal import Decimal

import pytest

from agenda import packages
from agenda.models import Agenda, MeasurePackage, Project
from agenda.packages import Deviation, Horizon

PACKAGE = MeasurePackage(starts_on=date(2026, 2, 1), ends_on=date(2027, 6, 30))


def test_horizons_follow_each_other_without_gap():
    agenda = Agenda(
        period_start=date(2026, 1, 1),
        short_until=date(2027, 6, 30),
        medium_until=date(2029, 12, 31),
        period_end=date(2032, 12, 31),
    )
    assert packages.horizons(agenda) == [
        Horizon("short", "kurzfristig", date(2026, 1, 1), date(2027, 6, 30)),
        Horizon("medium", "mittelfristig", date(2027, 7, 1), date(2029, 12, 31)),
        Horizon("long", "langfristig", date(2030, 1, 1), date(2032, 12, 31)),
    ]


@pytest.mark.parametrize(
    ("start", "end", "text"),
    [
        (date(2026, 1, 1), date(2027, 1, 1), "beginnt schon 01.01.2026"),
        (date(2026, 3, 1), date(2027, 7, 1), "endet erst 01.07.2027"),
        (date(2026, 1, 1), date(2027, 7, 1), "beginnt schon 01.01.2026 und endet erst 01.07.2027"),
    ],
)
def test_deviations_name_what_lies_outside(start, end, text):
    project = Project(planned_start=start, planned_end=end)
    assert packages.deviations(PACKAGE, [project]) == [Deviation(project, text)]


@pytest.mark.parametrize(
    "project",
    [
        Project(planned_start=date(2026, 2, 1), planned_end=date(2027, 6, 30)),
        Project(),
        Project(planned_end=date(2030, 1, 1), phase="discontinued"),
    ],
    ids=["inside", "no dates", "discontinued"],
)
def test_deviations_are_silent_where_nothing_deviates(project):
    assert packages.deviations(PACKAGE, [project]) == []


def test_cost_sum_says_how_many_projects_it_knows():
    projects = [
        Project(cost_min=Decimal(100), cost_max=Decimal(200)),
        Project(cost_max=Decimal(50)),
        Project(),
        Project(cost_max=Decimal(999), phase="discontinued"),
    ]
    found = packages.cost_sum(projects)
    assert (found.least, found.most, found.reporting, found.total) == (150, 250, 2, 3)
    assert found.text == "150 bis 250\u00a0EUR"


def test_cost_sum_of_unknown_costs_is_open():
    assert packages.cost_sum([Project()]).text == "offen"
