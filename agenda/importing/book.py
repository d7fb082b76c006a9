"""The book kept while the files are read: every row so far, and where to look up what others refer to."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from portal.models import Municipality
from portal.shared.importing import Entry, Row

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date
    from decimal import Decimal

LABEL = "Beispielinhalt"
# How places are written before the name of a municipality; with one of these in front, the name must be known.
DESIGNATIONS = ("Hansestadt", "Stadt", "Gemeinde")

Figure = tuple[str, str, str]  # title of the indicator, as_of, place


@dataclass
class Book:
    """Rows in the order in which they can be written, and indexes by the keys that the files use."""

    rows: list[Row] = field(default_factory=list)
    municipalities: dict[str, Row] = field(default_factory=dict)
    places: dict[str, Row] = field(default_factory=dict)
    fields: dict[str, Row] = field(default_factory=dict)
    field_titles: dict[str, Row] = field(default_factory=dict)
    horizons: dict[str, str] = field(default_factory=dict)
    statuses: dict[str, str] = field(default_factory=dict)
    cost_classes: dict[str, str] = field(default_factory=dict)
    programmes: dict[str, tuple[str, str]] = field(default_factory=dict)
    indicators: dict[tuple[str, str], Row] = field(default_factory=dict)
    figures: dict[Figure, Row] = field(default_factory=dict)
    targets: dict[tuple[int, date], Row] = field(default_factory=dict)
    evidence: dict[str, Row] = field(default_factory=dict)
    findings: dict[str, Row] = field(default_factory=dict)
    challenges: dict[str, Row] = field(default_factory=dict)
    packages: dict[str, Row] = field(default_factory=dict)
    # What a package says of its projects, held against what the projects say.
    expected: dict[str, tuple[Entry, list[str], Decimal, Decimal]] = field(default_factory=dict)
    projects: dict[str, Row] = field(default_factory=dict)
    # Entries that may name projects which come later in the file.
    waiting: list[tuple[Entry, Row]] = field(default_factory=list)
    organisations: dict[str, Row] = field(default_factory=dict)
    used_findings: set[str] = field(default_factory=set)
    agenda: Row | None = None

    def add(self, row: Row) -> Row:
        """Put a row behind those it may refer to."""
        self.rows.append(row)
        return row

    def know(self, entry: Entry, index: dict[str, Row], row: Row) -> Row:
        """Add a row and index it by the id of its entry; an id given twice is a fault."""
        name = entry.text("id")
        if name in index:
            entry.fault("id", f"„{name}“ kommt mehrfach vor, zuerst in {index[name].where}.")
        index.setdefault(name, row)
        return self.add(row)

    def know_municipalities(self, earlier: Iterable[Row]) -> None:
        """Index the municipalities that the gazetteer has planned, by key and by the ways to write their names."""
        for row in earlier:
            if row.model is not Municipality:
                continue
            self.municipalities[row.key["ags"]] = row
            name = row.values["name"]
            designation = Municipality.Designation(row.values["designation"]).label
            short = name.split(" (")[0]
            for written in (name, short, f"{designation} {name}", f"{designation} {short}"):
                self.places[written] = row


def municipality_of(entry: Entry, book: Book, column: str = "place") -> Row | None:
    """The municipality a place means; None for the county, associations, regions and the state."""
    place = entry.text(column)
    found = book.places.get(place)
    if found is None and place.startswith(tuple(f"{word} " for word in DESIGNATIONS)):
        entry.fault(column, f"„{place}“ ist keine Gemeinde des Landkreises.")
    return found


def check_label(entry: Entry) -> None:
    """Everything loaded here must be marked as an example."""
    if entry.text("label") not in {"", LABEL}:
        entry.fault("label", f"Hier muss „{LABEL}“ stehen: Dieser Weg lädt nur Beispielinhalte.")


def ids(entry: Entry, column: str, index: dict[str, Row], *, least: int = 0) -> list[Row]:
    """The rows that a list of ids names."""
    return entry.some_of(column, index, least=least)
