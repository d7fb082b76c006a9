"""Sparklines: the course of one value over time, small enough to stand in a sentence or a cell."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from portal.shared.figures.drawing import UNKNOWN, Amount, Data, DataRow, Figure, amount, units

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

WIDTH = 120
HEIGHT = 32
EDGE = 4


@dataclass(frozen=True, kw_only=True)
class Point:
    """A value (None: unknown) on a day."""

    on: date
    value: Amount | None
    text: str = ""

    @property
    def words(self) -> str:
        """The value as people read it."""
        return UNKNOWN if self.value is None else self.text or amount(self.value)


@dataclass(frozen=True, kw_only=True)
class Sparkline(Figure):
    """A line through the known values; it is broken where one is unknown. The last value has a dot."""

    template: ClassVar[str] = "figures/sparkline.svg"

    lines: tuple[str, ...]
    last_x: str
    last_y: str


def sparkline(points: Sequence[Point], *, key: str, title: str) -> Sparkline:
    """The course of `points`, by their days."""
    rows = sorted(points, key=lambda point: point.on)
    places = _places(rows)
    known = [place for place in places if place]
    return Sparkline(
        key=key,
        title=title,
        message=_message(rows),
        width=units(WIDTH),
        height=units(HEIGHT),
        lines=tuple(_lines(places)),
        last_x=units(known[-1][0]) if known else "",
        last_y=units(known[-1][1]) if known else "",
        data=Data(
            caption=title,
            columns=("Stand", "Wert"),
            rows=tuple(DataRow(head=f"{row.on:%d.%m.%Y}", cells=(row.words,)) for row in rows),
        ),
    )


def _places(rows: Sequence[Point]) -> list[tuple[float, float] | None]:
    values = [float(row.value) for row in rows if row.value is not None]
    if not values:
        return []
    least, reach = min(values), max(values) - min(values)
    days = (rows[-1].on - rows[0].on).days or 1
    return [
        None
        if row.value is None
        else (
            EDGE + (row.on - rows[0].on).days / days * (WIDTH - 2 * EDGE),
            # A value that never changes runs through the middle.
            HEIGHT - EDGE - ((float(row.value) - least) / reach if reach else 0.5) * (HEIGHT - 2 * EDGE),
        )
        for row in rows
    ]


def _lines(places: Sequence[tuple[float, float] | None]) -> list[str]:
    """Points of the polylines between gaps; a single point between gaps makes no line."""
    runs: list[list[str]] = [[]]
    for place in places:
        if place is None:
            runs.append([])
        else:
            runs[-1].append(f"{units(place[0])},{units(place[1])}")
    return [" ".join(run) for run in runs if len(run) > 1]


def _message(rows: Sequence[Point]) -> str:
    known = [row for row in rows if row.value is not None]
    if not known:
        return "Es gibt noch keine Angaben."
    first, last = known[0], known[-1]
    if len(known) == 1:
        return f"{first.words} am {first.on:%d.%m.%Y}."
    difference = float(last.value or 0) - float(first.value or 0)
    course = "gestiegen" if difference > 0 else "gesunken" if difference < 0 else "gleich geblieben"
    return f"Von {first.words} ({first.on:%d.%m.%Y}) auf {last.words} ({last.on:%d.%m.%Y}) {course}."
