"""The traffic light of a project: derived from its dates unless overridden with a reason."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Protocol

from agenda.models import Project

if TYPE_CHECKING:
    from collections.abc import Sequence

Health = Project.Health

# A milestone that slips less than this puts a project at risk; more, and the project is late.
GRACE = timedelta(days=30)
# Older than this, a status says nothing about today. The county reports half-yearly.
STALE_AFTER = timedelta(days=180)
JUDGED = frozenset({Project.Phase.PLANNED, Project.Phase.APPROVED, Project.Phase.RUNNING})
RANK = {Health.ON_TRACK: 0, Health.AT_RISK: 1, Health.LATE: 2}
QUARTER = 3


class Due(Protocol):
    """What of a milestone counts for the traffic light."""

    title: str
    due_on: date
    done_on: date | None


@dataclass(frozen=True)
class Reason:
    """One thing that is not as planned, in a German sentence."""

    health: Project.Health
    text: str


@dataclass(frozen=True)
class Verdict:
    """The light a page shows; None where none applies: ideas, ended and deferred projects."""

    health: Project.Health | None
    reasons: tuple[str, ...] = ()
    is_overridden: bool = False
    derived: Project.Health | None = None


def judge(project: Project, *, steps: Sequence[Due], predecessors: Sequence[Project], on: date) -> Verdict:
    """The light of `project` on the day `on`; an override wins, and what it hides stays visible."""
    if project.phase not in JUDGED or project.merged_into_id is not None:
        return Verdict(None)
    found = reasons(project, steps=steps, predecessors=predecessors, on=on)
    derived = max((reason.health for reason in found), key=RANK.__getitem__, default=Health.ON_TRACK)
    texts = tuple(reason.text for reason in found)
    if project.health_override:
        return Verdict(
            Health(project.health_override),
            (project.health_reason,),
            is_overridden=True,
            derived=derived,
        )
    return Verdict(derived, texts, derived=derived)


def reasons(project: Project, *, steps: Sequence[Due], predecessors: Sequence[Project], on: date) -> list[Reason]:
    """Everything that is not as planned on the day `on`."""
    return [
        *_end_passed(project, on=on),
        *_late_milestones(steps, on=on),
        *_late_predecessors(predecessors, on=on),
        *_stale_status(project, on=on),
    ]


def last_day(day: date, precision: str) -> date:
    """The last day that a date of this precision can mean."""
    if precision == Project.Precision.DAY:
        return day
    if precision == Project.Precision.YEAR:
        return date(day.year, 12, 31)
    month = day.month
    if precision == Project.Precision.QUARTER:
        month += -month % QUARTER
    return date(day.year, month, monthrange(day.year, month)[1])


def _end_passed(project: Project, *, on: date) -> list[Reason]:
    if project.planned_end and last_day(project.planned_end, project.date_precision) < on:
        return [Reason(Health.LATE, "Das geplante Ende ist überschritten.")]
    return []


def _late_milestones(steps: Sequence[Due], *, on: date) -> list[Reason]:
    return [
        Reason(
            Health.LATE if on - step.due_on > GRACE else Health.AT_RISK,
            f"Der Meilenstein „{step.title}“ war am {step.due_on:%d.%m.%Y} fällig.",
        )
        for step in steps
        if step.due_on < on and (step.done_on is None or step.done_on > on)
    ]


def _late_predecessors(predecessors: Sequence[Project], *, on: date) -> list[Reason]:
    return [
        Reason(Health.AT_RISK, f"Es wartet auf „{before.title}“, das noch nicht abgeschlossen ist.")
        for before in predecessors
        if before.phase != Project.Phase.COMPLETED and _end_passed(before, on=on)
    ]


def _stale_status(project: Project, *, on: date) -> list[Reason]:
    if project.status_on and on - project.status_on > STALE_AFTER:
        return [Reason(Health.AT_RISK, f"Der letzte gemeldete Stand ist vom {project.status_on:%d.%m.%Y}.")]
    return []
