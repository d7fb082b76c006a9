"""How far projects are: a percentage where there is data, nothing where there is none."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol, TypeVar

from agenda.models import Project

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date
    from decimal import Decimal

COMPLETE = 100


class Step(Protocol):
    """What of a milestone counts for progress."""

    weight: int
    done_on: date | None


class Reading(Protocol):
    """A value of an indicator: where it was read."""

    municipality_id: int | None
    place: str
    value: Decimal


R = TypeVar("R", bound=Reading)


@dataclass(frozen=True)
class Course:
    """An indicator on its way: where it started, where it is, where it is to be."""

    start: Decimal | None
    value: Decimal | None
    target: Decimal


@dataclass(frozen=True)
class Total:
    """A mean and its coverage: `reporting` of `total` have a percentage; no data is None, not 0."""

    value: int | None
    reporting: int
    total: int


def is_done(step: Step, *, on: date) -> bool:
    """Whether a milestone is reached on the day `on`; a day still to come does not count."""
    return step.done_on is not None and step.done_on <= on


def by_milestones(steps: Sequence[Step], *, on: date) -> int | None:
    """The weighted share of reached milestones in percent."""
    whole = sum(step.weight for step in steps)
    if not whole:
        return None
    return COMPLETE * sum(step.weight for step in steps if is_done(step, on=on)) // whole


def by_indicator(course: Course) -> int | None:
    """How much of the way from start to target lies behind the indicator, between 0 and 100."""
    if course.start is None or course.value is None or course.target == course.start:
        return None
    share = COMPLETE * (course.value - course.start) / (course.target - course.start)
    return max(0, min(COMPLETE, int(share)))


def series(readings: Sequence[R], municipality_id: int | None) -> list[R]:
    """The readings, newest first, of one municipality and of the place of the newest."""
    there = [reading for reading in readings if reading.municipality_id == municipality_id]
    return [reading for reading in there if reading.place == there[0].place]


def course(readings: Sequence[Reading], *, municipality_id: int | None, target: Decimal) -> Course:
    """The course of an indicator; a single reading is only a start, nothing was measured since."""
    line = series(readings, municipality_id)
    return Course(
        start=line[-1].value if line else None,
        value=line[0].value if len(line) > 1 else None,
        target=target,
    )


def of_project(project: Project, *, steps: Sequence[Step], course: Course | None, on: date) -> int | None:
    """The progress of one project in the way it has chosen; completed is 100, no data is None."""
    if project.phase == Project.Phase.COMPLETED:
        return COMPLETE
    if project.progress_mode == Project.ProgressMode.MANUAL:
        return project.manual_progress
    if project.progress_mode == Project.ProgressMode.MILESTONES:
        return by_milestones(steps, on=on)
    return by_indicator(course) if course else None


def counts(project: Project) -> bool:
    """Discontinued projects and those merged into others leave numerator and denominator."""
    return project.phase != Project.Phase.DISCONTINUED and project.merged_into_id is None


def total(values: Iterable[int | None]) -> Total:
    """The mean of the percentages that are known, and how many those are."""
    all_values = list(values)
    known = [value for value in all_values if value is not None]
    return Total(
        value=round(sum(known) / len(known)) if known else None,
        reporting=len(known),
        total=len(all_values),
    )
