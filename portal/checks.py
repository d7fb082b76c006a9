"""System checks: what must be there before the portal can do its work."""

from __future__ import annotations

import ctypes
from typing import Any

from django.core.checks import CheckMessage, Error, register

PANGO_PACKAGES = {
    "libpango-1.0.so.0": "libpango-1.0-0",
    "libpangoft2-1.0.so.0": "libpangoft2-1.0-0",
    "libharfbuzz-subset.so.0": "libharfbuzz-subset0",
}


@register("portal")
def pdf_libraries(**_options: Any) -> list[CheckMessage]:
    """Name the Debian packages that PDF files need and that are missing."""
    missing = [package for library, package in PANGO_PACKAGES.items() if not _loads(library)]
    if not missing:
        return []
    return [
        Error(
            "PDF-Berichte können nicht erstellt werden: Systembibliotheken fehlen.",
            hint=f"apt-get install -y --no-install-recommends {' '.join(missing)}",
            id="portal.E001",
        )
    ]


def _loads(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True
