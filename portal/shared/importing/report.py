"""What a load did, or would do: new, changed, left alone, no longer in the files."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from django.db import models

SHOWN = 80


@dataclass(frozen=True)
class Change:
    """A field of a row before and after, as a person reads it."""

    field: str
    old: str
    new: str

    def __str__(self) -> str:
        return f"{self.field}: {_short(self.old)} → {_short(self.new)}"


@dataclass(frozen=True)
class Line:
    """A row and what happens to it."""

    row: str
    text: str

    def __str__(self) -> str:
        return f"{self.row}: {self.text}"


@dataclass
class Report:
    """Counts by kind of row, and each row that is not simply new or unchanged."""

    is_rehearsal: bool = False
    was_skipped: bool = False
    new: Counter[str] = field(default_factory=Counter)
    unchanged: Counter[str] = field(default_factory=Counter)
    changed: list[Line] = field(default_factory=list)
    kept: list[Line] = field(default_factory=list)
    missing: list[Line] = field(default_factory=list)

    def __str__(self) -> str:
        if self.was_skipped:
            return "Es sind schon Inhalte da; nichts geladen."
        head = "Vorschau, es wurde nichts geschrieben." if self.is_rehearsal else "Geladen."
        kinds = sorted({*self.new, *self.unchanged})
        lines = [f"  {kind}: {self.new[kind]} neu, {self.unchanged[kind]} unverändert" for kind in kinds]
        lines += _section("Geändert", self.changed)
        lines += _section("Von Hand geändert, nicht überschrieben", self.kept)
        lines += _section("Nicht mehr in den Dateien, bleibt bestehen", self.missing)
        return "\n".join([head, *lines])


def name(row: models.Model) -> str:
    """„Projekt „M01 Anschlusslotsen““."""
    return f"{row._meta.verbose_name} „{row}“"


def plural(model: type[models.Model]) -> str:
    """„Projekte“."""
    return str(model._meta.verbose_name_plural)


def _section(title: str, lines: list[Line]) -> list[str]:
    return [f"{title}: {len(lines)}", *(f"  {line}" for line in lines)] if lines else []


def _short(text: str) -> str:
    flat = " ".join(text.split()) or "(leer)"
    return flat if len(flat) <= SHOWN else f"{flat[: SHOWN - 1]}…"
