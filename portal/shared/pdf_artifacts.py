"""Artifacts in tagged PDFs: what stands on the page but is no content, such as running headers."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from pikepdf import Dictionary, Name

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pikepdf import Pdf

# How WeasyPrint opens a piece of tagged content.
_MARKED = re.compile(rb"/\w+\s*<</MCID (\d+)>>\s*BDC")
_ARTIFACT = b"/Artifact BMC"

Place = tuple[Any, int]


def declare(pdf: Pdf, root: Any, dropped: list[Any]) -> None:
    """Turn into artifacts the content of `dropped` elements and what hangs below no element of the tree at `root`.

    WeasyPrint marks running headers and footers like content and then leaves them out of the tree.
    """
    for element in dropped:
        element.P = root  # only so that nobody climbs into what is gone
    announced = set(_content(root))
    parents = pdf.Root.StructTreeRoot.ParentTree.Nums
    for number, page in enumerate(pdf.pages):
        owners = parents[2 * number + 1]
        silent = {mark for mark in range(len(owners)) if (page.objgen, mark) not in announced}
        if not silent:
            continue
        for mark in silent:
            owners[mark] = None
        content = page.obj.Contents
        content.write(_without_marks(content.read_bytes(), silent))


def _without_marks(content: bytes, silent: set[int]) -> bytes:
    return _MARKED.sub(lambda found: _ARTIFACT if int(found[1]) in silent else found[0], content)


def _content(root: Any) -> Iterator[Place]:
    """Page and mark of each piece of content below `root`."""
    waiting = [root]
    while waiting:
        element = waiting.pop()
        for kid in element.get(Name.K, ()):
            if isinstance(kid, int):
                yield element.Pg.objgen, kid
            elif isinstance(kid, Dictionary) and Name.S in kid:
                waiting.append(kid)
