"""What is wrong with a file: each fault with its place and a reason that the person at the file understands."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from portal.shared.refusal import RefusedError

if TYPE_CHECKING:
    from collections.abc import Iterable


@dataclass(frozen=True, order=True)
class Where:
    """A line of a file; lines count from 1, and 0 means none in particular."""

    file: str
    line: int

    def __str__(self) -> str:
        return f"{self.file}, Zeile {self.line}" if self.line else self.file


@dataclass(frozen=True, order=True)
class Fault:
    """One thing that is wrong at one place."""

    where: Where
    field: str
    reason: str

    def __str__(self) -> str:
        field = f", Feld „{self.field}“" if self.field else ""
        return f"{self.where}{field}: {self.reason}"


class Faults(list[Fault]):
    """All faults found so far; reading goes on after each, so that a person sees them all at once."""

    def add(self, where: Where, field: str, reason: str) -> None:
        """Note one fault."""
        self.append(Fault(where, field, reason))


class ImportRefusedError(RefusedError):
    """Nothing was loaded; `faults` says why, in the order of files and lines."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = sorted(set(faults))
        count = "einen Fehler" if len(self.faults) == 1 else f"{len(self.faults)} Fehler"
        lines = "\n".join(f"  {fault}" for fault in self.faults)
        super().__init__(f"Nichts geladen: Die Dateien enthalten {count}.\n{lines}")
