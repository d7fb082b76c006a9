"""Reading the analysis: evidence and the findings that rest on it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from agenda.importing.book import check_label, ids, municipality_of
from agenda.importing.figures import source_text
from agenda.importing.frame import CERTAINTIES
from agenda.models import Evidence, Finding
from portal.shared.importing import Row
from portal.shared.slugs import german_slug

if TYPE_CHECKING:
    from agenda.importing.book import Book
    from portal.shared.importing import Entry

STATISTIC = "indicator"
KINDS: dict[str, Evidence.Kind] = {str(kind.value): kind for kind in Evidence.Kind if kind != Evidence.Kind.STATISTIC}
KINDS[STATISTIC] = Evidence.Kind.STATISTIC
TYPES = {str(kind.value): kind for kind in Finding.Kind}
SCALES = {"need": ("urgency",), "potential": ("benefit", "effort")}


def read_evidence(entry: Entry, book: Book) -> None:
    """A piece of evidence; a figure points to its row in the table."""
    kind = entry.one_of("kind", KINDS)
    value = _value(entry, book) if kind == Evidence.Kind.STATISTIC else None
    values = {
        "kind": kind,
        "title": entry.text("title"),
        "summary": "" if kind == Evidence.Kind.STATISTIC else entry.text("summary"),
        "source": source_text(entry),
        "as_of": entry.text("as_of"),
        "value": value,
    }
    if entry.one_of("certainty", CERTAINTIES) == "known" and kind != Evidence.Kind.ASSUMPTION:
        values["summary"] = f"{values['summary']} (Allgemeinwissen, ohne Fundstelle)".strip()
    key = {"agenda": book.agenda, "code": entry.text("id")}
    book.know(entry, book.evidence, Row(Evidence, key, entry.where, values))
    entry.close()


def read_finding(entry: Entry, book: Book) -> None:
    """A finding in one field; what became of it shows when the rest is read."""
    check_label(entry)
    code, title = entry.text("id"), entry.text("title")
    kind = entry.one_of("type", TYPES)
    place = municipality_of(entry, book)
    values = {
        "kind": kind,
        "field": entry.one_of("field", book.fields),
        "municipality": place,
        "title": title,
        "slug": german_slug(f"{code} {title}"),
        "statement": entry.text("statement"),
        "affected_groups": entry.texts("affected_groups"),
        "status": Finding.Status.COLLECTED,
        **_scales(entry, str(kind.value) if kind else ""),
    }
    row = Row(Finding, {"agenda": book.agenda, "code": code}, entry.where, values, is_public=True)
    row.many["evidence"] = ids(entry, "evidence", book.evidence)
    book.know(entry, book.findings, row)
    entry.close()


def note_use(book: Book) -> None:
    """Findings that a challenge or a project answers are being addressed."""
    for code, row in book.findings.items():
        if code in book.used_findings:
            row.values["status"] = Finding.Status.ADDRESSED


def _scales(entry: Entry, kind: str) -> dict[str, int | None]:
    wanted = SCALES.get(kind, ())
    scales: dict[str, int | None] = {"urgency": None, "benefit": None, "effort": None}
    for scale in scales:
        if scale in wanted:
            scales[scale] = entry.whole(scale, least=1, most=4)
        elif entry.has(scale):
            entry.skip(scale)
            entry.fault(scale, "Dringlichkeit gehört nur zu einem Bedarf, Nutzen und Aufwand nur zu einem Potenzial.")
    return scales


def _value(entry: Entry, book: Book) -> Row | None:
    """The value in the table that this figure repeats; the two must agree."""
    number, unit = entry.number("value"), entry.text("unit")
    as_of, place = entry.text("as_of"), entry.text("place")
    reference = entry.entry("csv_ref")
    reference.text("file")
    figure = (reference.text("indicator"), reference.text("as_of"), reference.text("place"))
    reference.close()
    found = book.figures.get(figure)
    if found is None:
        entry.fault("csv_ref", "Diese Kennzahl steht nicht in der Tabelle des Ist-Stands.")
        return None
    table = (found.values["value"], found.key["indicator"].key["unit"], found.key["as_of"], found.key["place"])
    for name, here, there in zip(("value", "unit", "as_of", "place"), (number, unit, as_of, place), table, strict=True):
        if here != there:
            entry.fault(name, f"„{here}“ weicht von der Tabelle ab; dort steht „{there}“ ({found.where}).")
    return found
