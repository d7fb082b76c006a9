"""How the agenda writes figures and dates: German, with unit, as exactly as they are meant."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from django.utils import formats

from agenda.models import Project

if TYPE_CHECKING:
    from datetime import date

YES_OR_NO = "ja/nein"
YEAR = "Jahr"
NO_BREAK = "\u00a0"
MINUS = "\u2212"
# Kinds of badge; the word always stands in it, the colour only helps.
PHASE_BADGES = {
    Project.Phase.COMPLETED: "success",
    Project.Phase.ON_HOLD: "warning",
    Project.Phase.DISCONTINUED: "warning",
}
HEALTH_BADGES = {
    Project.Health.ON_TRACK: "success",
    Project.Health.AT_RISK: "warning",
    Project.Health.LATE: "danger",
}


def phase_badge(phase: str) -> str:
    """The kind of badge of a phase."""
    return PHASE_BADGES.get(Project.Phase(phase), "info")


def number(value: Decimal | float, decimals: int = 0) -> str:
    """1234.5 with one decimal → „1.234,5“."""
    text = formats.number_format(abs(Decimal(str(value))), decimals, force_grouping=True)
    is_negative = round(Decimal(str(value)), decimals) < 0
    return f"{MINUS}{text}" if is_negative else text


def signed(value: Decimal | float, decimals: int = 0) -> str:
    """A change: „+1,4“, „−1,4“, „0“."""
    text = number(value, decimals)
    return f"+{text}" if round(Decimal(str(value)), decimals) > 0 else text


def measured(value: Decimal | float, unit: str, decimals: int = 0) -> str:
    """A value with its unit; yes and no as words, years without grouping, counts without „Anzahl“."""
    if unit == YES_OR_NO:
        return "ja" if value else "nein"
    if unit == YEAR:
        return str(int(value))
    text = number(value, decimals)
    return text if unit == "Anzahl" else f"{text}{NO_BREAK}{unit}"


def dated(day: date, precision: str = Project.Precision.DAY) -> str:
    """A day as exactly as it is meant: „01.03.2026“, „März 2026“, „1. Quartal 2026“, „2026“."""
    if precision == Project.Precision.YEAR:
        return str(day.year)
    if precision == Project.Precision.QUARTER:
        return f"{(day.month + 2) // 3}. Quartal {day.year}"
    if precision == Project.Precision.MONTH:
        return formats.date_format(day, "F Y")
    return formats.date_format(day, "d.m.Y")


def span(start: date | None, end: date | None, precision: str = Project.Precision.DAY) -> str:
    """„März 2026 bis Juni 2027“; an unknown side is said, not left out."""
    if start is None and end is None:
        return "offen"
    first = dated(start, precision) if start else "Beginn offen"
    last = dated(end, precision) if end else "Ende offen"
    return first if first == last else f"{first} bis {last}"


def euros(value: Decimal | None) -> str:
    """„40.000 EUR“; an open amount is „offen“, never 0."""
    return "offen" if value is None else f"{number(value)}{NO_BREAK}EUR"


def euro_span(least: Decimal | None, most: Decimal | None) -> str:
    """„40.000 bis 80.000 EUR“; what is unknown is „offen“."""
    if least is None and most is None:
        return "offen"
    if least is None or most is None or least == most:
        known = euros(most if least is None else least)
        if least is None:
            return f"bis {known}"
        return f"ab {known}" if most is None else known
    return f"{number(least)} bis {euros(most)}"
