"""Figures as they stand on a page and in print: well-formed, escaped, described, without inline styles."""

from __future__ import annotations

from datetime import date
from xml.etree import ElementTree as ET

import pytest
from django.template import TemplateSyntaxError, engines

from portal.shared.figures import (
    Bar,
    LevelRow,
    MapRow,
    Mark,
    Point,
    Span,
    Stack,
    bar_chart,
    county_map,
    gantt,
    maturity_matrix,
    progress_bar,
    sparkline,
    stacked_chart,
)
from portal.shared.reports.alternatives import with_alternatives
from tests.factories import SQUARE

EVIL = """<script>&"'</script> Ä"""
SVG = "{http://www.w3.org/2000/svg}"
ON = date(2026, 10, 1)


def place(value, url=""):
    return MapRow(
        ags="15090001", name=EVIL, geometry=SQUARE, label=(11.85, 52.65), value=value, text=f"{value} {EVIL}", url=url
    )


FIGURES = {
    "map": county_map([place(1, "/gemeinden/a/"), place(None, "/gemeinden/b/")], key="karte", title=EVIL),
    "map without links": county_map([place(1)], key="karte", title=EVIL),
    "bars": bar_chart([Bar(label=EVIL, value=1234, url="/a/"), Bar(label="b", value=None)], key="balken", title=EVIL),
    "stacks": stacked_chart([Stack(label=EVIL, counts=(1, 2))], [EVIL, "b"], key="stapel", title=EVIL),
    "gantt": gantt(
        [Span(label=EVIL, start=ON, end=None, marks=(Mark(label=EVIL, on=ON),)), Span(label="b", start=None, end=None)],
        key="plan",
        title=EVIL,
        on=ON,
    ),
    "levels": maturity_matrix(
        [LevelRow(label=EVIL, current=1, target=3), LevelRow(label="b")], key="reife", title=EVIL
    ),
    "course": sparkline(
        [Point(on=ON, value=1, text=EVIL), Point(on=date(2027, 1, 1), value=3)], key="lauf", title=EVIL
    ),
    "progress": progress_bar(40, key="fortschritt", title=EVIL),
    "nothing": bar_chart([], key="nichts", title=EVIL),
}
each_figure = pytest.mark.parametrize("figure", FIGURES.values(), ids=FIGURES.keys())


def render(figure, **options):
    given = " ".join(f"{name}={value!r}" for name, value in options.items())
    template = engines["django"].from_string(f"{{% load figures %}}{{% draw figure {given} %}}")
    return template.render({"figure": figure})


def parse(figure, **options):
    return ET.fromstring(render(figure, **options))  # noqa: S314  our own output


@each_figure
@pytest.mark.parametrize("options", [{}, {"data": "open", "is_print": True}, {"data": "none"}])
def test_figure_is_well_formed_and_escaped(figure, options):
    root = parse(figure, **options)
    assert root.tag == "figure"
    assert "script" not in {element.tag.rpartition("}")[2] for element in root.iter()}
    assert EVIL in "".join(root.find("figcaption").itertext())


@each_figure
def test_page_has_no_inline_style(figure):
    root = parse(figure)
    assert [element.tag for element in root.iter() if "style" in element.attrib or element.tag.endswith("style")] == []


@each_figure
def test_picture_is_named_and_described(figure):
    root = parse(figure)
    if figure.is_empty:
        assert root.find(f"{SVG}svg") is None
        return
    picture = root.find(f"{SVG}svg")
    ids = {element.get("id"): "".join(element.itertext()) for element in picture if element.get("id")}
    assert [ids[key] for key in picture.get("aria-labelledby").split()] == [figure.title, figure.message]
    assert picture.get("viewBox") == f"0 0 {figure.width} {figure.height}"


@each_figure
def test_numbers_in_pictures_are_not_german(figure):
    """A thousand written 1.000 or a half written 0,5 would move what is drawn."""
    for element in parse(figure).iter():
        for name in ("x", "y", "width", "height", "cx", "cy", "r", "x1", "x2", "y1", "y2"):
            if name in element.attrib:
                assert float(element.get(name)) == pytest.approx(float(element.get(name)), abs=0)
                assert element.get(name).count(".") <= 1


@each_figure
def test_data_are_a_table_with_headers(figure):
    if figure.is_empty:
        return
    root = parse(figure, data="open")
    table = root.find(".//table")
    assert table.find("caption").text == figure.data.caption
    assert [cell.text for cell in table.find("thead/tr")] == list(figure.data.columns)
    for row, drawn in zip(figure.data.rows, table.findall("tbody/tr"), strict=True):
        assert len(drawn) == len(figure.data.columns)
        assert "".join(drawn[0].itertext()) == row.head
        assert drawn[0].get("scope") == "row"


def test_data_are_folded_away_shown_or_left_out():
    figure = FIGURES["bars"]
    assert "<details" in render(figure)
    assert "<details" not in render(figure, data="open")
    assert "<table" not in render(figure, data="none")
    with pytest.raises(TemplateSyntaxError, match="details"):
        render(figure, data="hidden")


def test_map_links_have_names_and_stand_outside_the_labels():
    picture = parse(FIGURES["map"]).find(f"{SVG}svg")
    assert picture.get("role") == "group"
    links = picture.findall(f".//{SVG}a")
    assert [link.get("aria-label") for link in links] == [f"{EVIL}: 1 {EVIL}", f"{EVIL}: keine Angabe"]
    labels = picture.find(f"{SVG}g[@aria-hidden='true']")
    assert labels.findall(f".//{SVG}a") == []


def test_map_names_its_source():
    root = parse(FIGURES["map"])
    source = root.find("p[@class='drawn__source']/a")
    assert (source.text, source.get("href")) == (
        "© GeoBasis-DE / BKG 2016 (Daten verändert)",
        "https://www.bkg.bund.de/",
    )


def test_map_is_one_picture_in_print_and_without_links():
    for picture in (parse(FIGURES["map"], is_print=True), parse(FIGURES["map without links"])):
        assert picture.find(f"{SVG}svg").get("role") == "img"
        assert picture.findall(f".//{SVG}a") == []


@each_figure
def test_print_says_title_and_message_in_the_alternative(figure):
    if figure.is_empty:
        return
    root = ET.fromstring(with_alternatives(render(figure, is_print=True)))  # noqa: S314  our own output
    title = root.find(f"{SVG}svg/{SVG}title").text
    assert title.endswith(" ".join(figure.message.split()))
    assert root.find(f"{SVG}svg/{SVG}style") is not None
