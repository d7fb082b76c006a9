"""Maturity: where each field stands on the scale from 0 to 4 and where it is to be."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from portal.shared.figures.bars import WIDTH
from portal.shared.figures.drawing import Data, DataRow, Figure, Legend, enumerated, units, wrapped

if TYPE_CHECKING:
    from collections.abc import Sequence

HIGHEST = 4
LINE = 18
TRACK = 26
HEAD = 24
ASIDE = 20  # room for half a sign at both ends
NOT_ASSESSED = "noch nicht eingeschätzt"
NOT_APPLICABLE = "trifft nicht zu"


@dataclass(frozen=True, kw_only=True)
class LevelRow:
    """A field with its level today and its target; no level is either not assessed or not applicable, never 0."""

    label: str
    current: int | None = None
    target: int | None = None
    target_year: int | None = None
    applies: bool = True
    url: str = ""

    @property
    def words(self) -> str:
        """The level today in words."""
        if not self.applies:
            return NOT_APPLICABLE
        return NOT_ASSESSED if self.current is None else f"Stufe {self.current}"

    @property
    def target_words(self) -> str:
        """The target in words."""
        if self.target is None:
            return "kein Ziel"
        return f"Stufe {self.target}" + (f" bis {self.target_year}" if self.target_year else "")


@dataclass(frozen=True, kw_only=True)
class DrawnLevel:
    """A field in units; `current_x` and `target_x` are empty where there is nothing to draw."""

    lines: tuple[tuple[str, str], ...]
    y: str
    words: str
    words_y: str
    current: str
    current_x: str
    target: str
    target_x: str


@dataclass(frozen=True, kw_only=True)
class MaturityMatrix(Figure):
    """Fields by levels: a full sign for today, a ring for the target, a line between them."""

    template: ClassVar[str] = "figures/maturity_matrix.svg"

    levels: tuple[DrawnLevel, ...]
    scale: tuple[tuple[str, str], ...]
    scale_end: str


def maturity_matrix(rows: Sequence[LevelRow], *, key: str, title: str, width: int = WIDTH) -> MaturityMatrix:
    """Fields in the order of `rows`."""
    levels: list[DrawnLevel] = []
    y = float(HEAD)
    for row in rows:
        drawn, y = _level(row, y, width)
        levels.append(drawn)
    return MaturityMatrix(
        key=key,
        title=title,
        message=_message(rows),
        width=units(width),
        height=units(max(y, 1)),
        levels=tuple(levels),
        scale=tuple((str(level), units(_x(level, width))) for level in range(HIGHEST + 1)),
        scale_end=units(max(y - 4, 1)),
        legend=(
            Legend(style="is-current", sign="●", text="Ist-Stufe"),
            Legend(style="is-target", sign="○", text="Soll-Stufe"),
        ),
        data=Data(
            caption=title,
            columns=("Handlungsfeld", "Ist", "Soll"),
            rows=tuple(DataRow(head=row.label, cells=(row.words, row.target_words), url=row.url) for row in rows),
        ),
    )


def _x(level: int, width: int) -> float:
    return ASIDE + level * (width - 2 * ASIDE) / HIGHEST


def _level(row: LevelRow, y: float, width: int) -> tuple[DrawnLevel, float]:
    lines = wrapped(row.label, width)
    top = y + LINE * len(lines)
    is_drawn = row.applies and row.current is not None
    is_aimed = row.applies and row.target is not None and row.target != row.current
    drawn = DrawnLevel(
        lines=tuple((line, units(y + LINE * (i + 1) - 4)) for i, line in enumerate(lines)),
        y=units(top + TRACK / 2),
        words="" if is_drawn else row.words,
        words_y=units(top + TRACK / 2 + 5),
        current=str(row.current) if is_drawn else "",
        current_x=units(_x(row.current or 0, width)) if is_drawn else "",
        target=str(row.target) if is_aimed else "",
        target_x=units(_x(row.target or 0, width)) if is_aimed else "",
    )
    return drawn, top + TRACK + 6


def _message(rows: Sequence[LevelRow]) -> str:
    assessed = [row for row in rows if row.applies and row.current is not None]
    applicable = [row for row in rows if row.applies]
    if not assessed:
        return "Noch ist kein Feld eingeschätzt."
    most = max(row.current or 0 for row in assessed)
    best = enumerated([row.label for row in assessed if row.current == most])
    behind = sum(row.target is not None and row.target > (row.current or 0) for row in assessed)
    return (
        f"{len(assessed)} von {len(applicable)} Feldern sind eingeschätzt. "
        f"Am weitesten: {best} (Stufe {most}). Bei {behind} liegt das Ziel über dem heutigen Stand."
    )
