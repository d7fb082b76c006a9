"""Filters by which templates write the agenda's figures and dates; the rules are in `agenda.notation`."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django import template

from agenda import maturity, notation
from agenda.models import Agenda, Assessment, MeasurePackage, Project

if TYPE_CHECKING:
    from datetime import date

    from agenda import county
    from agenda.models import CriterionRating
    from agenda.progress import Total

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


@register.filter
def agenda_badge(status: str) -> str:
    """The kind of badge of an agenda's standing with the Kreistag."""
    return "success" if status == Agenda.Status.ADOPTED else "neutral"


@register.filter
def numbered(project: Project) -> str:
    """`{{ project|numbered }}`: „Projekt 1.1“."""
    return f"Projekt {project.number or project.code}"


@register.filter
def progress_source(project: Project) -> str:
    """Where the percentage of a project comes from."""
    if project.phase == Project.Phase.COMPLETED:
        return "aus dem Abschluss"
    return str(project.get_progress_mode_display())


@register.filter
def coverage(total: Total) -> str:
    """The label of a mean: „mittlerer Fortschritt; 12 von 35 Projekten melden“."""
    return f"mittlerer Fortschritt; {total.reporting} von {total.total} Projekten melden"


@register.filter
def counted(number: int, words: str) -> str:
    """`{{ n|counted:"Projekt,Projekte" }}`: „1 Projekt“, „2 Projekte“."""
    one, many = words.split(",")
    return f"{number}{notation.NO_BREAK}{one if number == 1 else many}"


@register.filter
def of(number: int) -> str:
    """„von 12“, beside a count."""
    return f"von {number}"


@register.filter
def titles(rows: list[dict[str, str]]) -> str:
    """Titles of rows gathered as JSON, in one line."""
    return " · ".join(row["title"] for row in rows)


@register.filter
def or_unknown(value: Decimal | None, decimals: int = 0) -> str:
    """A number, or that it is not known."""
    return "keine Angabe" if value is None else notation.number(value, decimals)


@register.filter
def changed(place: county.Counted) -> str:
    """`{{ place|changed }}`: „−47 (−3,4 %)“, or that it is not known."""
    if place.change is None or place.change_percent is None:
        return "keine Angabe"
    percent = notation.signed(place.change_percent, 1)
    return f"{notation.signed(place.change)} ({percent}{notation.NO_BREAK}%)"


@register.filter
def cell(assessment: Assessment) -> maturity.Cell:
    """`{% with cell=assessment|cell %}`: what the matrix shows of an assessment."""
    return maturity.cell(assessment)


@register.filter
def level_class(cell: maturity.Cell) -> str:
    """The class of a cell: level 0 to 4, nothing known, or not applicable."""
    if cell.level is not None:
        return f"level--{cell.level}"
    return "level--off" if cell.kind == Assessment.Applicability.NOT_APPLICABLE else "level--none"


@register.filter
def meaning(rating: CriterionRating) -> str:
    """What the level of a rating means by its criterion."""
    return str(getattr(rating.criterion, f"level_{rating.level}"))
