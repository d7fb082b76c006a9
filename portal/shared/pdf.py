"""Laying out HTML as a tagged PDF: the one module that knows WeasyPrint, imported when a report is made."""

from __future__ import annotations

import logging
import mimetypes
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.contrib.staticfiles import finders
from django.core.exceptions import SuspiciousFileOperation
from django.core.files.storage import default_storage
from django.utils._os import safe_join

if TYPE_CHECKING:
    from collections.abc import Iterator

logger = logging.getLogger(__name__)

# The text alternative of pictures that are only decoration; mending takes them out of the document's structure.
DECORATION = "[decoration]"
_one_at_a_time = Lock()


class PdfError(Exception):
    """The PDF cannot be made; the German sentence may be read by everybody, details are in the log."""


@dataclass(frozen=True)
class Part:
    """What stands on one page of an HTML element, as a structure element of the PDF.

    `html` names the element: the same number on each page over which it runs. `tag` is its name in HTML and `kind`
    that in PDF. `scope` is Row, Column or Both for a header cell. An anonymous part is a box that the layout made
    inside the element.
    """

    html: int
    tag: str
    kind: str
    page: int
    scope: str
    is_contents: bool
    is_anonymous: bool


@dataclass(frozen=True)
class LaidOut:
    """What WeasyPrint made, and where each structure element, by its number in the PDF, comes from."""

    pdf: bytes
    parts: dict[int, Part]


def lay_out(html: str) -> LaidOut:
    """Set `html` as PDF/UA-1; only the portal's own files are read, never the network. Raises `PdfError`."""
    # Imported here: without Pango the import fails, and that must not take the web pages down.
    import weasyprint  # noqa: PLC0415

    fetcher = _fetcher()
    try:
        document = weasyprint.HTML(string=html, base_url=f"{settings.PORTAL_URL}/", url_fetcher=fetcher).render()
        with _recorded() as parts:
            pdf = document.write_pdf(pdf_variant="pdf/ua-1", uncompressed_pdf=True)
    except Exception as error:
        raise PdfError("Die Seiten konnten nicht gesetzt werden.") from error
    if fetcher.missing:
        logger.error("Files that a document asked for and did not get: %s", fetcher.missing)
        raise PdfError("Das Dokument verweist auf eine Datei, die es im Portal nicht gibt.")
    return LaidOut(pdf=pdf, parts=parts)


def _fetcher() -> Any:
    """What WeasyPrint asks for files; it remembers what it had to refuse, for WeasyPrint itself only logs it."""
    from weasyprint.urls import URLFetcher, URLFetcherResponse  # noqa: PLC0415  see lay_out

    class OwnFiles(URLFetcher):
        """Static files and uploads of the portal, and data: addresses inside the document; nothing else."""

        def __init__(self) -> None:
            super().__init__(allowed_protocols=("data",))
            self.missing: list[str] = []

        def fetch(self, url: str, headers: Any = None) -> Any:
            if url.startswith("data:"):
                return super().fetch(url, headers)
            try:
                content = read_own_file(url)
            except (OSError, SuspiciousFileOperation):
                self.missing.append(url)
                raise
            kind = mimetypes.guess_type(urlsplit(url).path)[0] or "application/octet-stream"
            return URLFetcherResponse(url, content, {"Content-Type": kind})

    return OwnFiles()


def read_own_file(url: str) -> bytes:
    """The content of a static file or an upload named by its address; raises OSError for everything else."""
    own = f"{settings.PORTAL_URL}/"
    if not url.startswith(own):
        raise PermissionError(f"not a file of the portal: {url}")
    path = unquote(urlsplit(url).path)
    if path.startswith(settings.STATIC_URL):
        return _static_path(path.removeprefix(settings.STATIC_URL)).read_bytes()
    if path.startswith(settings.MEDIA_URL):
        with default_storage.open(path.removeprefix(settings.MEDIA_URL)) as file:
            return bytes(file.read())
    raise FileNotFoundError(url)


def _static_path(name: str) -> Path:
    # Collected files carry a hash in their name; the sources do not and are there without collecting.
    if found := finders.find(name):
        return Path(found)
    return Path(safe_join(settings.STATIC_ROOT, name))


@contextmanager
def _recorded() -> Iterator[dict[int, Part]]:
    """Note for each structure element which HTML element it stands for.

    WeasyPrint knows it while it builds the tags and does not say it; without it, what is broken over pages cannot be
    joined again. There is no public way, so its builder is exchanged meanwhile (see docs/adr/0031).
    """
    from weasyprint.pdf import tags  # noqa: PLC0415  see lay_out

    parts: dict[int, Part] = {}
    around: list[tuple[int, str]] = []

    def build_and_note(box: Any, parent: Any, pdf: Any, page: int, *rest: Any) -> Iterator[Any]:
        inner = getattr(box, "_box", box)  # an absolutely placed box hides behind a stand-in
        name = (id(inner.element), str(inner.element_tag))
        is_inside_itself = bool(around) and around[-1] == name
        around.append(name)
        for element in build(box, parent, pdf, page, *rest):
            # The innermost box comes first; page, html and body only hand on what is inside them.
            if element.number not in parts:
                parts[element.number] = _part(inner, str(element["S"]), page, is_inside_itself=is_inside_itself)
            yield element
        around.pop()

    with _one_at_a_time:
        build = tags._build_box_tree  # noqa: SLF001  see above
        tags._build_box_tree = build_and_note  # noqa: SLF001  see above
        try:
            yield parts
        finally:
            tags._build_box_tree = build  # noqa: SLF001  see above


def _part(box: Any, kind: str, page: int, *, is_inside_itself: bool) -> Part:
    return Part(
        html=id(box.element),
        tag=str(box.element_tag),
        kind=kind,
        page=page,
        scope=_scope(box.element),
        is_contents=box.element_tag == "nav" and "contents" in box.element.get("class", "").split(),
        # The body of a list item is such a box too, but the only one that continues it.
        is_anonymous=box.element is None or (is_inside_itself and kind != "/LBody"),
    )


def _scope(element: Any) -> str:
    """Row, Column or Both for a header cell, nothing for a data cell."""
    if element is None or element.tag != "th":
        return ""
    return {"row": "Row", "rowgroup": "Row", "both": "Both"}.get(element.get("scope", ""), "Column")
