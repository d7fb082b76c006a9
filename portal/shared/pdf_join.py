"""Joining tagged PDFs: WeasyPrint tags each page for itself; here what goes on over pages becomes one element again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pikepdf import Array, Dictionary, Name

if TYPE_CHECKING:
    from portal.shared.pdf import Part

Parts = dict[int, "Part"]
# Pieces of a line: their text is counted by the page they stand on, and a break inside them says nothing.
NEVER_JOINED = frozenset({"/Link", "/Span", "/Figure", "/Form"})


def is_element(kid: Any) -> bool:
    """Whether a kid is a structure element: not a piece of content, not a link's annotation."""
    return isinstance(kid, Dictionary) and Name.S in kid


def kids_of(element: Any) -> list[Any]:
    """Structure elements directly below `element`."""
    return [kid for kid in element.get(Name.K, ()) if is_element(kid)]


def number_of(element: Any) -> int:
    """The number under which layout and PDF know the element."""
    return int(element.objgen[0])


def join(root: Any, parts: Parts) -> list[Any]:
    """Join the pages below `root`; the answer is what was taken out because it only repeats the head of a table."""
    joiner = _Joiner(parts)
    root.K = Array([kid for kid in root.K if not joiner.takes(kid)])
    return joiner.repeated


class _Joiner:
    def __init__(self, parts: Parts) -> None:
        self.repeated: list[Any] = []
        self._parts = parts
        self._latest: dict[tuple[int, str], Any] = {}

    def takes(self, element: Any) -> bool:
        """Whether `element` goes on what began on a page before, and was therefore moved there."""
        part = self._parts.get(number_of(element))
        first = self._began(part)
        if part is None or first is None:
            self._register(element)
            return False
        if part.tag == "thead":
            self.repeated.append(element)
            return True
        for kid in kids_of(element):
            if not self.takes(kid):
                kid.P = first
                first.K.append(kid)
        return True

    def _began(self, part: Part | None) -> Any:
        if part is None or part.is_anonymous or part.kind in NEVER_JOINED:
            return None
        return self._latest.get((part.html, part.kind))

    def _register(self, element: Any) -> None:
        waiting = [element]
        while waiting:
            element = waiting.pop()
            part = self._parts.get(number_of(element))
            if part is not None and not part.is_anonymous:
                self._latest[part.html, part.kind] = element
            waiting += kids_of(element)


def say_scopes(root: Any, parts: Parts) -> None:
    """Tell each header cell what it heads; WeasyPrint's own header ids lead nowhere, for it writes no index of them."""
    waiting = [root]
    while waiting:
        element = waiting.pop()
        waiting += kids_of(element)
        if str(element.S) not in {"/TH", "/TD"}:
            continue
        part = parts.get(number_of(element))
        if part is not None and part.scope:
            element.A.Scope = Name(f"/{part.scope}")
        for owner, key in ((element.A, Name.Headers), (element, Name.ID)):
            if key in owner:
                del owner[key]
