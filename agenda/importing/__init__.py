"""Loading the agenda from files: its side of the contract `portal.shared.importing`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from agenda.importing import analysis, figures, frame, maturity, projects, strategy
from agenda.importing.book import Book
from agenda.models import Agenda
from portal.shared import importing
from portal.shared.importing import Content, Faults, InputFile, Row
from portal.shared.importing.reading import read_csv, read_json

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from portal.shared.importing import Entry

DATA = Path(__file__).parent.parent / "data"
# The parts of the agenda's file in the order in which they refer to each other.
CHAIN = {
    "evidence": analysis.read_evidence,
    "findings": analysis.read_finding,
    "challenges": strategy.read_challenge,
    "packages": strategy.read_package,
    "measures": projects.read,
}


def plan(files: Mapping[str, Path], earlier: Sequence[Row], faults: Faults) -> list[Row]:
    """The whole chain: frame, figures, evidence, findings, challenges, packages, projects, maturity."""
    book = Book()
    book.know_municipalities(earlier)
    top = read_json(files["agenda"], faults)
    if top is None:
        return []
    frame.read(top, book)
    for row in read_csv(files["figures"], figures.COLUMNS, faults):
        figures.read(row, book)
    _read_chain(top, book)
    rounds = read_json(files["maturity"], faults)
    if rounds is not None:
        maturity.read(rounds, book)
    return book.rows


def _read_chain(top: Entry, book: Book) -> None:
    for name, read in CHAIN.items():
        for entry in top.entries(name, least=1):
            read(entry, book)
    frame.check_cross_cutting(top, book)
    projects.link(book)
    strategy.check_packages(book)
    analysis.note_use(book)
    top.close()


importing.register(
    Content(
        name="agenda",
        order=20,
        anchor=Agenda,
        files=(
            InputFile("agenda", DATA / "agenda_beispiel.json", "Agenda (JSON)"),
            InputFile("figures", DATA / "ist_stand.csv", "Kennzahlen des Ist-Stands (CSV)"),
            InputFile("maturity", DATA / "reifegrad_beispiel.json", "Einschätzung der Handlungsfelder (JSON)"),
        ),
        plan=plan,
        finish=maturity.finish,
    )
)
