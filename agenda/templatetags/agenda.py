"""Filters by which templates write the agenda's figures and dates; the rules are in `agenda.notation`."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django import template

from agenda import notation
from agenda.models import MeasurePackage, Project

if TYPE_CHECKING:
    from datetime import date

register = template.Library()


@register.filter
def measured(value: Decimal, indicator: Any) -> str:
    """`{{ value.value|measured:indicator }}`: with unit and the indicator's decimals."""
    return notation.measured(value, indicator.unit, indicator.decimals)


@register.filter
def figure(evidence_figure: dict[str, Any]) -> str:
    """`{{ evidence.figure|figure }}`: the value of a piece of evidence read by the thread."""
    return notation.measured(evidence_figure["value"], evidence_figure["unit"], evidence_figure["decimals"])


@register.filter
def dated(day: date, precision: str = Project.Precision.DAY) -> str:
    """`{{ project.planned_end|dated:project.date_precision }}`."""
    return notation.dated(day, precision)


@register.filter
def planned(project: Project) -> str:
    """`{{ project|planned }}`: when it is to happen."""
    return notation.span(project.planned_start, project.planned_end, project.date_precision)


@register.filter
def actual(project: Project) -> str:
    """`{{ project|actual }}`: when it really happened."""
    return notation.span(project.actual_start, project.actual_end, project.date_precision)


@register.filter
def window(package: MeasurePackage) -> str:
    """`{{ package|window }}`: from when to when."""
    return notation.span(package.starts_on, package.ends_on)


@register.filter
def amount(value: Decimal | None, unit: str) -> str:
    """`{{ line.planned|amount:line.unit }}`: euros or posts; an open amount is „offen“."""
    if value is None or unit == "eur":
        return notation.euros(value)
    return f"{notation.number(value, 2)}{notation.NO_BREAK}Stellen"


@register.filter
def euros(value: Decimal | None) -> str:
    """`{{ project.running_cost|euros }}`."""
    return notation.euros(value)


@register.filter
def costs(project: Project) -> str:
    """`{{ project|costs }}`: the span of the estimate."""
    return notation.euro_span(project.cost_min, project.cost_max)


@register.filter
def phase_badge(phase: str) -> str:
    """The kind of badge of a phase."""
    return notation.phase_badge(phase)


@register.filter
def health_badge(health: str) -> str:
    """The kind of badge of a traffic light."""
    return notation.HEALTH_BADGES[Project.Health(health)]


@register.filter
def label_of(health: str) -> str:
    """The traffic light in words."""
    return str(Project.Health(health).label)
