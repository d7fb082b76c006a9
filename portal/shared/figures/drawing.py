"""What all figures share: their frame, their data as a table, and how sizes and words are written into SVG."""

from __future__ import annotations

import textwrap
from dataclasses import dataclass
from decimal import Decimal
from typing import ClassVar

from django.utils.formats import number_format

Amount = Decimal | int | float

UNKNOWN = "keine Angabe"
MINUS = "−"
NO_BREAK = "\u00a0"
FONT_SIZE = 14
# A letter of Fira Sans is on average this wide, as a part of the font size; wide enough that no label is cut.
LETTER = 0.56


@dataclass(frozen=True, kw_only=True)
class DataRow:
    """A row of the table below a figure: its header, where it leads, and the texts of its cells."""

    head: str
    cells: tuple[str, ...]
    url: str = ""


@dataclass(frozen=True, kw_only=True)
class Data:
    """The figure as a table; the first of `columns` stands above the row headers."""

    caption: str
    columns: tuple[str, ...]
    rows: tuple[DataRow, ...]


@dataclass(frozen=True, kw_only=True)
class Legend:
    """What a shade means: its class, the number or sign that stands for it in the picture, and its words."""

    style: str
    sign: str
    text: str


@dataclass(frozen=True, kw_only=True)
class Figure:
    """A picture of `width` by `height` units. `key` makes the ids in it unique on a page."""

    template: ClassVar[str]

    key: str
    title: str
    message: str
    width: str
    height: str
    data: Data
    legend: tuple[Legend, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Nothing to draw: the message alone is shown."""
        return not self.data.rows


def units(value: float) -> str:
    """A coordinate in SVG: a point as the decimal sign, no more places than anybody can see."""
    return f"{round(value, 1):g}" if abs(value) < 100_000 else str(round(value))


def amount(value: Amount, decimals: int = 0, unit: str = "") -> str:
    """A value in words: „−1.234,5 km“."""
    exact = round(Decimal(str(value)), decimals)
    text = number_format(abs(exact), decimals, use_l10n=True, force_grouping=True)
    sign = MINUS if exact < 0 else ""
    return f"{sign}{text}{NO_BREAK}{unit}" if unit else f"{sign}{text}"


def width_of(text: str, size: float = FONT_SIZE) -> float:
    """About how wide `text` is, in units."""
    return len(text) * size * LETTER


def wrapped(text: str, room: float, *, size: float = FONT_SIZE, most: int = 2) -> tuple[str, ...]:
    """`text` in at most `most` lines of `room` units; what is too long ends in „…“ (the table has all of it)."""
    letters = max(4, int(room / (size * LETTER)))
    lines = textwrap.wrap(" ".join(text.split()), letters, max_lines=most, placeholder=" …", break_on_hyphens=True)
    return tuple(lines)


def enumerated(names: list[str], most: int = 3) -> str:
    """„A, B und C“; of more than `most` the rest is counted: „A, B, C und 4 weitere“."""
    if len(names) > most:
        return f"{', '.join(names[:most])} und {len(names) - most} weitere"
    return " und ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)


def unknown_sentence(count: int, total: int) -> str:
    """Says how many rows are without a value; nothing when all have one."""
    return f" Für {count} von {total} gibt es keine Angabe." if count else ""
