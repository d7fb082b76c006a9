"""Bars by category: each label above its bar, so that long German words and narrow screens both fit."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from portal.shared.figures.drawing import (
    FONT_SIZE,
    UNKNOWN,
    Amount,
    Data,
    DataRow,
    Figure,
    amount,
    enumerated,
    units,
    unknown_sentence,
    width_of,
    wrapped,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

WIDTH = 400
LINE = 18
THICK = 14
GAP = 12


@dataclass(frozen=True, kw_only=True)
class Bar:
    """A category and its value (None: unknown); `text` is the value in words where its number alone will not do."""

    label: str
    value: Amount | None
    text: str = ""
    url: str = ""

    @property
    def words(self) -> str:
        """The value as people read it."""
        return UNKNOWN if self.value is None else self.text or amount(self.value)


@dataclass(frozen=True, kw_only=True)
class DrawnBar:
    """A bar in units: the lines of its label with their heights, the bar, and where its value is written."""

    lines: tuple[tuple[str, str], ...]
    x: str
    y: str
    end: str
    width: str
    height: str
    words: str
    words_x: str
    words_y: str
    anchor: str
    is_unknown: bool


@dataclass(frozen=True, kw_only=True)
class BarChart(Figure):
    """Bars from a common zero line."""

    template: ClassVar[str] = "figures/bar_chart.svg"

    bars: tuple[DrawnBar, ...]
    zero: str


def bar_chart(
    rows: Sequence[Bar], *, key: str, title: str, columns: tuple[str, str] = ("Bereich", "Wert"), width: int = WIDTH
) -> BarChart:
    """Bars in the order of `rows`; `columns` head the table. Negative values go to the left of zero."""
    scale = _Scale(rows, width)
    bars: list[DrawnBar] = []
    y = 0.0
    for row in rows:
        bar, y = scale.bar(row, y)
        bars.append(bar)
    return BarChart(
        key=key,
        title=title,
        message=_message(rows),
        width=units(width),
        height=units(max(y, 1)),
        bars=tuple(bars),
        zero=units(scale.zero),
        data=Data(
            caption=title,
            columns=columns,
            rows=tuple(DataRow(head=row.label, cells=(row.words,), url=row.url) for row in rows),
        ),
    )


class _Scale:
    """Room for the widest value in words is kept free on the sides where bars end."""

    def __init__(self, rows: Sequence[Bar], width: int) -> None:
        values = [float(row.value) for row in rows if row.value is not None]
        self.least, self.most = min([0.0, *values]), max([0.0, *values])
        aside = max([width_of(row.words) + GAP for row in rows], default=0)
        left = aside if self.least < 0 else 0
        self.room = max(width - left - aside, width / 4)
        self.reach = (self.most - self.least) or 1
        self.zero = min(left, width / 3) - self.least / self.reach * self.room
        self.width = width

    def bar(self, row: Bar, y: float) -> tuple[DrawnBar, float]:
        """The bar of `row` from the height `y` down, and where the next one begins."""
        lines = wrapped(row.label, self.width)
        top = y + LINE * len(lines) + 4
        value = float(row.value or 0)
        end = self.zero + value / self.reach * self.room
        drawn = DrawnBar(
            lines=tuple((line, units(y + LINE * (i + 1) - 4)) for i, line in enumerate(lines)),
            x=units(min(self.zero, end)),
            y=units(top),
            end=units(top + THICK),
            width=units(abs(end - self.zero)),
            height=units(THICK),
            words=row.words,
            words_x=units(end + (-6 if value < 0 else 6)),
            words_y=units(top + THICK - (THICK - FONT_SIZE * 0.7) / 2),
            anchor="end" if value < 0 else "start",
            is_unknown=row.value is None,
        )
        return drawn, top + THICK + GAP


def _message(rows: Sequence[Bar]) -> str:
    known = [row for row in rows if row.value is not None]
    if not known:
        return "Es gibt noch keine Angaben."
    unknown = unknown_sentence(len(rows) - len(known), len(rows))
    if len(known) == 1:
        return f"{known[0].label}: {known[0].words}.{unknown}"
    most, least = max(known, key=_value), min(known, key=_value)
    if most.value == least.value:
        return f"Alle {len(known)} Angaben sind gleich: {most.words}.{unknown}"
    highest = enumerated([row.label for row in known if row.value == most.value])
    lowest = enumerated([row.label for row in known if row.value == least.value])
    return f"Am höchsten: {highest} ({most.words}); am niedrigsten: {lowest} ({least.words}).{unknown}"


def _value(row: Bar) -> float:
    return float(row.value or 0)
