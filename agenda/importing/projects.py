"""Reading the measures: each becomes a project with its parties, money, milestones, indicators and predecessors."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from agenda.importing import texts
from agenda.importing.book import check_label, ids
from agenda.importing.figures import Asker, Level, read_aim, read_frequency
from agenda.importing.frame import HORIZONS
from agenda.importing.organisations import organisation, owner
from agenda.models import FundingLine, Milestone, Project, ProjectDependency, ProjectIndicator, ProjectParty
from portal.shared.importing import Row
from portal.shared.slugs import german_slug

if TYPE_CHECKING:
    from agenda.importing.book import Book
    from portal.shared.importing import Entry

Phase = Project.Phase
Role = ProjectParty.Role
MILESTONE_STATES = {"open": False, "done": True}
DONE_TOO_EARLY = "Erledigt, aber fällig nach dem Stand der Angaben."
NO_REASON = "Der Beispielinhalt nennt keinen Grund."


def read(entry: Entry, book: Book) -> None:
    """A project and everything that belongs to it alone."""
    check_label(entry)
    code = entry.text("id")
    lead = organisation(entry.text("responsible"), book, entry.where)
    values = {
        **_texts(entry, code),
        **_course(entry, book),
        **_costs(entry, book),
        "field": entry.one_of("field", book.fields),
        "package": entry.one_of("package", book.packages),
        "owner": owner(lead),
    }
    key = {"agenda": book.agenda, "code": code}
    row = book.know(entry, book.projects, Row(Project, key, entry.where, values, is_public=True))
    row.many = _many(entry, book, values["package"])
    book.used_findings.update(finding.key["code"] for finding in row.many["findings"])
    _parties(entry, book, row, lead)
    _funding(entry, book, row)
    _check_term(entry, values)
    for number, milestone in enumerate(entry.entries("milestones"), start=1):
        _milestone(milestone, book, row, number)
    for indicator in entry.entries("indicators"):
        _indicator(indicator, book, row)
    book.waiting.append((entry, row))
    entry.skip("depends_on")
    entry.close()


def link(book: Book) -> None:
    """What projects wait for, once all of them are known."""
    for entry, successor in book.waiting:
        for predecessor in ids(entry, "depends_on", book.projects):
            if predecessor is successor:
                entry.fault("depends_on", "Eine Maßnahme kann nicht von sich selbst abhängen.")
            book.add(Row(ProjectDependency, {"predecessor": predecessor, "successor": successor}, entry.where))


def _texts(entry: Entry, code: str) -> dict[str, Any]:
    title, summary = entry.text("title"), entry.text("summary")
    return {
        "number": entry.text("number"),
        "title": title,
        "slug": german_slug(f"{code} {title}"),
        "teaser": texts.teaser(summary),
        "description": texts.paragraph(summary),
        "target_groups": entry.texts("target_groups"),
        "risks": entry.text("risks", blank=True),
        "sustainability_note": entry.text("sustainability", blank=True),
    }


def _course(entry: Entry, book: Book) -> dict[str, Any]:
    """Phase, dates and progress, no more than the file says: no actual start, and an end only where it is over."""
    term = entry.entry("term")
    start, end = term.day("start"), term.day("end")
    term.in_order(("start", start), ("end", end), "Das Ende liegt vor dem Beginn.")
    term.one_of("horizon", HORIZONS)
    term.close()
    phase = entry.one_of("status", {name: Phase(name) for name in book.statuses})
    status_on = entry.day("status_date")
    if phase == Phase.COMPLETED:
        term.in_order(("", end), ("end", status_on), "Abgeschlossen, aber das Ende liegt nach dem Stand der Angaben.")
    return {
        "priority": entry.whole("priority", least=1, most=3),
        "phase": phase,
        "phase_reason": _reason(entry) if phase == Phase.ON_HOLD else "",
        "status_on": status_on,
        "planned_start": start,
        "planned_end": end,
        "actual_end": end if phase == Phase.COMPLETED else None,
        "date_precision": Project.Precision.DAY,
        "progress_mode": Project.ProgressMode.MANUAL,
        "manual_progress": entry.whole("progress_percent", least=0, most=100),
    }


def _reason(entry: Entry) -> str:
    """The example tells why a measure waits among its risks, if at all."""
    return entry.text("risks", blank=True) or NO_REASON


def _costs(entry: Entry, book: Book) -> dict[str, Any]:
    cost = entry.entry("cost")
    least, most = cost.number("min_eur"), cost.number("max_eur")
    if not 0 <= least <= most:
        cost.fault("max_eur", "Kosten sind nicht negativ, und „bis“ ist mindestens so hoch wie „ab“.")
    running = cost.number_or_none("running_per_year_eur")
    if running is not None and running < 0:
        cost.fault("running_per_year_eur", "Kosten sind nicht negativ.")
    cost.one_of("cost_class", book.cost_classes)
    values = {"cost_min": least, "cost_max": most, "running_cost": running, "cost_note": cost.text("basis")}
    cost.close()
    return values


def _many(entry: Entry, book: Book, package: Row | None) -> dict[str, list[Row]]:
    challenges = ids(entry, "challenges", book.challenges, least=1)
    answered = package.many["challenges"] if package else challenges
    for challenge in challenges:
        if challenge not in answered:
            code = challenge.key["code"]
            entry.fault("challenges", f"„{code}“ gehört nicht zu den Herausforderungen des Pakets.")
    return {
        "challenges": challenges,
        "findings": ids(entry, "findings", book.findings),
        "extra_fields": ids(entry, "secondary_fields", book.fields),
        "municipalities": ids(entry, "municipalities", book.municipalities),
    }


def _parties(entry: Entry, book: Book, project: Row, lead: Row) -> None:
    book.add(Row(ProjectParty, {"project": project, "role": Role.LEAD}, entry.where, {"organisation": lead}))
    for name in entry.texts("partners"):
        partner = organisation(name, book, entry.where)
        book.add(Row(ProjectParty, {"project": project, "organisation": partner, "role": Role.PARTNER}, entry.where))


def _funding(entry: Entry, book: Book, project: Row) -> None:
    """Programmes that come into question; nothing is applied for, so every amount stays open."""
    for source, note in entry.some_of("funding_options", book.programmes):
        key = {
            "project": project,
            "year": None,
            "kind": FundingLine.Kind.INVESTMENT,
            "unit": FundingLine.Unit.EUR,
            "source": source,
        }
        book.add(Row(FundingLine, key, entry.where, {"note": note}))


def _check_term(entry: Entry, values: dict[str, Any]) -> None:
    package: Row | None = values["package"]
    if package is not None:
        end = package.values["ends_on"]
        entry.in_order(("", values["planned_end"]), ("term.end", end), "Die Maßnahme endet nach ihrem Paket.")


def _milestone(entry: Entry, book: Book, project: Row, number: int) -> None:
    due, is_done = entry.day("due"), entry.one_of("status", MILESTONE_STATES)
    start, end = project.values["planned_start"], project.values["planned_end"]
    if date.min not in {due, start, end} and not start <= due <= end:
        entry.fault("due", "Der Meilenstein liegt nicht in der Laufzeit der Maßnahme.")
    if is_done:
        entry.in_order(("", due), ("due", project.values["status_on"]), DONE_TOO_EARLY)
    key = {"project": project, "title": entry.text("title")}
    # The file names no day of completion; the day it was due is the only one there is.
    book.add(Row(Milestone, key, entry.where, {"due_on": due, "done_on": due if is_done else None, "order": number}))
    entry.close()


def _indicator(entry: Entry, book: Book, project: Row) -> None:
    source = f"Beispielinhalt: Ausgangswert des Projekts {project.key['code']}"
    aim = read_aim(entry, book, Asker(entry.text("name"), project.values["field"], Level.OUTPUT, source))
    read_frequency(entry, aim)
    entry.close()
    key = {"project": project, "indicator": aim.indicator}
    book.add(Row(ProjectIndicator, key, entry.where, {"target": aim.target}))
