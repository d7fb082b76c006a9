"""The map of the county: outlines, steps, names, and the sentence about them."""

from __future__ import annotations

import json
import re

import pytest

from portal.places import DATA
from portal.shared.figures import MapRow, county_map
from portal.shared.figures.labels import placed
from portal.shared.figures.projection import outlines
from portal.shared.figures.steps import shade, steps

FEATURES = json.loads((DATA / "stendal-gemeinden.geojson").read_text())["features"]


def rows(values=None):
    values = values if values is not None else list(range(len(FEATURES)))
    return [
        MapRow(
            ags=feature["properties"]["ags"],
            name=feature["properties"]["name"],
            geometry=feature["geometry"],
            label=tuple(feature["properties"]["label"]),
            value=value,
            text=f"{value} Personen",
        )
        for feature, value in zip(FEATURES, values, strict=False)
    ]


def drawn(values=None, **given):
    return county_map(rows(values), key="karte", title="Bevölkerung", **given)


def square(left, bottom, side=1.0):
    return [[left, bottom], [left + side, bottom], [left + side, bottom + side], [left, bottom + side], [left, bottom]]


def corners(path):
    """Absolute corners of a path of ours."""
    found = []
    for ring in path.split("z")[:-1]:
        numbers = [int(number) for number in re.findall(r"-?\d+", ring)]
        x, y = numbers[:2]
        found.append((x, y))
        for dx, dy in zip(numbers[2::2], numbers[3::2], strict=True):
            x, y = x + dx, y + dy
            found.append((x, y))
    return found


@pytest.mark.parametrize(
    ("values", "found"),
    [
        ([], []),
        ([None, None], [None, None]),
        ([7], [0]),
        ([7, 7, 7], [0, 0, 0]),
        ([0, 3, 1, None, 3], [0, 2, 1, None, 2]),
        ([-2, 0, 5], [0, 1, 2]),
        (list(range(10)), [0, 0, 1, 1, 2, 2, 3, 3, 4, 4]),
        ([1, 1, 1, 1, 1, 2, 3, 4, 5, 6], [0, 0, 0, 0, 0, 1, 2, 2, 3, 3]),
    ],
)
def test_steps_hold_about_as_many_values_each(values, found):
    assert steps(values) == found


def test_equal_values_share_a_step():
    values = [5, 1, 5, 2, 9, 3, 4, 8, 5, 7]
    found = steps(values)
    assert len({step for value, step in zip(values, found, strict=True) if value == 5}) == 1


def test_steps_of_equal_width_follow_the_value():
    assert steps([0, 1, 2, 3, 4, 10], method="equal") == [0, 0, 1, 1, 2, 3]


def test_fewer_steps_use_shades_far_apart():
    assert [shade(step, 2) for step in range(2)] == [1, 4]
    assert [shade(step, 5) for step in range(5)] == [1, 2, 3, 4, 5]


def test_outlines_fit_the_picture_and_are_small():
    figure = drawn()
    points = [point for area in figure.areas for point in corners(area.path)]
    assert min(x for x, _y in points) >= 0
    assert max(x for x, _y in points) <= float(figure.width)
    assert max(y for _x, y in points) <= float(figure.height)
    assert sum(len(area.path) for area in figure.areas) < 35_000
    assert float(figure.height) / float(figure.width) == pytest.approx(79 / 58, abs=0.02)


def test_north_is_up():
    by_name = {area.name: float(area.y) for area in drawn().areas}
    assert by_name["Aland"] < by_name["Stendal"] < by_name["Tangerhütte"]


def test_neighbours_share_their_border_exactly():
    left, right = square(11.5, 52.5, 0.1), square(11.6, 52.5, 0.1)
    found = outlines([{"type": "Polygon", "coordinates": [ring]} for ring in (left, right)])
    first, second = (corners(path) for path in found.paths)
    assert len(set(first) & set(second)) == 2


def test_several_parts_and_holes_are_drawn():
    parts = {"type": "MultiPolygon", "coordinates": [[square(0, 0, 3), square(1, 1)], [square(5, 5)]]}
    (path,) = outlines([parts]).paths
    assert (path.count("M"), path.count("z")) == (3, 3)


def test_no_outlines_at_all():
    figure = county_map([], key="karte", title="Leer")
    assert (figure.is_empty, figure.areas, figure.message) == (True, (), "Es gibt keine Gemeinden zu zeigen.")


def test_unknown_is_not_the_lowest():
    figure = drawn([None, 0, 5])
    assert [(area.style, area.sign) for area in figure.areas] == [
        ("is-unknown", "–"),
        ("is-step-1", "1"),
        ("is-step-4", "2"),
    ]
    assert [(entry.sign, entry.text) for entry in figure.legend] == [
        ("1", "0 Personen"),
        ("2", "5 Personen"),
        ("–", "keine Angabe"),
    ]
    assert figure.data.rows[0].cells == ("keine Angabe",)


def test_legend_names_the_unit_once():
    texts = [entry.text for entry in drawn().legend]
    assert texts == [
        "0 bis 4 Personen",
        "5 bis 9 Personen",
        "10 bis 14 Personen",
        "15 bis 19 Personen",
        "20 bis 24 Personen",
    ]


@pytest.mark.parametrize(
    ("values", "message"),
    [
        (
            [1, 5, 3],
            "Am höchsten ist der Wert in Altmärkische Höhe (5 Personen), am niedrigsten in Aland (1 Personen).",
        ),
        ([4, 4], "Alle Angaben sind gleich: 4 Personen."),
        ([None, None], "Für keine Gemeinde gibt es eine Angabe."),
        ([4, None], "Alle Angaben sind gleich: 4 Personen. Für 1 von 2 gibt es keine Angabe."),
    ],
)
def test_message_says_what_there_is_to_see(values, message):
    assert drawn(values).message == message


def test_names_never_touch_each_other():
    points = [(100 + 30 * (i % 5), 100 + 30 * (i // 5)) for i in range(25)]
    found = [name.box for name in placed([f"Gemeinde {i}" for i in range(25)], points, width=1000) if name]
    overlapping = [
        (a, b)
        for i, a in enumerate(found)
        for b in found[i + 1 :]
        if a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]
    ]
    assert overlapping == []


def test_nearly_all_municipalities_are_named():
    assert sum(bool(area.name_x) for area in drawn().areas) >= 22


def test_map_without_addresses_is_one_picture():
    assert drawn().has_links is False
