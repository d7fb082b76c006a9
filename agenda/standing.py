"""Where projects stand: what `agenda.progress` and `agenda.health` say of rows read from the thread."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from agenda import health, notation, progress
from agenda.models import Project

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date, datetime

    from agenda.health import Verdict
    from agenda.models import IndicatorTarget, IndicatorValue, Milestone
    from agenda.progress import Total


@dataclass(frozen=True)
class Standing:
    """A project and how it is doing today."""

    project: Project
    progress: int | None
    verdict: Verdict

    @property
    def counts(self) -> bool:
        """Whether it takes part in means."""
        return progress.counts(self.project)


@dataclass(frozen=True)
class Phase:
    """How many projects are in a phase."""

    key: str
    label: str
    count: int


@dataclass(frozen=True)
class Moment:
    """A milestone on a timeline; `state` is „done“ or „open“."""

    title: str
    date: str
    text: str
    state: str
    state_label: str


@dataclass(frozen=True)
class Gauge:
    """An indicator of a challenge, package or project on its way from baseline to target."""

    link: Any
    baseline: IndicatorValue | None
    latest: IndicatorValue | None
    target: IndicatorTarget | None
    percent: int | None


def of(project: Any, *, at: datetime) -> Standing:
    """The standing of a project read by `thread.standings_of` (or with the same prefetches)."""
    on = timezone.localdate(at)
    predecessors = [dependency.predecessor for dependency in project.waits_for]
    return Standing(
        project=project,
        progress=progress.of_project(project, steps=project.shown_milestones, course=_driven(project.drivers), on=on),
        verdict=health.judge(project, steps=project.shown_milestones, predecessors=predecessors, on=on),
    )


def of_all(projects: Iterable[Project], *, at: datetime) -> list[Standing]:
    """The standings of many projects."""
    return [of(project, at=at) for project in projects]


def _driven(links: Sequence[Any]) -> progress.Course | None:
    for link in links:
        return progress.course(
            link.indicator.readings,
            municipality_id=link.target.municipality_id,
            target=link.target.value,
        )
    return None


def total(standings: Iterable[Standing]) -> Total:
    """Mean progress with its coverage, over the projects that count."""
    return progress.total(standing.progress for standing in standings if standing.counts)


def phases(standings: Sequence[Standing]) -> list[Phase]:
    """How many projects are in each phase, in the order of the phases."""
    found = Counter(standing.project.phase for standing in standings)
    return [Phase(key, str(label), found[key]) for key, label in Project.Phase.choices if found[key]]


def milestones(standings: Iterable[Standing]) -> list[tuple[Milestone, Project]]:
    """Every milestone that may be shown, with its project, in the order of the days they are due."""
    pairs: list[tuple[Milestone, Project]] = [
        (milestone, standing.project)
        for standing in standings
        if standing.counts
        for milestone in standing.project.shown_milestones  # type: ignore[attr-defined]
    ]
    return sorted(pairs, key=lambda pair: pair[0].due_on)


def reached(pairs: Sequence[tuple[Milestone, Project]], *, on: date) -> list[tuple[Milestone, Project]]:
    """Those reached by the day `on`, the newest first."""
    done = [pair for pair in pairs if progress.is_done(pair[0], on=on)]
    return sorted(done, key=lambda pair: pair[0].done_on or on, reverse=True)


def ahead(pairs: Sequence[tuple[Milestone, Project]], *, on: date) -> list[tuple[Milestone, Project]]:
    """Those not yet reached that fall due on the day `on` or later."""
    return [pair for pair in pairs if pair[0].due_on >= on and not progress.is_done(pair[0], on=on)]


def moments(steps: Iterable[Milestone], *, on: date) -> list[Moment]:
    """The milestones of a project as a timeline."""
    return [_moment(step, on=on) for step in steps]


def _moment(step: Milestone, *, on: date) -> Moment:
    due = f"fällig am {notation.dated(step.due_on)}"
    if step.done_on and progress.is_done(step, on=on):
        return Moment(step.title, due, step.description, "done", f"erreicht am {notation.dated(step.done_on)}")
    return Moment(step.title, due, step.description, "open", "überfällig" if step.due_on < on else "offen")


def gauges(links: Iterable[Any]) -> list[Gauge]:
    """The indicators of links read by `thread.measured`."""
    return [_gauge(link) for link in links]


def _gauge(link: Any) -> Gauge:
    municipality_id = link.target.municipality_id if link.target else None
    readings = progress.series(link.indicator.readings, municipality_id)
    percent = None
    if link.target:
        percent = progress.by_indicator(
            progress.course(readings, municipality_id=municipality_id, target=link.target.value)
        )
    return Gauge(
        link=link,
        baseline=readings[-1] if readings else None,
        latest=readings[0] if len(readings) > 1 else None,
        target=link.target,
        percent=percent,
    )
