"""Laying out HTML as a tagged PDF: the one module that knows WeasyPrint, imported when a report is made."""

from __future__ import annotations

import logging
import mimetypes
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.contrib.staticfiles import finders
from django.core.exceptions import SuspiciousFileOperation
from django.core.files.storage import default_storage

if TYPE_CHECKING:
    from collections.abc import Iterable

logger = logging.getLogger(__name__)

# The text alternative of pictures that are only decoration; mending takes them out of the document's structure.
DECORATION = "[decoration]"


class PdfError(Exception):
    """The PDF cannot be made; the German sentence may be read by everybody, details are in the log."""


@dataclass(frozen=True)
class LaidOut:
    """What WeasyPrint made, and which of its table cells belong to which cell and table of the HTML.

    WeasyPrint tags each page for itself; `cells` is what is needed to join a table that runs over several pages.
    """

    pdf: bytes
    cells: list[Cell] = field(default_factory=list)


@dataclass(frozen=True)
class Cell:
    """A cell of a table as it stands on one page.

    `element` is the number of its structure element; `html` and `table` name the cell and its table in the HTML,
    the same on each page. `scope` is Row, Column or Both for a header cell, nothing for a data cell.
    """

    element: int
    html: int
    table: int
    page: int
    scope: str
    is_head: bool


def lay_out(html: str) -> LaidOut:
    """Set `html` as PDF/UA-1; only the portal's own files are read, never the network. Raises `PdfError`."""
    # Imported here: without Pango the import fails, and that must not take the web pages down.
    import weasyprint  # noqa: PLC0415

    fetcher = _fetcher()
    try:
        document = weasyprint.HTML(string=html, base_url=f"{settings.PORTAL_URL}/", url_fetcher=fetcher).render()
        pdf = document.write_pdf(pdf_variant="pdf/ua-1", uncompressed_pdf=True)
    except Exception as error:
        raise PdfError("Die Seiten konnten nicht gesetzt werden.") from error
    if fetcher.missing:
        logger.error("Files that a document asked for and did not get: %s", fetcher.missing)
        raise PdfError("Das Dokument verweist auf eine Datei, die es im Portal nicht gibt.")
    return LaidOut(pdf=pdf, cells=list(_cells(document)))


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
    path = (Path(settings.STATIC_ROOT) / name).resolve()
    if not path.is_relative_to(Path(settings.STATIC_ROOT).resolve()):
        raise FileNotFoundError(name)
    return path


def _cells(document: Any) -> Iterable[Cell]:
    """All tagged table cells in the order of the pages."""
    for number, page in enumerate(document.pages):
        yield from _cells_below(page._page_box, Place(number))  # noqa: SLF001  WeasyPrint offers no public way


@dataclass(frozen=True)
class Place:
    """Where the walk through a page is: inside which table, and whether in its head."""

    page: int
    table: int = 0
    is_head: bool = False

    def inside(self, box: Any) -> Place:
        """The place of what is inside `box`."""
        if box.element_tag == "table":
            return Place(self.page, id(box.element))
        return Place(self.page, self.table, is_head=True) if box.element_tag == "thead" else self


def _cells_below(box: Any, place: Place) -> Iterable[Cell]:
    box = getattr(box, "_box", box)  # an absolutely placed box hides behind a stand-in
    place = place.inside(box)
    if element := getattr(box, "mark", None):
        yield Cell(element.number, id(box.element), place.table, place.page, _scope(box.element), place.is_head)
    for child in getattr(box, "children", ()):
        yield from _cells_below(child, place)


def _scope(element: Any) -> str:
    """Row, Column or Both for a header cell, nothing for a data cell."""
    if element is None or element.tag != "th":
        return ""
    return {"row": "Row", "rowgroup": "Row", "both": "Both"}.get(element.get("scope", ""), "Column")
