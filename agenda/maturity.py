"""The maturity matrix: fields by places, where “not assessed” and “not applicable” are not level 0."""

from __future__ import annotations

from dataclasses import dataclass
from statistics import median
from typing import TYPE_CHECKING

from agenda.models import Assessment

if TYPE_CHECKING:
    from collections.abc import Sequence

    from agenda.models import ActionField
    from portal.models import Municipality

Applicability = Assessment.Applicability


@dataclass(frozen=True)
class Cell:
    """The maturity of one field in one place; `level` is None unless it was assessed."""

    kind: str = Applicability.NOT_ASSESSED.value
    level: int | None = None
    target: int | None = None
    target_year: int | None = None

    @property
    def text(self) -> str:
        """What the cell says without its colour."""
        return f"Stufe {self.level}" if self.level is not None else Applicability(self.kind).label


@dataclass(frozen=True)
class Row:
    """A place and its cells in the order of the fields."""

    place: str
    url: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class Middle:
    """The median of the assessed municipalities in a field, with its coverage; no ranking."""

    value: float | None
    reporting: int
    total: int


@dataclass(frozen=True)
class Matrix:
    """A round at a glance; `middles` is empty where only the county as a whole was assessed.

    `unassessed` names municipalities without any entry, so that a table of nothing need not be drawn.
    """

    fields: tuple[ActionField, ...]
    rows: tuple[Row, ...]
    middles: tuple[Middle, ...]
    unassessed: tuple[Row, ...]


def matrix(
    assessments: Sequence[Assessment], *, fields: Sequence[ActionField], municipalities: Sequence[Municipality]
) -> Matrix:
    """The assessments of one round; all municipalities count as soon as one of them was assessed."""
    found = {(row.municipality_id, row.field_id): cell(row) for row in assessments}
    county = Row("Landkreis als Ganzes", "", _cells(found, None, fields))
    places = municipalities if any(row.municipality_id for row in assessments) else ()
    rows = [Row(place.name, place.get_absolute_url(), _cells(found, place.pk, fields)) for place in places]
    middles = [middle([row.cells[index] for row in rows]) for index in range(len(fields))] if places else []
    nothing = (Cell(),) * len(fields)
    return Matrix(
        fields=tuple(fields),
        rows=(county, *[row for row in rows if row.cells != nothing]),
        middles=tuple(middles),
        unassessed=tuple(row for row in rows if row.cells == nothing),
    )


def _cells(
    found: dict[tuple[int | None, int], Cell], place: int | None, fields: Sequence[ActionField]
) -> tuple[Cell, ...]:
    return tuple(found.get((place, field.pk), Cell()) for field in fields)


def cell(row: Assessment) -> Cell:
    """What the matrix shows of an assessment."""
    return Cell(row.applicability, row.current_level, row.target_level, row.target_year)


def middle(cells: Sequence[Cell]) -> Middle:
    """The median of the levels; places where the field does not apply leave numerator and denominator."""
    levels = [cell.level for cell in cells if cell.level is not None]
    total = sum(cell.kind != Applicability.NOT_APPLICABLE for cell in cells)
    return Middle(median(levels) if levels else None, len(levels), total)
