"""Lists in tagged PDFs: their numbering, terms beside their descriptions, and the table of contents."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pikepdf import Array, Dictionary, Name

from portal.shared.pdf_join import is_element, kids_of, number_of

if TYPE_CHECKING:
    from pikepdf import Pdf

    from portal.shared.pdf_join import Parts

NUMBERING = {"ul": Name.Disc, "ol": Name.Decimal}
ITEMS = frozenset({"/LI", "/L", "/Caption"})


def mend(pdf: Pdf, root: Any, parts: Parts) -> None:
    """Bring all lists below `root` into the shape the standard describes."""
    waiting = [root]
    while waiting:
        element = waiting.pop()
        part = parts.get(number_of(element))
        tag = part.tag if part else ""
        if str(element.S) == "/L":
            _give_bodies(pdf, element)
            _unwrap_groups(element)
            if tag == "dl":
                _pair_terms(element, parts)
            elif tag in NUMBERING:
                _say_numbering(element, NUMBERING[tag])
        if part and part.is_contents:
            _as_contents(element)
        waiting += kids_of(element)


def _give_bodies(pdf: Pdf, items: Any) -> None:
    """What stands in an item beside its label is its body; WeasyPrint leaves paragraphs there as they are."""
    for item in kids_of(items):
        bare = [kid for kid in item.K if not (is_element(kid) and str(kid.S) in {"/Lbl", "/LBody"})]
        if str(item.S) != "/LI" or not bare:
            continue
        body = pdf.make_indirect(Dictionary(Type=Name.StructElem, S=Name.LBody, P=item, Pg=item.Pg, K=Array(bare)))
        for kid in bare:
            kid.P = body
        item.K = Array([*(kid for kid in kids_of(item) if str(kid.S) == "/Lbl"), *_bodies_of(item), body])


def _bodies_of(item: Any) -> list[Any]:
    return [kid for kid in kids_of(item) if str(kid.S) == "/LBody"]


def _unwrap_groups(items: Any) -> None:
    """A list contains items only: a div around dt and dd goes, its content stays; a nested list goes into its item."""
    flat: list[Any] = []
    for kid in kids_of(items):
        inside = [kid] if str(kid.S) in ITEMS else kids_of(kid)
        for item in inside:
            bodies = _bodies_of(flat[-1]) if flat and str(item.S) == "/L" else []
            if bodies:
                item.P = bodies[-1]
                bodies[-1].K.append(item)
            else:
                item.P = items
                flat.append(item)
    items.K = Array(flat)


def _pair_terms(items: Any, parts: Parts) -> None:
    """Term and descriptions become label and body of one item."""
    kept: list[Any] = []
    for item in kids_of(items):
        part = parts.get(number_of(item))
        if part and part.tag == "dd" and kept:
            for body in item.K:
                body.P = kept[-1]
                kept[-1].K.append(body)
            continue
        if part and part.tag == "dt":
            for body in kids_of(item):
                body.S = Name.Lbl
        kept.append(item)
    items.K = Array(kept)


def _say_numbering(items: Any, numbering: Name) -> None:
    if any(str(label.S) == "/Lbl" for item in kids_of(items) for label in kids_of(item)):
        items.A = Dictionary(O=Name.List, ListNumbering=numbering)


def _as_contents(frame: Any) -> None:
    """The list inside `nav class="contents"` is a table of contents: entries with a reference, others below."""
    waiting = [frame]
    while waiting:
        element = waiting.pop()
        kind = str(element.S)
        if kind == "/L":
            element.S = Name.TOC
        elif kind == "/LI":
            element.S = Name.TOCI
            _as_entry(element)
        waiting += kids_of(element)


def _as_entry(entry: Any) -> None:
    nested: list[Any] = []
    for body in kids_of(entry):
        if str(body.S) != "/LBody":
            continue
        body.S = Name.Reference
        inner = [kid for kid in kids_of(body) if str(kid.S) == "/L"]
        body.K = Array([kid for kid in body.K if not (is_element(kid) and str(kid.S) == "/L")])
        nested += inner
    for items in nested:
        items.P = entry
        entry.K.append(items)
