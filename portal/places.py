"""Where the county lies: its outline for maps, and the line of attribution that goes beside it."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

DATA = Path(__file__).parent / "data"
COUNTY_OUTLINE = DATA / "stendal-landkreis.geojson"
ATTRIBUTION = "© GeoBasis-DE / BKG 2016 (Daten verändert)"
ATTRIBUTION_URL = "https://www.bkg.bund.de/"


@cache
def county_outline() -> dict[str, Any]:
    """The GeoJSON geometry of Landkreis Stendal (MultiPolygon, WGS 84), read once per process."""
    found = json.loads(COUNTY_OUTLINE.read_text(encoding="utf-8"))
    geometry: dict[str, Any] = found["features"][0]["geometry"]
    return geometry
