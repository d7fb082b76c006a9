"""A demanding document: everything that makes tagged PDFs hard, at once."""

from __future__ import annotations

from pathlib import Path

from django.template import engines

from portal.shared.reports.alternatives import with_alternatives
from portal.shared.reports.contents import with_contents
from portal.shared.reports.rendering import Source, produce
from tests.factories import NOON

TEMPLATE = Path(__file__).with_suffix(".html")
BLIND_TEXT = "Der Landkreis Stendal gestaltet die Digitalisierung gemeinsam mit Gemeinden, Betrieben und Vereinen. " * 4
PIXEL = (
    "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJ"
    "AAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)


def html(template: str | None = None, **context: object) -> str:
    """The document as it goes to the layout engine; `template` is what to print instead."""
    document = {"title": "Probe der Fähigkeiten", "label": "Probe", "is_public": True, "at": NOON, "mark": "abc"}
    values = {
        "document": document,
        "long": range(1, 13),
        "rows": range(1, 80),
        # Letters, not numbers: lines that differ only in a number look like running headers to a checker.
        "chapters": [f"{first}{second}" for first in "abcd" for second in "efghijklmn"],
        "blind_text": BLIND_TEXT,
        "pixel": PIXEL,
    }
    text = engines["django"].from_string(template or TEMPLATE.read_text()).render(values | context)
    return with_alternatives(with_contents(text))


def content(inner: str) -> str:
    """A document that contains only `inner`."""
    return html("{% extends 'reports/base.html' %}{% block content %}<h2>Kapitel</h2>" + inner + "{% endblock %}")


def made(text: str):
    """The finished document."""
    return produce(Source(html=text, fingerprint="f" * 64), tell=lambda _percent, _text: None)
