"""Plans over time: a bar for each project from its first to its last day, with marks for milestones."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, ClassVar

from portal.shared.figures.bars import WIDTH
from portal.shared.figures.drawing import FONT_SIZE, UNKNOWN, Data, DataRow, Figure, Legend, units, wrapped

if TYPE_CHECKING:
    from collections.abc import Sequence

LINE = 18
THICK = 12
GAP = 10
HEAD = 24  # the line of years above the bars
FEW_YEARS = 8  # of more, only every second, third … year is written
RADIUS = 5


@dataclass(frozen=True, kw_only=True)
class Mark:
    """A day within a plan: a milestone, reached or still open."""

    label: str
    on: date
    is_done: bool = False


@dataclass(frozen=True, kw_only=True)
class Span:
    """A plan: from when to when (None: not known), in words, with its marks."""

    label: str
    start: date | None
    end: date | None
    text: str = ""
    url: str = ""
    is_done: bool = False
    marks: tuple[Mark, ...] = ()

    @property
    def words(self) -> str:
        """The time as people read it."""
        if self.text:
            return self.text
        if self.start is None and self.end is None:
            return UNKNOWN
        first = f"{self.start:%d.%m.%Y}" if self.start else "Beginn offen"
        last = f"{self.end:%d.%m.%Y}" if self.end else "Ende offen"
        return f"{first} bis {last}"


@dataclass(frozen=True, kw_only=True)
class Year:
    """A line in the picture at the first of January; `label` is empty where there is no room."""

    x: str
    label: str


@dataclass(frozen=True, kw_only=True)
class DrawnMark:
    """A milestone in units."""

    x: str
    style: str


@dataclass(frozen=True, kw_only=True)
class DrawnSpan:
    """A plan in units; without width nothing is known, and the words say so."""

    lines: tuple[tuple[str, str], ...]
    x: str
    y: str
    width: str
    height: str
    middle: str
    style: str
    words: str
    words_y: str
    marks: tuple[DrawnMark, ...]


@dataclass(frozen=True, kw_only=True)
class Gantt(Figure):
    """Plans over years; `today` is empty unless it lies within them."""

    template: ClassVar[str] = "figures/gantt.svg"

    spans: tuple[DrawnSpan, ...]
    years: tuple[Year, ...]
    today: str
    height_of_years: str


def gantt(rows: Sequence[Span], *, key: str, title: str, on: date, width: int = WIDTH) -> Gantt:
    """Plans in the order of `rows`; `on` is drawn as a line if it lies within them."""
    scale = _Scale(rows, width)
    spans: list[DrawnSpan] = []
    y = float(HEAD)
    for row in rows:
        drawn, y = _span(row, scale, y)
        spans.append(drawn)
    return Gantt(
        key=key,
        title=title,
        message=_message(rows),
        width=units(width),
        height=units(max(y, 1)),
        height_of_years=units(max(y - GAP / 2, 1)),
        spans=tuple(spans),
        years=scale.years(),
        today=units(scale.x(on)) if scale.first <= on <= scale.last and scale.is_known else "",
        legend=_legend(rows),
        data=_data(rows, title),
    )


class _Scale:
    """Whole years from the first to the last day that occurs."""

    def __init__(self, rows: Sequence[Span], width: int) -> None:
        days = [day for row in rows for day in (row.start, row.end, *[mark.on for mark in row.marks]) if day]
        self.is_known = bool(days)
        least, most = (min(days), max(days)) if days else (date(2000, 1, 1), date(2000, 1, 1))
        self.first, self.last = date(least.year, 1, 1), date(most.year, 12, 31)
        self.width = width
        self.unit = (width - 2 * RADIUS) / ((self.last - self.first).days + 1)

    def x(self, day: date) -> float:
        return RADIUS + (day - self.first).days * self.unit

    def years(self) -> tuple[Year, ...]:
        if not self.is_known:
            return ()
        shown = range(self.first.year, self.last.year + 1)
        every = -(-len(shown) // FEW_YEARS)
        return tuple(
            Year(x=units(self.x(date(year, 1, 1))), label=str(year) if (year - shown[0]) % every == 0 else "")
            for year in shown
        )


def _span(row: Span, scale: _Scale, y: float) -> tuple[DrawnSpan, float]:
    lines = wrapped(row.label, scale.width)
    top = y + LINE * len(lines) + 2
    is_known = bool(row.start or row.end)
    # An open side runs on to the edge of the picture.
    x = scale.x(row.start or scale.first)
    wide = scale.x(row.end or scale.last) - x
    drawn = DrawnSpan(
        lines=tuple((line, units(y + LINE * (i + 1) - 4)) for i, line in enumerate(lines)),
        x=units(x),
        y=units(top),
        width=units(max(wide, 2)) if is_known else "",
        height=units(THICK),
        middle=units(top + THICK / 2),
        style="is-open" if row.start is None or row.end is None else "is-done" if row.is_done else "is-planned",
        words="" if is_known else row.words,
        words_y=units(top + FONT_SIZE * 0.75),
        marks=tuple(
            DrawnMark(x=units(scale.x(mark.on)), style="is-reached" if mark.is_done else "is-ahead")
            for mark in row.marks
        ),
    )
    return drawn, top + THICK + GAP


def _legend(rows: Sequence[Span]) -> tuple[Legend, ...]:
    marks = [mark for row in rows for mark in row.marks]
    entries = (
        (any(mark.is_done for mark in marks), Legend(style="is-reached", sign="●", text="Meilenstein erreicht")),
        (any(not mark.is_done for mark in marks), Legend(style="is-ahead", sign="○", text="Meilenstein offen")),
    )
    return tuple(entry for is_needed, entry in entries if is_needed)


def _data(rows: Sequence[Span], title: str) -> Data:
    has_marks = any(row.marks for row in rows)
    return Data(
        caption=title,
        columns=("Projekt", "Zeitraum", *(["Meilensteine"] if has_marks else [])),
        rows=tuple(
            DataRow(head=row.label, url=row.url, cells=(row.words, *([_marks(row)] if has_marks else [])))
            for row in rows
        ),
    )


def _marks(row: Span) -> str:
    texts = [f"{mark.label} ({mark.on:%d.%m.%Y}, {'erreicht' if mark.is_done else 'offen'})" for mark in row.marks]
    return "; ".join(texts) or "keine"


def _message(rows: Sequence[Span]) -> str:
    known = [row for row in rows if row.start or row.end]
    if not known:
        return "Es gibt noch keine Termine."
    first = min(known, key=lambda row: row.start or row.end or date.max)
    last = max(known, key=lambda row: row.end or row.start or date.min)
    begins, ends = first.start or first.end, last.end or last.start
    without = len(rows) - len(known)
    unknown = f" Für {without} von {len(rows)} steht noch kein Termin fest." if without else ""
    if len(known) == 1:
        return f"{first.label}: {first.words}.{unknown}"
    return f"Zuerst beginnt {first.label} ({begins:%m/%Y}), zuletzt endet {last.label} ({ends:%m/%Y}).{unknown}"
