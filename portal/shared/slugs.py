"""Addresses from German titles: stable, lower-case, ä as ae."""

from __future__ import annotations

from django.utils.text import slugify

GERMAN = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue", "ß": "ss"})


def german_slug(text: str, *, limit: int = 100) -> str:
    """„Öffentliche Straßen“ → „oeffentliche-strassen“, cut between words at `limit`."""
    slug = slugify(text.translate(GERMAN))
    if len(slug) <= limit:
        return slug
    return slug[: limit + 1].rpartition("-")[0] or slug[:limit]
