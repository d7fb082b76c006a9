"""From a kind and its options to a finished PDF; the worker and the command line go the same way."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db import connection, transaction
from django.template.loader import render_to_string

from portal.shared.reports.alternatives import with_alternatives
from portal.shared.reports.contents import with_contents

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from portal.shared.reports.kinds import ReportKind

Tell = Callable[[int, str], None]


@dataclass(frozen=True)
class Source:
    """What a report will show: HTML of one moment, and the fingerprint of exactly that content."""

    html: str
    fingerprint: str


@dataclass(frozen=True)
class Made:
    """A whole PDF with what is known about it."""

    pdf: bytes
    pages: int
    sha256: str


def gather(kind: ReportKind, options: dict[str, Any], *, is_public: bool, at: datetime) -> Source:
    """Read content and fingerprint in one snapshot of the database and write them as HTML for print."""
    with _snapshot():
        fingerprint = kind.sum_up(options, is_public=is_public, at=at)
        title = kind.title(options)
        context = kind.context(options, is_public=is_public, at=at)
        document = {"title": title, "label": kind.label, "is_public": is_public, "at": at, "mark": fingerprint[:12]}
        html = render_to_string(kind.template, {**context, "document": document})
    return Source(html=with_alternatives(with_contents(html)), fingerprint=fingerprint)


def produce(source: Source, *, tell: Tell) -> Made:
    """Lay out, mend and check; `tell(percent, text)` hears of each step. Raises `pdf.PdfError`."""
    # Loaded only where reports are made: web processes need neither.
    from portal.shared import pdf, pdf_mend  # noqa: PLC0415

    tell(30, "Seiten werden gesetzt")
    laid_out = pdf.lay_out(source.html)
    tell(75, "Barrierefreiheit wird vervollständigt")
    mended = pdf_mend.mend(laid_out)
    tell(90, "Datei wird geprüft")
    pdf_mend.check(mended)
    return Made(pdf=mended.pdf, pages=mended.pages, sha256=hashlib.sha256(mended.pdf).hexdigest())


def make(kind: ReportKind, options: dict[str, Any], *, is_public: bool, at: datetime) -> Made:
    """Everything at once, without a row: for `manage.py render_report`."""
    return produce(gather(kind, options, is_public=is_public, at=at), tell=lambda _percent, _text: None)


@contextmanager
def _snapshot() -> Iterator[None]:
    """One view of the database for all queries; inside a running transaction that one has to do."""
    is_outermost = not connection.in_atomic_block
    with transaction.atomic():
        if is_outermost:
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        yield
