"""Stacked bars: how each category divides into parts, for example projects of a field by their phase."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from portal.shared.figures.bars import GAP, LINE, WIDTH
from portal.shared.figures.drawing import Data, DataRow, Figure, Legend, amount, enumerated, units, width_of, wrapped
from portal.shared.figures.steps import MOST

if TYPE_CHECKING:
    from collections.abc import Sequence

THICK = 22
MANY = MOST + 2  # parts that can be told apart


@dataclass(frozen=True, kw_only=True)
class Stack:
    """A category and its counts, one for each part of the chart."""

    label: str
    counts: tuple[int, ...]
    url: str = ""

    @property
    def total(self) -> int:
        """All parts together."""
        return sum(self.counts)


@dataclass(frozen=True, kw_only=True)
class Segment:
    """A part of a bar in units; the count is written into it where there is room."""

    x: str
    width: str
    style: str
    count: str
    middle: str


@dataclass(frozen=True, kw_only=True)
class DrawnStack:
    """A stacked bar."""

    lines: tuple[tuple[str, str], ...]
    y: str
    height: str
    words_y: str
    segments: tuple[Segment, ...]
    total: str
    total_x: str


@dataclass(frozen=True, kw_only=True)
class StackedChart(Figure):
    """Stacked bars with a legend in the order of the parts."""

    template: ClassVar[str] = "figures/stacked_chart.svg"

    stacks: tuple[DrawnStack, ...]


def stacked_chart(
    rows: Sequence[Stack], parts: Sequence[str], *, key: str, title: str, width: int = WIDTH
) -> StackedChart:
    """Bars in the order of `rows`, divided into `parts` (at most seven; those that nothing falls into are left out)."""
    used = [index for index in range(len(parts)) if any(row.counts[index] for row in rows)]
    if len(used) > MANY:
        raise ValueError(f"more than {MANY} parts cannot be told apart")
    stacks, height = _stacks(rows, used, width)
    return StackedChart(
        key=key,
        title=title,
        message=_message(rows, [(parts[index], sum(row.counts[index] for row in rows)) for index in used]),
        width=units(width),
        height=units(max(height, 1)),
        stacks=stacks,
        legend=tuple(Legend(style=f"is-part-{at}", sign="", text=parts[index]) for at, index in enumerate(used)),
        data=Data(
            caption=title,
            columns=("Bereich", *[parts[index] for index in used], "zusammen"),
            rows=tuple(
                DataRow(
                    head=row.label,
                    cells=(*[amount(row.counts[index]) for index in used], amount(row.total)),
                    url=row.url,
                )
                for row in rows
            ),
        ),
    )


def _stacks(rows: Sequence[Stack], used: list[int], width: int) -> tuple[tuple[DrawnStack, ...], float]:
    most = max([row.total for row in rows], default=0) or 1
    scale = (width - width_of(str(most)) - GAP) / most
    drawn, y = [], 0.0
    for row in rows:
        lines = wrapped(row.label, width)
        top = y + LINE * len(lines) + 4
        drawn.append(
            DrawnStack(
                lines=tuple((line, units(y + LINE * (i + 1) - 4)) for i, line in enumerate(lines)),
                y=units(top),
                height=units(THICK),
                words_y=units(top + THICK / 2 + 5),
                segments=_segments([row.counts[index] for index in used], scale),
                total=amount(row.total),
                total_x=units(row.total * scale + 6),
            )
        )
        y = top + THICK + GAP
    return tuple(drawn), y


def _segments(counts: list[int], scale: float) -> tuple[Segment, ...]:
    segments, x = [], 0.0
    for at, count in enumerate(counts):
        wide = count * scale
        if count:
            fits = wide >= width_of(str(count)) + 4
            segments.append(
                Segment(
                    x=units(x),
                    width=units(wide),
                    style=f"is-part-{at}",
                    count=str(count) if fits else "",
                    middle=units(x + wide / 2),
                )
            )
        x += wide
    return tuple(segments)


def _message(rows: Sequence[Stack], parts: list[tuple[str, int]]) -> str:
    total = sum(count for _label, count in parts)
    if not total:
        return "Es gibt noch keine Angaben."
    shares = enumerated([f"{amount(count)} {label}" for label, count in parts], most=MANY)
    most = max(rows, key=lambda row: row.total)
    return f"Zusammen {amount(total)}, davon {shares}. Die meisten: {most.label} ({amount(most.total)})."
