"""Reading figures: indicators with their values and targets, from the table of the Ist-Stand and from the chain."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from agenda.importing.book import municipality_of
from agenda.importing.frame import CERTAINTIES
from agenda.models import Indicator, IndicatorTarget, IndicatorValue
from agenda.notation import YES_OR_NO
from portal.shared.importing import Row
from portal.shared.slugs import german_slug

if TYPE_CHECKING:
    from decimal import Decimal

    from agenda.importing.book import Book
    from portal.shared.importing import Entry

COLUMNS = ("handlungsfeld", "indicator", "unit", "value", "as_of", "place", "source", "certainty")
FRAMEWORK = "Rahmenbedingungen"
COUNTY = "Landkreis Stendal"
YEAR = re.compile(r"(?:[0-9]{4} bis )?([0-9]{4})")
MONTH = re.compile(r"([0-9]{4})-(0[1-9]|1[0-2])")
FREQUENCIES = {str(frequency.label): frequency for frequency in Indicator.Frequency}
Level = Indicator.ChainLevel
Direction = Indicator.Direction


@dataclass(frozen=True)
class Asker:
    """Who names an indicator as its measure: its title there, and what an indicator not yet known takes from it."""

    title: str
    field: Row | None
    level: str
    source: str


@dataclass(frozen=True)
class Aim:
    """An indicator that shows whether something works, and the target it is measured against."""

    indicator: Row
    target: Row


def read(entry: Entry, book: Book) -> None:
    """A row of the table: its value, and its indicator where this is the first."""
    title, unit, value = entry.text("indicator"), entry.text("unit"), entry.number("value")
    field = entry.one_of("handlungsfeld", {**book.field_titles, FRAMEWORK: None})
    indicator = _indicator(entry, book, (title, unit), field, Level.CONTEXT)
    if indicator.values["field"] is not field:
        entry.fault("handlungsfeld", f"Diese Kennzahl steht schon in einem anderen Handlungsfeld ({indicator.where}).")
    _widen(indicator, value)
    if unit == YES_OR_NO and value not in {0, 1}:
        entry.fault("value", "Bei „ja/nein“ ist der Wert 1 oder 0.")
    as_of, place = entry.text("as_of"), entry.text("place")
    certainty = entry.one_of("certainty", CERTAINTIES)
    row = _value(
        indicator,
        (place, as_of),
        entry,
        value=value,
        municipality=municipality_of(entry, book),
        source=source_text(entry),
        note="" if certainty == "found" else "Allgemeinwissen, ohne Fundstelle",
    )
    known = book.figures.setdefault((title, as_of, place), row)
    if known is not row:
        entry.fault("indicator", f"Für diesen Ort und Stand gibt es schon einen Wert ({known.where}).")
    book.add(row)
    entry.close()


def read_aim(entry: Entry, book: Book, asker: Asker) -> Aim:
    """Indicator, start and target of a challenge or project; the same indicator may be named by both."""
    unit, baseline, target = entry.text("unit"), entry.number_or_none("baseline"), entry.number("target")
    indicator = _indicator(entry, book, (asker.title, unit), asker.field, asker.level)
    as_of = entry.text("baseline_as_of")
    _widen(indicator, target.normalize())
    if baseline is not None:
        _widen(indicator, baseline.normalize())
        indicator.values["direction"] = _direction(baseline, target)
        start = _value(indicator, (COUNTY, as_of), entry, value=baseline, source=asker.source)
        start.values["quality"] = IndicatorValue.Quality.ESTIMATED
        _start(entry, book, start)
    due = entry.day("target_date")
    row = Row(IndicatorTarget, {"indicator": indicator, "municipality": None, "due_on": due}, entry.where)
    row.values["value"] = target
    known = book.targets.setdefault((id(indicator), due), row)
    if known is row:
        book.add(row)
    elif known.values["value"] != target:
        entry.fault("target", f"Für diesen Tag gibt es schon einen anderen Zielwert ({known.where}).")
    return Aim(indicator, known)


def read_frequency(entry: Entry, aim: Aim) -> None:
    """How often the project means to count it."""
    if found := entry.one_of("frequency", FREQUENCIES):
        aim.indicator.values["frequency"] = found


def period_end(as_of: str) -> date | None:
    """The last day of a year („2024“), a month („2022-01“) or a range („2019 bis 2024“); None for all else."""
    if found := YEAR.fullmatch(as_of):
        year = int(found[1])
        return date(year, 12, 31) if year >= date.min.year else None
    if found := MONTH.fullmatch(as_of):
        year, month = int(found[1]), int(found[2])
        return date(year, month, monthrange(year, month)[1]) if year >= date.min.year else None
    return None


def source_text(entry: Entry) -> str:
    """Where a figure comes from; the folder in which the research kept its files says nothing to readers."""
    return entry.text("source").replace("shared/data/gemeinden.csv", "Gemeindeverzeichnis des Portals, gemeinden.csv")


def _indicator(entry: Entry, book: Book, key: tuple[str, str], field: Row | None, level: str) -> Row:
    if key in book.indicators:
        return book.indicators[key]
    title, unit = key
    values = {
        "code": german_slug(title, limit=120),
        "field": field,
        "decimals": 0,
        "chain_level": level,
        "frequency": Indicator.Frequency.IRREGULAR,
        "direction": Direction.NONE,
    }
    row = Row(Indicator, {"title": title, "unit": unit}, entry.where, values, is_public=True)
    book.indicators[key] = row
    return book.add(row)


def _start(entry: Entry, book: Book, start: Row) -> None:
    """Where an indicator starts; another who names it too must say the same."""
    known = book.figures.setdefault((start.key["indicator"].key["title"], start.key["as_of"], COUNTY), start)
    if known is start:
        book.add(start)
    elif known.values["value"] != start.values["value"]:
        entry.fault("baseline", f"Für diesen Stand gibt es schon einen anderen Wert ({known.where}).")


def _value(
    indicator: Row,
    seen: tuple[str, str],
    entry: Entry,
    **values: object,
) -> Row:
    place, as_of = seen
    given = {"municipality": None, "note": "", "quality": IndicatorValue.Quality.MEASURED, **values}
    key = {"indicator": indicator, "place": place, "as_of": as_of}
    return Row(IndicatorValue, key, entry.where, {"period_end": period_end(as_of), **given})


def _widen(indicator: Row, value: Decimal) -> None:
    """As many decimals as the most exact value is written with."""
    exponent = value.as_tuple().exponent
    needed = -exponent if isinstance(exponent, int) and exponent < 0 else 0
    indicator.values["decimals"] = max(indicator.values["decimals"], needed)


def _direction(baseline: Decimal, target: Decimal) -> str:
    if target == baseline:
        return Direction.KEEP
    return Direction.INCREASE if target > baseline else Direction.DECREASE
