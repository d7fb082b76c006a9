"""The county by municipality: an inline SVG in which each one leads to its page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

from portal.places import ATTRIBUTION, ATTRIBUTION_URL
from portal.shared.figures import steps as stepping
from portal.shared.figures.drawing import (
    UNKNOWN,
    Amount,
    Data,
    DataRow,
    Figure,
    Legend,
    enumerated,
    units,
    unknown_sentence,
)
from portal.shared.figures.labels import placed
from portal.shared.figures.projection import WIDTH, outlines

if TYPE_CHECKING:
    from collections.abc import Sequence

    from portal.models import Municipality
    from portal.shared.figures.steps import Method

NO_SIGN = "–"


@dataclass(frozen=True, kw_only=True)
class MapRow:
    """A municipality: its outline (GeoJSON, WGS 84), where its label stands, its value, and the value in words."""

    ags: str
    name: str
    geometry: dict[str, Any]
    label: tuple[float, float]
    value: Amount | None
    text: str = ""
    url: str = ""

    @classmethod
    def of(cls, place: Municipality, value: Amount | None, text: str) -> MapRow:
        """The row of `place`, which leads to its page."""
        return cls(
            ags=place.ags,
            name=place.name,
            geometry=place.geometry,
            label=(float(place.label_longitude), float(place.label_latitude)),
            value=value,
            text=text,
            url=place.get_absolute_url(),
        )

    @property
    def words(self) -> str:
        """The value as people read it; an unknown one is said to be unknown."""
        return UNKNOWN if self.value is None else self.text or str(self.value)


@dataclass(frozen=True, kw_only=True)
class Area:
    """A municipality as it is drawn; `name_x` is empty where there is no room for the name."""

    name: str
    words: str
    url: str
    path: str
    style: str
    sign: str
    x: str
    y: str
    name_x: str
    name_y: str
    anchor: str


@dataclass(frozen=True, kw_only=True)
class CountyMap(Figure):
    """Areas shaded in steps; `has_links` decides whether it is one picture or a group of links."""

    template: ClassVar[str] = "figures/county_map.svg"

    areas: tuple[Area, ...]
    attribution: str = ATTRIBUTION
    attribution_url: str = ATTRIBUTION_URL

    @property
    def has_links(self) -> bool:
        """Whether any area leads somewhere."""
        return any(area.url for area in self.areas)


def county_map(
    rows: Sequence[MapRow], *, key: str, title: str, value_label: str = "Wert", method: Method = "quantile"
) -> CountyMap:
    """The map of `rows` in their order. `value_label` heads the values in the table."""
    found = stepping.steps([row.value for row in rows], method=method)
    drawn = outlines(row.geometry for row in rows)
    return CountyMap(
        key=key,
        title=title,
        message=_message(rows),
        width=units(WIDTH),
        height=units(drawn.projection.height),
        areas=_areas(rows, found, drawn.paths, [drawn.projection.point(*row.label) for row in rows]),
        legend=_legend(rows, found),
        data=Data(
            caption=title,
            columns=("Gemeinde", value_label),
            rows=tuple(DataRow(head=row.name, cells=(row.words,), url=row.url) for row in rows),
        ),
    )


def _areas(
    rows: Sequence[MapRow], found: list[int | None], paths: Sequence[str], points: list[tuple[float, float]]
) -> tuple[Area, ...]:
    count = _count(found)
    names = placed([row.name for row in rows], points, width=WIDTH)
    return tuple(
        Area(
            name=row.name,
            words=row.words,
            url=row.url,
            path=path,
            style=_style(step, count),
            sign=_sign(step),
            x=units(x),
            y=units(y),
            name_x=units(name.x) if name else "",
            name_y=units(name.y) if name else "",
            anchor=name.anchor if name else "",
        )
        for row, step, path, (x, y), name in zip(rows, found, paths, points, names, strict=True)
    )


def _count(found: list[int | None]) -> int:
    return len({step for step in found if step is not None})


def _style(step: int | None, count: int) -> str:
    return "is-unknown" if step is None else f"is-step-{stepping.shade(step, count)}"


def _sign(step: int | None) -> str:
    return NO_SIGN if step is None else str(step + 1)


def _legend(rows: Sequence[MapRow], found: list[int | None]) -> tuple[Legend, ...]:
    """Each step with the smallest and largest value in it; unknown last, if there is any."""
    count = _count(found)
    entries = []
    for step in range(count):
        inside = sorted((row for row, at in zip(rows, found, strict=True) if at == step), key=_value)
        least, most = inside[0].words, inside[-1].words
        entries.append(Legend(style=_style(step, count), sign=_sign(step), text=_range(least, most)))
    if None in found:
        entries.append(Legend(style=_style(None, count), sign=_sign(None), text=UNKNOWN))
    return tuple(entries)


def _range(least: str, most: str) -> str:
    """„711 bis 834 Personen“: the unit once."""
    if least == most:
        return least
    (first, *unit), (_last, *other) = least.split(maxsplit=1), most.split(maxsplit=1)
    return f"{first if unit == other else least} bis {most}"


def _value(row: MapRow) -> float:
    return float(row.value or 0)


def _message(rows: Sequence[MapRow]) -> str:
    known = sorted((row for row in rows if row.value is not None), key=_value)
    if not known:
        return "Für keine Gemeinde gibt es eine Angabe." if rows else "Es gibt keine Gemeinden zu zeigen."
    unknown = unknown_sentence(len(rows) - len(known), len(rows))
    least, most = known[0], known[-1]
    if least.value == most.value:
        return f"Alle Angaben sind gleich: {most.words}.{unknown}"
    highest = enumerated([row.name for row in known if row.value == most.value])
    lowest = enumerated([row.name for row in known if row.value == least.value])
    return f"Am höchsten ist der Wert in {highest} ({most.words}), am niedrigsten in {lowest} ({least.words}).{unknown}"
