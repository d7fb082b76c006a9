"""The gazetteer: loads the municipalities with their boundaries and counts (`portal.shared.importing`)."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from portal.models import MunicipalAssociation, Municipality, MunicipalityPopulation
from portal.places import ATTRIBUTION, DATA
from portal.shared import importing
from portal.shared.importing import Content, Entry, Faults, InputFile, Row
from portal.shared.importing.reading import read_csv, read_json
from portal.shared.slugs import german_slug

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

COLUMNS = (
    "ags", "ars", "name", "name_amtlich", "bezeichnung", "art", "verbandsgemeinde", "verbandsgemeinde_schluessel",
    "kreisstadt", "plz_verwaltungssitz", "flaeche_km2_2018", "flaeche_km2_2024", "einwohner_2018_12_31",
    "einwohner_zensus_2022_05_15", "einwohner_2024_12_31", "einwohner_2025_12_31", "quelle",
)  # fmt: skip
# Counts before and after the census of 2022 are different series; the day of the last two is assumed, see QUELLEN.md.
COUNTS = {
    "einwohner_2018_12_31": (date(2018, 12, 31), "Destatis, Gemeindeverzeichnis (Fortschreibung, Basis Zensus 2011)"),
    "einwohner_zensus_2022_05_15": (date(2022, 5, 15), "Zensus 2022 (Statistische Ämter, dl-de/by-2-0)"),
    "einwohner_2024_12_31": (
        date(2024, 12, 31),
        "Destatis, GV-ISys (Fortschreibung, Basis Zensus 2022; Stichtag angenommen)",
    ),
    "einwohner_2025_12_31": (
        date(2025, 12, 31),
        "Statistisches Landesamt Sachsen-Anhalt, 6A119_2025-A (Fortschreibung, Basis Zensus 2022; Stichtag angenommen)",
    ),
}
DESIGNATIONS = {str(designation.label): designation for designation in Municipality.Designation}
KINDS = {str(kind.label): kind for kind in Municipality.Kind}
COUNTY = "15090"
MOST_PEOPLE = 1_000_000
# The county with a wide margin: a boundary outside is not a boundary of ours.
WEST, EAST, SOUTH, NORTH = 10.0, 14.0, 51.0, 54.0
SHAPES = {"Polygon": "Polygon", "MultiPolygon": "MultiPolygon"}
RING = 4


def plan(files: Mapping[str, Path], _earlier: Sequence[Row], faults: Faults) -> list[Row]:
    """Associations, municipalities and their counts."""
    boundaries = _boundaries(files["boundaries"], faults)
    associations: dict[str, Row] = {}
    rows: list[Row] = []
    for entry in read_csv(files["municipalities"], COLUMNS, faults):
        association = _association(entry, associations)
        boundary = boundaries.pop(entry.text("ags"), None)
        if boundary is None:
            entry.fault("ags", f"Für diesen Schlüssel fehlt die Grenze in {files['boundaries'].name}.")
            continue
        _compare(entry, boundary)
        municipality = _municipality(entry, association, boundary)
        rows += [municipality, *_counts(entry, municipality)]
        entry.close()
    for boundary in boundaries.values():
        boundary.fault("ags", f"Diese Gemeinde fehlt in {files['municipalities'].name}.")
    return [*associations.values(), *rows]


def _association(entry: Entry, known: dict[str, Row]) -> Row | None:
    key = entry.text("verbandsgemeinde_schluessel", blank=True)
    name = entry.text("verbandsgemeinde", blank=True)
    if bool(key) != bool(name):
        entry.fault("verbandsgemeinde", "Name und Schlüssel der Verbandsgemeinde gehören zusammen.")
    if not key or not name:
        return None
    found = known.setdefault(key, Row(MunicipalAssociation, {"key": key}, entry.where, {"name": name}))
    if found.values["name"] != name:
        entry.fault("verbandsgemeinde", f"Dieser Schlüssel gehört schon zu „{found.values['name']}“.")
    return found


def _municipality(entry: Entry, association: Row | None, boundary: Entry) -> Row:
    name, kind = entry.text("name"), entry.one_of("art", KINDS)
    if kind is not None and (kind == Municipality.Kind.MEMBER) != (association is not None):
        entry.fault("verbandsgemeinde", "Genau die Mitgliedsgemeinden gehören zu einer Verbandsgemeinde.")
    entry.skip("name_amtlich", "flaeche_km2_2024")
    area = entry.number("flaeche_km2_2018")
    if area <= 0:
        entry.fault("flaeche_km2_2018", "Die Fläche muss größer als null sein.")
    longitude, latitude = _label(boundary)
    values = {
        "ars": entry.text("ars"),
        "name": name,
        "slug": german_slug(name),
        "designation": entry.one_of("bezeichnung", DESIGNATIONS),
        "kind": kind,
        "association": association,
        "is_county_seat": entry.one_of("kreisstadt", {"ja": True}) is True if entry.values["kreisstadt"] else False,
        "postcode": entry.text("plz_verwaltungssitz"),
        "area_km2": area,
        "geometry": _geometry(boundary),
        "label_longitude": longitude,
        "label_latitude": latitude,
        "source": f"{entry.text('quelle')}; Fläche: Stand 31.12.2018; Grenze: {ATTRIBUTION}",
    }
    entry.skip("kreisstadt")
    if not re.fullmatch(rf"{COUNTY}\d{{3}}", entry.text("ags")):
        entry.fault("ags", f"Der AGS beginnt mit {COUNTY} (Landkreis Stendal) und hat acht Ziffern.")
    return Row(Municipality, {"ags": entry.text("ags")}, entry.where, values)


def _counts(entry: Entry, municipality: Row) -> list[Row]:
    return [
        Row(
            MunicipalityPopulation,
            {"municipality": municipality, "counted_on": day},
            entry.where,
            {"inhabitants": _people(entry, column), "source": source},
        )
        for column, (day, source) in COUNTS.items()
    ]


def _people(entry: Entry, column: str) -> int:
    return entry.whole(column, least=0, most=MOST_PEOPLE)


def _compare(entry: Entry, boundary: Entry) -> None:
    """The two files must speak of the same municipality."""
    for field in ("ars", "name", "bezeichnung", "art", "verbandsgemeinde"):
        boundary.skip(field)
        if (boundary.values.get(field) or "") != entry.values[field]:
            entry.fault(field, "Die Angabe weicht von der Datei mit den Grenzen ab.")


def _boundaries(path: Path, faults: Faults) -> dict[str, Entry]:
    """The properties of each feature by AGS; its geometry is put beside them."""
    top = read_json(path, faults)
    if top is None:
        return {}
    found: dict[str, Entry] = {}
    for feature in top.entries("features", least=1):
        shape = feature.entry("geometry")
        properties = feature.entry("properties")
        properties.values = {**properties.values, "shape": shape}
        properties.skip("shape")
        feature.skip("type", "id")
        feature.close()
        if found.setdefault(properties.text("ags"), properties) is not properties:
            properties.fault("ags", "Diese Gemeinde steht zweimal in der Datei.")
    top.skip("type", "name", "source")
    top.close()
    return found


def _label(boundary: Entry) -> tuple[Decimal, Decimal]:
    position: Any = boundary.values.get("label")
    boundary.skip("label")
    if not _is_position(position):
        boundary.fault("label", "Erwartet werden Länge und Breite eines Punkts im Landkreis.")
        return Decimal(0), Decimal(0)
    longitude, latitude = (Decimal(str(number)) for number in position)
    boundary.close()
    return longitude, latitude


def _geometry(boundary: Entry) -> dict[str, Any]:
    shape = boundary.values["shape"]
    kind = shape.one_of("type", SHAPES)
    coordinates = shape.values.get("coordinates")
    shape.skip("coordinates")
    shape.close()
    polygons = coordinates if kind == "MultiPolygon" else [coordinates]
    if kind is None or not isinstance(polygons, list) or not polygons or not all(map(_is_polygon, polygons)):
        boundary.fault("geometry", "Die Grenze ist kein geschlossener Linienzug im Landkreis.")
        return {}
    return {"type": kind, "coordinates": _floats(coordinates)}


def _is_polygon(rings: Any) -> bool:
    return isinstance(rings, list) and bool(rings) and all(map(_is_ring, rings))


def _is_ring(points: Any) -> bool:
    return (
        isinstance(points, list) and len(points) >= RING and points[0] == points[-1] and all(map(_is_position, points))
    )


def _is_position(point: Any) -> bool:
    if not isinstance(point, list) or len(point) != 2 or not all(isinstance(n, Decimal | int) for n in point):
        return False
    longitude, latitude = point
    return bool(WEST < longitude < EAST and SOUTH < latitude < NORTH)


def _floats(value: Any) -> Any:
    return [_floats(part) for part in value] if isinstance(value, list) else float(value)


importing.register(
    Content(
        name="gazetteer",
        order=10,
        anchor=Municipality,
        files=(
            InputFile("municipalities", DATA / "gemeinden.csv", "Gemeinden mit Fläche und Bevölkerung (CSV)"),
            InputFile("boundaries", DATA / "stendal-gemeinden.geojson", "Grenzen der Gemeinden (GeoJSON)"),
        ),
        plan=plan,
    )
)
