"""Packages of measures: the horizons that bound them, projects outside their window, summed costs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from agenda import notation, progress
from agenda.models import MeasurePackage

if TYPE_CHECKING:
    from collections.abc import Iterable
    from decimal import Decimal

    from agenda.models import Agenda, Project

DAY = timedelta(days=1)


@dataclass(frozen=True)
class Horizon:
    """A horizon with its first and last day in one agenda."""

    key: str
    label: str
    starts_on: date
    ends_on: date


@dataclass(frozen=True)
class Deviation:
    """A project whose planned time is not within the window of its package."""

    project: Project
    text: str


@dataclass(frozen=True)
class CostSum:
    """Summed cost estimates; `reporting` of `total` projects have one."""

    least: Decimal | None
    most: Decimal | None
    reporting: int
    total: int

    @property
    def text(self) -> str:
        """The span in words; nothing known is „offen“."""
        return notation.euro_span(self.least, self.most)


def horizons(agenda: Agenda) -> list[Horizon]:
    """Short, medium and long with the dates that bound them."""
    ends = (agenda.short_until, agenda.medium_until, agenda.period_end)
    starts = (agenda.period_start, agenda.short_until + DAY, agenda.medium_until + DAY)
    return [
        Horizon(key, str(label), start, end)
        for (key, label), start, end in zip(MeasurePackage.Horizon.choices, starts, ends, strict=True)
    ]


def deviations(package: MeasurePackage, projects: Iterable[Project]) -> list[Deviation]:
    """Projects that begin before or end after their package: to be seen, not forbidden."""
    return [
        Deviation(project, text)
        for project in projects
        if progress.counts(project) and (text := _deviation(package, project))
    ]


def _deviation(package: MeasurePackage, project: Project) -> str:
    parts = []
    if project.planned_start and project.planned_start < package.starts_on:
        parts.append(f"beginnt schon {notation.dated(project.planned_start)}")
    if project.planned_end and project.planned_end > package.ends_on:
        parts.append(f"endet erst {notation.dated(project.planned_end)}")
    return " und ".join(parts)


def cost_sum(projects: Iterable[Project]) -> CostSum:
    """The sum over projects that count; a missing side of an estimate is taken from its other side."""
    counted = [project for project in projects if progress.counts(project)]
    least = [_either(project.cost_min, project.cost_max) for project in counted]
    most = [_either(project.cost_max, project.cost_min) for project in counted]
    known_least = [value for value in least if value is not None]
    known_most = [value for value in most if value is not None]
    return CostSum(
        least=sum(known_least, start=known_least[0] * 0) if known_least else None,
        most=sum(known_most, start=known_most[0] * 0) if known_most else None,
        reporting=len(known_most),
        total=len(counted),
    )


def _either(first: Decimal | None, second: Decimal | None) -> Decimal | None:
    return second if first is None else first
