"""Mending what WeasyPrint leaves open for PDF/UA-1, and refusing what cannot be mended.

WeasyPrint tags each page for itself and says nothing about what is repeated. Here the pages become one document:
tables that run over several pages are joined, running headers and repeated table heads become artifacts, header cells
say what they head, links say where they lead.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from io import BytesIO
from typing import TYPE_CHECKING, Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf, String

from portal.shared import pdf_artifacts, pdf_join, pdf_lists
from portal.shared.pdf import DECORATION, PdfError
from portal.shared.pdf_join import is_element, kids_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from portal.shared.pdf import LaidOut

PRINTED = 4  # the annotation flag that makes paper and screen equal
MAY_BE_EMPTY = frozenset({"/Document", "/TD", "/TH", "/Figure", "/Link", "/Form"})
POINTS_PER_PIXEL = 0.75


@dataclass(frozen=True)
class Mended:
    """A complete PDF, how many pages it has, and what could not be mended (German, for the log and the person)."""

    pdf: bytes
    pages: int
    faults: list[str] = field(default_factory=list)


def mend(laid_out: LaidOut) -> Mended:
    """Complete the tags of a PDF; the pages look the same afterwards."""
    with Pdf.open(BytesIO(laid_out.pdf)) as pdf:
        root = pdf.Root.StructTreeRoot.K[0]
        dropped = pdf_join.join(root, laid_out.parts)
        pdf_join.say_scopes(root, laid_out.parts)
        pdf_lists.mend(pdf, root, laid_out.parts)
        faults = _mend_figures(pdf, root, dropped)
        _drop_empty(root)
        pdf_artifacts.declare(pdf, root, dropped)
        _describe_links(pdf)
        faults += _faults_of_frame(pdf)
        return Mended(pdf=_written(pdf), pages=len(pdf.pages), faults=faults)


def check(mended: Mended) -> None:
    """Refuse a document that people with assistive technology could not read. Raises `PdfError`."""
    if mended.faults:
        raise PdfError("Das Dokument wäre nicht barrierefrei: " + " ".join(sorted(set(mended.faults))))


def elements(element: Any) -> Iterator[Any]:
    """The structure elements below `element` and itself, parents first."""
    waiting = [element]
    while waiting:
        element = waiting.pop()
        yield element
        waiting += reversed(kids_of(element))


def _mend_figures(pdf: Pdf, root: Any, dropped: list[Any]) -> list[str]:
    """Give figures their place on the page in points, take decoration out; name figures without a text."""
    numbers = {page.objgen: number for number, page in enumerate(pdf.pages, start=1)}
    faults = []
    for figure in [element for element in elements(root) if str(element.S) == "/Figure"]:
        alternative = str(figure.get(Name.Alt, "")).strip()
        if alternative == DECORATION:
            _detach(figure)
            dropped.append(figure)
        elif not alternative:
            faults.append(f"Einer Abbildung auf Seite {numbers[figure.Pg.objgen]} fehlt der beschreibende Text.")
        else:
            _place(figure)
    return faults


def _place(figure: Any) -> None:
    # WeasyPrint writes the box in CSS pixels from the top of the page; PDF counts points from the bottom.
    height = float(figure.Pg.MediaBox[3])
    left, top, right, bottom = (float(edge) * POINTS_PER_PIXEL for edge in figure.A.BBox)
    figure.A.BBox = Array([round(edge, 3) for edge in (left, height - bottom, right, height - top)])


def _drop_empty(root: Any) -> None:
    """Take out elements that contain nothing: a screen reader would announce them for nothing."""
    for element in reversed(list(elements(root))):
        if not len(element.get(Name.K, ())) and str(element.S) not in MAY_BE_EMPTY:
            _detach(element)


def _detach(element: Any) -> None:
    parent = element.P
    parent.K = Array([kid for kid in parent.K if not (is_element(kid) and kid.objgen == element.objgen)])


def _describe_links(pdf: Pdf) -> None:
    """Make links printable, and let those inside the document name the heading they lead to."""
    titles = {str(name): title for name, title in _outline(pdf)}
    for page in pdf.pages:
        for annotation in page.get(Name.Annots, ()):
            annotation.F = int(annotation.get(Name.F, 0)) | PRINTED
            if Name.Dest in annotation:
                title = titles.get(str(annotation.Dest))
                annotation.Contents = String(f"Zum Abschnitt „{title}“" if title else "Verweis im Dokument")


def _outline(pdf: Pdf) -> Iterator[tuple[str, str]]:
    """Named destination and title of each bookmark; a bookmark leads to the same place as its heading's name."""
    places = {str(entry): str(names[i - 1]) for names in [_names(pdf)] for i, entry in enumerate(names) if i % 2}
    waiting = [pdf.Root.Outlines.First] if Name.Outlines in pdf.Root and Name.First in pdf.Root.Outlines else []
    while waiting:
        item = waiting.pop()
        if name := places.get(str(item.get(Name.Dest))):
            yield name, str(item.Title)
        waiting += [item[key] for key in (Name.Next, Name.First) if key in item]


def _names(pdf: Pdf) -> list[Any]:
    names = pdf.Root.get(Name.Names, Dictionary()).get(Name.Dests, Dictionary()).get(Name.Names, ())
    return list(names)


def _faults_of_frame(pdf: Pdf) -> list[str]:
    root = pdf.Root
    faults = []
    if not str(root.get(Name.Lang, "")):
        faults.append("Die Sprache fehlt.")
    if not str(pdf.docinfo.get(Name.Title, "")).strip():
        faults.append("Der Titel fehlt.")
    if not len(root.StructTreeRoot.K[0].get(Name.K, ())):
        faults.append("Es gibt keine Struktur.")
    return faults


def _written(pdf: Pdf) -> bytes:
    target = BytesIO()
    pdf.save(
        target,
        compress_streams=True,
        object_stream_mode=pikepdf.ObjectStreamMode.generate,
        deterministic_id=True,
    )
    return target.getvalue()
