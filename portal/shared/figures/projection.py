"""From degrees to units: GeoJSON outlines as SVG paths, small enough to stand inside a page."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import cos, radians
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

# At the county's latitude a degree of longitude is this much shorter than one of latitude.
SHRINK = cos(radians(52.69))
# A map this wide has some 60 m to the unit for the county: finer than the outlines are.
WIDTH = 1000
MARGIN = 4

Position = Sequence[float]
Ring = Sequence[Position]


@dataclass(frozen=True)
class Projection:
    """Equirectangular: good enough for a county, and straight lines stay straight."""

    west: float
    north: float
    scale: float
    height: int

    def point(self, longitude: float, latitude: float) -> tuple[float, float]:
        """The place on the map; y grows to the south."""
        return MARGIN + (longitude - self.west) * SHRINK * self.scale, MARGIN + (self.north - latitude) * self.scale


@dataclass(frozen=True)
class Outlines:
    """Paths in the order of the geometries they were made from, and the projection for labels."""

    projection: Projection
    paths: tuple[str, ...]


def outlines(geometries: Iterable[dict[str, Any]]) -> Outlines:
    """Project GeoJSON Polygons and MultiPolygons (WGS 84) onto one map; kept for each set of geometries."""
    return _outlines(json.dumps(list(geometries), sort_keys=True))


@lru_cache(maxsize=16)
def _outlines(text: str) -> Outlines:
    shapes = [list(_rings(geometry)) for geometry in json.loads(text)]
    positions = [position for rings in shapes for ring in rings for position in ring]
    projection = _fitting(positions)
    return Outlines(projection, tuple("".join(_path(ring, projection) for ring in rings) for rings in shapes))


def _rings(geometry: dict[str, Any]) -> Iterator[Ring]:
    coordinates = geometry["coordinates"]
    for polygon in [coordinates] if geometry["type"] == "Polygon" else coordinates:
        yield from polygon


def _fitting(positions: Sequence[Position]) -> Projection:
    if not positions:
        return Projection(0, 0, 1, WIDTH)
    west, east = min(p[0] for p in positions), max(p[0] for p in positions)
    south, north = min(p[1] for p in positions), max(p[1] for p in positions)
    scale = (WIDTH - 2 * MARGIN) / (((east - west) * SHRINK) or 1)
    return Projection(west, north, scale, round((north - south) * scale) + 2 * MARGIN)


def _path(ring: Ring, projection: Projection) -> str:
    """Whole units, each corner as the way from the one before: neighbours still share their border exactly."""
    corners = [tuple(round(part) for part in projection.point(p[0], p[1])) for p in ring]
    parts, last = [f"M{corners[0][0]} {corners[0][1]}l"], corners[0]
    for corner in corners[1:-1]:
        if corner != last:
            parts.append(_joined(corner[0] - last[0], corner[1] - last[1], is_first=parts[-1].endswith("l")))
            last = corner
    return "".join(parts) + "z"


def _joined(right: int, down: int, *, is_first: bool) -> str:
    """A minus separates by itself; only where there is none is a blank needed."""
    return f"{right if is_first or right < 0 else f' {right}'}{down if down < 0 else f' {down}'}"
