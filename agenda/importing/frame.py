"""Reading the frame: the agenda itself, its fields of action, and the lists that the rest refers to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from agenda.importing import texts
from agenda.importing.book import LABEL, check_label
from agenda.models import ActionField, Agenda, MeasurePackage, Project
from portal.models import Topic
from portal.shared.importing import Row

if TYPE_CHECKING:
    from datetime import date

    from agenda.importing.book import Book
    from portal.shared.importing import Entry

SLUG = "beispiel"
HORIZONS = {
    "kurz": MeasurePackage.Horizon.SHORT,
    "mittel": MeasurePackage.Horizon.MEDIUM,
    "lang": MeasurePackage.Horizon.LONG,
}
PHASES = {str(phase.value): phase for phase in Project.Phase}
CERTAINTIES = {"found": "found", "known": "known"}


def read(top: Entry, book: Book) -> None:
    """Agenda, topics and fields, and the lists of horizons, statuses, cost classes and programmes."""
    agenda = _agenda(top, book)
    book.agenda = book.add(agenda)
    for entry in top.entries("fields", least=1):
        _field(entry, book)
    for status in top.entries("statuses"):
        if phase := status.one_of("id", PHASES):
            book.statuses[str(phase.value)] = str(phase.value)
        status.text("title")
        status.close()
    for cost_class in top.entries("cost_classes"):
        name = cost_class.text("id")
        book.cost_classes[name] = cost_class.text("title")
        cost_class.number("min")
        cost_class.number_or_none("max")
        cost_class.close()
    for programme in top.entries("funding_programmes"):
        _programme(programme, book)


def check_cross_cutting(top: Entry, book: Book) -> None:
    """The cross-cutting topics explain the file; their evidence must exist all the same."""
    entry = top.entry("cross_cutting_topics")
    entry.texts("titles")
    entry.one_of("evidence", book.evidence)
    entry.close()


def _agenda(top: Entry, book: Book) -> Row:
    meta = top.entry("meta")
    _check_meta(meta)
    start, end = _period(meta)
    short, medium = _horizons(top, book, start=start, end=end)
    values = {
        "title": meta.text("title"),
        "vision": top.text("vision"),
        "introduction": texts.introduction(meta.text("notice")),
        "principles": texts.bullets(top.texts("principles")),
        "method_note": texts.method(meta.text("structure"), meta.text("structure_source")),
        "reporting_note": _reporting(top.entry("reporting")),
        "period_start": start,
        "short_until": short,
        "medium_until": medium,
        "period_end": end,
        "data_as_of": meta.day("as_of"),
        "is_example": True,
    }
    meta.close()
    return Row(Agenda, {"slug": SLUG}, meta.where, values, is_public=True)


def _check_meta(meta: Entry) -> None:
    check_label(meta)
    meta.one_of("language", {"de": "de"})
    meta.skip("text_origin", "finding_types", "scales", "null_values")
    region = meta.entry("region")
    region.text("name")
    region.text("state")
    region.one_of("ags", {"15090": "15090"})
    region.close()


def _period(meta: Entry) -> tuple[date, date]:
    period = meta.entry("period")
    start, end = period.day("start"), period.day("end")
    period.in_order(("start", start), ("end", end), "Das Ende liegt vor dem Beginn.")
    period.close()
    return start, end


def _horizons(top: Entry, book: Book, *, start: date, end: date) -> tuple[date, date]:
    """The last days of the short and the medium horizon; they must follow each other up to the end."""
    until: dict[str, date] = {}
    last = ("start", start)
    for entry in top.entries("horizons"):
        name = entry.text("id")
        if entry.one_of("id", HORIZONS) is not None:
            book.horizons[name] = name
            until[name] = entry.day("until")
            entry.in_order(last, ("until", until[name]), "Die Horizonte müssen aufeinander folgen.")
            last = ("until", until[name])
        entry.text("title")
        entry.close()
    if list(until) != list(HORIZONS) or until["lang"] != end:
        top.fault("horizons", "Erwartet werden kurz, mittel und lang; der letzte endet mit der Laufzeit.")
        return start, start
    return until["kurz"], until["mittel"]


def _reporting(entry: Entry) -> str:
    check_label(entry)
    cycle, bodies, contents = entry.text("cycle"), entry.texts("bodies"), entry.texts("contents")
    entry.close()
    return (
        texts.paragraph(f"{LABEL}: Berichtet wird {cycle}.")
        + "<h3>An wen berichtet wird</h3>"
        + texts.bullets(bodies)
        + "<h3>Was ein Bericht enthält</h3>"
        + texts.bullets(contents)
    )


def _field(entry: Entry, book: Book) -> None:
    title, slug, summary = entry.text("title"), entry.text("key"), entry.text("description")
    topic = book.add(Row(Topic, {"slug": slug}, entry.where, {"name": title, "description": summary}))
    row = Row(
        ActionField,
        {"code": entry.text("id")},
        entry.where,
        {
            "title": title,
            "slug": slug,
            "summary": summary,
            "order": entry.whole("order", least=0, most=99),
            "topic": topic,
        },
    )
    book.know(entry, book.fields, row)
    book.field_titles[title] = row
    entry.close()


def _programme(entry: Entry, book: Book) -> None:
    name = entry.text("id")
    if name in book.programmes:
        entry.fault("id", f"„{name}“ kommt mehrfach vor.")
    note = f"Mögliche Quelle, nichts beantragt. Geber: {entry.text('giver')}. {entry.text('note')}"
    book.programmes[name] = (entry.text("title"), note)
    entry.one_of("certainty", CERTAINTIES)
    entry.close()
