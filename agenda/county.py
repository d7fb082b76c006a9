"""The county by municipality: the figures that map and table of the Ist-Stand show."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.db.models import OuterRef, Subquery

from agenda import notation
from agenda.thread import tally
from portal.models import Municipality, MunicipalityPopulation
from portal.shared.figures import MapRow, county_map

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from django.db.models import QuerySet

    from agenda.models import Project
    from portal.shared.figures.county_map import CountyMap

# Counts since the census of 2022 are one series; older ones rest on the census of 2011 and are not compared.
CENSUS = date(2022, 5, 15)


@dataclass(frozen=True)
class Counted:
    """Inhabitants at the census and at the newest count; what is not known is None."""

    at_census: int | None
    inhabitants: int | None
    counted_on: date | None

    @property
    def change(self) -> int | None:
        """Inhabitants more or fewer than at the census."""
        if self.at_census is None or self.inhabitants is None or self.counted_on == CENSUS:
            return None
        return self.inhabitants - self.at_census

    @property
    def change_percent(self) -> Decimal | None:
        """The change in percent of the inhabitants at the census."""
        if self.change is None or not self.at_census:
            return None
        return Decimal(100 * self.change) / self.at_census


@dataclass(frozen=True)
class Place(Counted):
    """A municipality with its figures."""

    municipality: Municipality
    projects: int
    sources: tuple[str, ...]

    @property
    def density(self) -> Decimal | None:
        """Inhabitants per square kilometre."""
        return None if self.inhabitants is None else self.inhabitants / self.municipality.area_km2


@dataclass(frozen=True)
class Figure:
    """A figure that the map can show: how to read it and how to write it."""

    key: str
    label: str
    unit: str
    read: Callable[[Place], Decimal | int | None]
    write: Callable[[Decimal | int], str]

    def text(self, place: Place) -> str:
        """The figure of `place` in words; an unknown one is said to be unknown."""
        value = self.read(place)
        return "keine Angabe" if value is None else f"{self.write(value)}{notation.NO_BREAK}{self.unit}"


FIGURES = (
    Figure("einwohner", "Bevölkerung", "Personen", lambda place: place.inhabitants, notation.number),
    Figure(
        "veraenderung",
        "Veränderung der Bevölkerung seit dem Zensus 2022",
        "%",
        lambda place: place.change_percent,
        lambda value: notation.signed(value, 1),
    ),
    Figure(
        "dichte",
        "Bevölkerungsdichte",
        "Personen je km²",
        lambda place: place.density,
        lambda value: notation.number(value, 1),
    ),
    Figure("projekte", "Projekte der Agenda vor Ort", "Projekte", lambda place: place.projects, notation.number),
)


def figure(key: str) -> Figure:
    """The figure asked for by `key`; an unknown key gives the first."""
    return next((figure for figure in FIGURES if figure.key == key), FIGURES[0])


def places(projects: QuerySet[Project]) -> list[Place]:
    """All municipalities with their figures; `projects` are the rows that count (one query)."""
    counts = MunicipalityPopulation.objects.filter(municipality=OuterRef("pk"))
    at_census, newest = counts.filter(counted_on=CENSUS), counts.order_by("-counted_on")
    rows: Iterable[Any] = (
        Municipality.objects.with_population()
        .select_related("association")
        .annotate(
            at_census=Subquery(at_census.values("inhabitants")[:1]),
            census_source=Subquery(at_census.values("source")[:1]),
            newest_source=Subquery(newest.values("source")[:1]),
            project_count=tally(projects, "municipalities"),
        )
    )
    return [_place(row) for row in rows]


def _place(row: Any) -> Place:
    known = tuple(source for source in (row.census_source, row.newest_source) if source)
    return Place(row.at_census, row.inhabitants, row.counted_on, row, row.project_count, known)


def drawn(figure: Figure, rows: Iterable[Place]) -> CountyMap:
    """The map of `figure`."""
    shown = [MapRow.of(place.municipality, figure.read(place), figure.text(place)) for place in rows]
    return county_map(shown, key="gemeindekarte", title=figure.label, value_label=figure.label)


def sources(rows: Iterable[Place]) -> list[str]:
    """Where the counts come from, each source once."""
    return sorted({source for row in rows for source in row.sources})


def sums(rows: Iterable[Place]) -> Counted:
    """Sums over all municipalities; a sum that lacks a municipality or mixes days is not given."""
    all_rows = list(rows)
    days = {row.counted_on for row in all_rows}
    return Counted(
        at_census=_sum([row.at_census for row in all_rows]),
        inhabitants=_sum([row.inhabitants for row in all_rows]) if len(days) == 1 else None,
        counted_on=days.pop() if len(days) == 1 else None,
    )


def _sum(values: list[int | None]) -> int | None:
    known = [value for value in values if value is not None]
    return sum(known) if known and len(known) == len(values) else None
