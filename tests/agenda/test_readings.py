"""Figures of the Ist-Stand: one line for each place, newest value first, undated values last."""

from datetime import date

import pytest

from agenda import readings
from agenda.thread import Gate
from tests.factories import NOON, IndicatorFactory, ValueFactory

pytestmark = pytest.mark.django_db


def _lines():
    return [
        (line.newest.place, line.text, [value.as_of for value in line.earlier], line.is_first)
        for line in readings.lines(readings.indicators(Gate(NOON)))
    ]


def test_lines_keep_places_apart_and_put_the_newest_first():
    indicator = IndicatorFactory(public=True, unit="Haushalte")
    for place, as_of, day, value in (
        ("Altmark", "2023", date(2023, 12, 31), 20000),
        ("Altmark", "2024", date(2024, 12, 31), 30500),
        ("Altmark", "unbekannt", None, 1),
        ("Stendal", "2022", date(2022, 12, 31), 7),
    ):
        ValueFactory(indicator=indicator, place=place, as_of=as_of, period_end=day, value=value)
    assert _lines() == [
        ("Altmark", "30.500\u00a0Haushalte", ["2023", "unbekannt"], True),
        ("Stendal", "7\u00a0Haushalte", [], False),
    ]


def test_lines_leave_out_indicators_without_values():
    IndicatorFactory(public=True)
    assert _lines() == []


def test_lines_leave_out_indicators_that_are_not_public():
    ValueFactory(indicator=IndicatorFactory())
    assert _lines() == []
