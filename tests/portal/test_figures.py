"""Bars, stacks, plans, levels, courses and progress: what they draw, and what they say of it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from portal.shared.figures import (
    Bar,
    LevelRow,
    Mark,
    Point,
    Span,
    Stack,
    bar_chart,
    gantt,
    maturity_matrix,
    progress_bar,
    sparkline,
    stacked_chart,
)
from portal.shared.figures.drawing import amount, enumerated, units, wrapped

ON = date(2026, 10, 1)


def bars(*values, **given):
    rows = [Bar(label=f"Feld {i}", value=value) for i, value in enumerate(values, start=1)]
    return bar_chart(rows, key="k", title="Projekte", **given)


def widths(chart):
    return [float(bar.width) for bar in chart.bars]


@pytest.mark.parametrize(
    ("value", "text"),
    [(0, "0"), (1234.5, "1.234"), (Decimal("-1234.56"), "−1.235"), (-0.4, "0"), (1.5, "2")],
)
def test_amount_is_german(value, text):
    assert amount(value) == text


def test_amount_has_decimals_and_unit():
    assert amount(Decimal("1234.56"), 1, "km") == "1.234,6\u00a0km"


@pytest.mark.parametrize(("value", "text"), [(1000, "1000"), (12.34, "12.3"), (0.04, "0"), (1234567, "1234567")])
def test_units_are_svg_numbers(value, text):
    assert units(value) == text


@pytest.mark.parametrize(
    ("names", "text"),
    [
        ([], ""),
        (["A"], "A"),
        (["A", "B"], "A und B"),
        (list("ABC"), "A, B und C"),
        (list("ABCDE"), "A, B, C und 2 weitere"),
    ],
)
def test_names_are_enumerated(names, text):
    assert enumerated(names) == text


def test_long_words_are_wrapped_and_cut():
    lines = wrapped("Donaudampfschifffahrtsgesellschaft " * 9, 300)
    assert len(lines) == 2
    assert lines[1].endswith("…")
    assert max(len(line) for line in lines) <= 300 / (14 * 0.56)


def test_bars_are_as_long_as_their_values():
    chart = bars(10, 5, 0)
    long, half, none = widths(chart)
    assert long == pytest.approx(2 * half, abs=0.2)
    assert none == 0
    assert [bar.words for bar in chart.bars] == ["10", "5", "0"]
    assert chart.message == "Am höchsten: Feld 1 (10); am niedrigsten: Feld 3 (0)."


def test_bars_keep_inside_the_picture():
    for chart in (bars(1, 1_000_000), bars(-5, 7), bars(-1_000_000, -3), bars(10**9, width=120)):
        for bar in chart.bars:
            assert float(bar.x) >= 0
            assert float(bar.x) + float(bar.width) <= float(chart.width)


def test_negative_bars_go_to_the_left_of_zero():
    up, down = bars(4, -4).bars
    assert float(up.x) == pytest.approx(float(down.x) + float(down.width), abs=0.2)
    assert (up.anchor, down.anchor) == ("start", "end")
    assert down.words == "−4"


def test_unknown_bar_is_said_not_drawn_as_zero():
    chart = bars(3, None)
    assert (chart.bars[1].is_unknown, chart.bars[1].words) == (True, "keine Angabe")
    assert chart.message == "Feld 1: 3. Für 1 von 2 gibt es keine Angabe."
    assert chart.data.rows[1].cells == ("keine Angabe",)


def test_equal_bars_are_called_equal():
    assert bars(7, 7).message == "Alle 2 Angaben sind gleich: 7."


@pytest.mark.parametrize("values", [(), (None,), (None, None)])
def test_bars_without_values_say_so(values):
    assert bars(*values).message == "Es gibt noch keine Angaben."


def test_bars_of_nothing_are_empty():
    assert (bars().is_empty, bars().height, bars(None).is_empty) == (True, "1", False)


def test_stack_leaves_out_parts_without_rows():
    rows = [Stack(label="Netz", counts=(2, 0, 1)), Stack(label="Amt", counts=(0, 0, 1))]
    chart = stacked_chart(rows, ["Idee", "geplant", "fertig"], key="k", title="Projekte")
    assert [entry.text for entry in chart.legend] == ["Idee", "fertig"]
    assert chart.data.columns == ("Bereich", "Idee", "fertig", "zusammen")
    assert [row.cells for row in chart.data.rows] == [("2", "1", "3"), ("0", "1", "1")]
    assert chart.message == "Zusammen 4, davon 2 Idee und 2 fertig. Die meisten: Netz (3)."


def test_segments_follow_each_other():
    (stack,) = stacked_chart([Stack(label="Netz", counts=(3, 1))], ["a", "b"], key="k", title="T").stacks
    first, second = stack.segments
    assert float(second.x) == pytest.approx(float(first.x) + float(first.width), abs=0.2)
    assert float(first.width) == pytest.approx(3 * float(second.width), abs=0.3)
    assert (first.count, first.style, second.style) == ("3", "is-part-0", "is-part-1")


def test_segment_without_room_shows_no_count():
    (stack,) = stacked_chart([Stack(label="Netz", counts=(1, 999))], ["a", "b"], key="k", title="T").stacks
    assert [segment.count for segment in stack.segments] == ["", "999"]


def test_stacks_of_nothing_say_so():
    assert stacked_chart([], ["a"], key="k", title="T").message == "Es gibt noch keine Angaben."
    zero = stacked_chart([Stack(label="Netz", counts=(0,))], ["a"], key="k", title="T")
    assert (zero.message, zero.stacks[0].segments) == ("Es gibt noch keine Angaben.", ())


def test_too_many_parts_are_a_fault():
    with pytest.raises(ValueError, match="told apart"):
        stacked_chart([Stack(label="Netz", counts=(1,) * 8)], list("abcdefgh"), key="k", title="T")


def plan(*spans, on=ON):
    return gantt(spans, key="k", title="Plan", on=on)


def test_spans_lie_between_whole_years():
    chart = plan(
        Span(label="Kurz", start=date(2026, 1, 1), end=date(2026, 7, 2)),
        Span(label="Lang", start=date(2026, 1, 1), end=date(2027, 12, 31)),
    )
    short, long = chart.spans
    assert short.x == long.x == chart.years[0].x
    assert float(short.width) == pytest.approx(float(long.width) / 4, abs=1)
    assert [year.label for year in chart.years] == ["2026", "2027"]
    assert float(chart.today) == pytest.approx(float(chart.width) * 0.375, abs=3)
    assert chart.message == "Zuerst beginnt Kurz (01/2026), zuletzt endet Lang (12/2027)."


def test_open_side_runs_to_the_edge():
    chart = plan(
        Span(label="Offen", start=date(2026, 7, 1), end=None), Span(label="Zu", start=None, end=date(2026, 7, 1))
    )
    assert [span.style for span in chart.spans] == ["is-open", "is-open"]
    assert chart.data.rows[0].cells == ("01.07.2026 bis Ende offen",)
    assert chart.data.rows[1].cells == ("Beginn offen bis 01.07.2026",)
    assert float(chart.spans[0].x) == pytest.approx(float(chart.spans[1].x) + float(chart.spans[1].width), abs=0.2)


def test_span_without_days_is_said():
    chart = plan(Span(label="Fest", start=ON, end=ON), Span(label="Idee", start=None, end=None))
    assert (chart.spans[1].width, chart.spans[1].words) == ("", "keine Angabe")
    assert chart.message.endswith("Für 1 von 2 steht noch kein Termin fest.")
    assert float(chart.spans[0].width) == 2


def test_today_outside_the_plans_is_not_drawn():
    assert plan(Span(label="Früher", start=date(2020, 1, 1), end=date(2020, 12, 31))).today == ""
    assert plan(Span(label="Nie", start=None, end=None), on=date(2000, 5, 1)).today == ""


def test_plans_of_nothing_say_so():
    assert (plan().message, plan().is_empty, plan().years) == ("Es gibt noch keine Termine.", True, ())


def test_many_years_are_not_all_written():
    chart = plan(Span(label="Lang", start=date(2000, 1, 1), end=date(2030, 1, 1)))
    assert sum(bool(year.label) for year in chart.years) <= 8
    assert len(chart.years) == 31


def test_milestones_are_marked_and_listed():
    marks = (Mark(label="Start", on=date(2026, 2, 1), is_done=True), Mark(label="Ende", on=date(2026, 11, 1)))
    chart = plan(
        Span(label="Netz", start=date(2026, 1, 1), end=ON, is_done=True, marks=marks), Span(label="B", start=ON, end=ON)
    )
    assert [mark.style for mark in chart.spans[0].marks] == ["is-reached", "is-ahead"]
    assert [entry.text for entry in chart.legend] == ["Meilenstein erreicht", "Meilenstein offen"]
    assert chart.data.rows[0].cells[1] == "Start (01.02.2026, erreicht); Ende (01.11.2026, offen)"
    assert (chart.data.rows[1].cells[1], chart.spans[0].style) == ("keine", "is-done")


def test_no_level_is_not_level_zero():
    rows = [
        LevelRow(label="Null", current=0, target=2, target_year=2030),
        LevelRow(label="Offen", target=3),
        LevelRow(label="Hafen", applies=False),
        LevelRow(label="Da", current=2, target=2),
    ]
    chart = maturity_matrix(rows, key="k", title="Reife")
    assert [(level.current, level.words) for level in chart.levels] == [
        ("0", ""),
        ("", "noch nicht eingeschätzt"),
        ("", "trifft nicht zu"),
        ("2", ""),
    ]
    assert [level.target for level in chart.levels] == ["2", "3", "", ""]
    assert [row.cells for row in chart.data.rows] == [
        ("Stufe 0", "Stufe 2 bis 2030"),
        ("noch nicht eingeschätzt", "Stufe 3"),
        ("trifft nicht zu", "kein Ziel"),
        ("Stufe 2", "Stufe 2"),
    ]
    assert chart.message == (
        "2 von 3 Feldern sind eingeschätzt. Am weitesten: Da (Stufe 2). Bei 1 liegt das Ziel über dem heutigen Stand."
    )


def test_matrix_of_nothing_says_so():
    assert maturity_matrix([], key="k", title="T").message == "Noch ist kein Feld eingeschätzt."


def course(*values):
    return sparkline(
        [Point(on=date(2020 + i, 1, 1), value=value) for i, value in enumerate(values)], key="k", title="T"
    )


def test_course_is_broken_where_nothing_is_known():
    assert [len(line.split()) for line in course(1, 2, None, 3, 4, None, 5).lines] == [2, 2]


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ((), "Es gibt noch keine Angaben."),
        ((None,), "Es gibt noch keine Angaben."),
        ((3,), "3 am 01.01.2020."),
        ((3, 5), "Von 3 (01.01.2020) auf 5 (01.01.2021) gestiegen."),
        ((5, -3), "Von 5 (01.01.2020) auf −3 (01.01.2021) gesunken."),
        ((5, 5), "Von 5 (01.01.2020) auf 5 (01.01.2021) gleich geblieben."),
    ],
)
def test_course_says_where_it_goes(values, message):
    assert course(*values).message == message


def test_course_that_never_changes_runs_through_the_middle():
    assert course(5, 5).last_y == units(16)


@pytest.mark.parametrize(
    ("percent", "filled", "words"), [(None, "", "keine Angabe"), (0, "0", "0\u00a0%"), (140, "200", "140\u00a0%")]
)
def test_progress_is_never_invented(percent, filled, words):
    bar = progress_bar(percent, key="k")
    assert (bar.filled, bar.words) == (filled, words)
