"""Figures and dates in German, as exactly as they are meant."""

from datetime import date
from decimal import Decimal

import pytest

from agenda import notation

MARCH, JUNE = date(2026, 3, 1), date(2027, 6, 30)


@pytest.mark.parametrize(
    ("value", "unit", "decimals", "text"),
    [
        (Decimal("109592.000"), "Personen", 0, "109.592\u00a0Personen"),
        (Decimal("18.700"), "%", 1, "18,7\u00a0%"),
        (Decimal("-1.450"), "%", 1, "\u22121,4\u00a0%"),
        (Decimal("25.000"), "Anzahl", 0, "25"),
        (Decimal("1994.000"), "Jahr", 0, "1994"),
        (Decimal("0.000"), "ja/nein", 0, "nein"),
        (Decimal("1.000"), "ja/nein", 0, "ja"),
        (0, "Haushalte", 0, "0\u00a0Haushalte"),
    ],
)
def test_measured_writes_german(value, unit, decimals, text):
    assert notation.measured(value, unit, decimals) == text


@pytest.mark.parametrize(
    ("value", "text"), [("1.44", "+1,4"), ("-1.44", "\u22121,4"), ("0.04", "0,0"), ("-0.04", "0,0")]
)
def test_signed_says_the_direction_of_a_change(value, text):
    assert notation.signed(Decimal(value), 1) == text


@pytest.mark.parametrize(
    ("precision", "text"),
    [("day", "01.03.2026"), ("month", "März 2026"), ("quarter", "1. Quartal 2026"), ("year", "2026")],
)
def test_dated_is_as_exact_as_the_date_is_meant(precision, text):
    assert notation.dated(MARCH, precision) == text


@pytest.mark.parametrize(
    ("start", "end", "precision", "text"),
    [
        (MARCH, JUNE, "month", "März 2026 bis Juni 2027"),
        (MARCH, date(2026, 12, 1), "year", "2026"),
        (MARCH, None, "month", "März 2026 bis Ende offen"),
        (None, JUNE, "month", "Beginn offen bis Juni 2027"),
        (None, None, "month", "offen"),
    ],
)
def test_span_says_what_is_open(start, end, precision, text):
    assert notation.span(start, end, precision) == text


@pytest.mark.parametrize(
    ("least", "most", "text"),
    [
        (None, None, "offen"),
        (Decimal(40000), Decimal(80000), "40.000 bis 80.000\u00a0EUR"),
        (Decimal(40000), Decimal(40000), "40.000\u00a0EUR"),
        (Decimal(40000), None, "ab 40.000\u00a0EUR"),
        (None, Decimal(80000), "bis 80.000\u00a0EUR"),
        (Decimal(0), Decimal(0), "0\u00a0EUR"),
    ],
)
def test_euro_span_never_makes_zero_of_what_is_open(least, most, text):
    assert notation.euro_span(least, most) == text
