"""Reading the strategy: challenges with their findings and targets, and the packages that answer them."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from agenda.importing.book import check_label, ids
from agenda.importing.figures import Asker, Level, read_aim
from agenda.importing.frame import HORIZONS
from agenda.importing.organisations import organisation, owner
from agenda.models import Challenge, ChallengeFinding, ChallengeIndicator, MeasurePackage
from portal.shared.importing import Row
from portal.shared.slugs import german_slug

if TYPE_CHECKING:
    from agenda.importing.book import Book
    from portal.shared.importing import Entry


def read_challenge(entry: Entry, book: Book) -> None:
    """A challenge, why it exists, and where it is to lead."""
    check_label(entry)
    code, title = entry.text("id"), entry.text("title")
    fields = ids(entry, "fields", book.fields, least=1)
    values = {
        "title": title,
        "slug": german_slug(f"{code} {title}"),
        "problem": entry.text("problem"),
        "goal": entry.text("goal"),
        "priority": entry.whole("priority", least=1, most=3),
        "order": len(book.challenges) + 1,
    }
    key = {"agenda": book.agenda, "code": code}
    row = book.know(entry, book.challenges, Row(Challenge, key, entry.where, values, is_public=True))
    row.many["fields"] = fields
    findings = ids(entry, "findings", book.findings, least=1)
    for finding in findings:
        book.used_findings.add(finding.key["code"])
        book.add(Row(ChallengeFinding, {"challenge": row, "finding": finding}, entry.where))
    for target in entry.entries("target_values"):
        _read_target(target, book, row)
    entry.close()


def _read_target(entry: Entry, book: Book, challenge: Row) -> None:
    fields = challenge.many["fields"]
    source = f"Beispielinhalt: Ausgangswert der Herausforderung {challenge.key['code']}"
    asker = Asker(entry.text("indicator"), fields[0] if fields else None, Level.OUTCOME, source)
    aim = read_aim(entry, book, asker)
    entry.close()
    key = {"challenge": challenge, "indicator": aim.indicator}
    book.add(Row(ChallengeIndicator, key, entry.where, {"target": aim.target}))


def read_package(entry: Entry, book: Book) -> None:
    """A package; what it says of its measures is held against them later."""
    check_label(entry)
    code, title, lead_name = entry.text("id"), entry.text("title"), entry.text("lead")
    start, end = entry.day("starts_on"), entry.day("ends_on")
    entry.in_order(("starts_on", start), ("ends_on", end), "Das Ende liegt vor dem Beginn.")
    lead = organisation(lead_name, book, entry.where)
    values = {
        "title": title,
        "slug": german_slug(f"{code} {title}"),
        "horizon": entry.one_of("horizon", HORIZONS),
        "objective": entry.text("objective"),
        "lead": lead,
        "owner": owner(lead),
        "starts_on": start,
        "ends_on": end,
        "order": len(book.packages) + 1,
    }
    key = {"agenda": book.agenda, "code": code}
    row = book.know(entry, book.packages, Row(MeasurePackage, key, entry.where, values, is_public=True))
    row.many["challenges"] = ids(entry, "challenges", book.challenges, least=1)
    costs = entry.number("cost_min_eur"), entry.number("cost_max_eur")
    book.expected[code] = (entry, entry.texts("measures"), *costs)
    _check_horizon(entry, book, row)
    entry.close()


def _check_horizon(entry: Entry, book: Book, row: Row) -> None:
    if book.agenda is None or row.values["horizon"] is None:
        return
    frame = book.agenda.values
    bounds = {
        MeasurePackage.Horizon.SHORT: (frame["period_start"], frame["short_until"]),
        MeasurePackage.Horizon.MEDIUM: (frame["short_until"], frame["medium_until"]),
        MeasurePackage.Horizon.LONG: (frame["medium_until"], frame["period_end"]),
    }
    after, until = bounds[row.values["horizon"]]
    if not after < row.values["ends_on"] <= until:
        entry.fault("ends_on", "Das Ende des Pakets liegt nicht in seinem Horizont.")


def check_packages(book: Book) -> None:
    """What packages say of their measures must agree with what the measures say."""
    for code, (entry, measures, least, most) in book.expected.items():
        inside = [row for row in book.projects.values() if row.values["package"] is book.packages.get(code)]
        if sorted(measures) != sorted(row.key["code"] for row in inside):
            entry.fault("measures", "Die Liste stimmt nicht mit den Paketen überein, die die Maßnahmen nennen.")
            continue
        sums = [sum((row.values[side] for row in inside), Decimal(0)) for side in ("cost_min", "cost_max")]
        for field, said, counted in zip(("cost_min_eur", "cost_max_eur"), (least, most), sums, strict=True):
            if said != counted:
                entry.fault(field, f"Die Summe der Maßnahmen ist {counted}, nicht {said}.")
