"""The kinds of report that departments have registered, and what each owes."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import cache
from importlib.metadata import version
from typing import TYPE_CHECKING, Any, Protocol

from django.conf import settings

from portal.shared.refusal import RefusedError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime


class ReportRefusedError(RefusedError):
    """This report cannot be made for this person with these options; the sentence says why."""


class ContextMaker(Protocol):
    """Gathers what the template shows."""

    def __call__(self, options: dict[str, Any], *, is_public: bool, at: datetime) -> dict[str, Any]: ...


class FingerprintMaker(Protocol):
    """Sums up what the template would show."""

    def __call__(self, options: dict[str, Any], *, is_public: bool, at: datetime) -> str: ...


@dataclass(frozen=True)
class ReportKind:
    """One kind of document.

    `clean_options` turns what was asked for (strings from a form or the command line, or its own earlier answer) into
    canonical JSON and drops or refuses what it does not know. `context` gives only rows that `public(at)` lets through
    when `is_public`, else everything staff may see. `fingerprint` is cheap and changes whenever the content may have
    changed; a public report whose fingerprint is no longer current is not handed out to visitors, so withdrawing
    content also withdraws its PDFs. `clean_options`, `context` and `fingerprint` raise `ReportRefusedError` with a
    German sentence; `fingerprint` must do so when `is_public` and the thing itself is not public: `title` is asked
    only afterwards. Context and fingerprint are read in one snapshot of the database.

    `internal_permissions` are the rights that somebody needs, besides `portal.view_report`, to ask for and to have
    the internal version; a kind without them has none.
    """

    kind: str
    label: str
    template: str
    clean_options: Callable[[Mapping[str, Any]], dict[str, Any]]
    title: Callable[[dict[str, Any]], str]
    context: ContextMaker
    fingerprint: FingerprintMaker
    internal_permissions: tuple[str, ...] = ()

    def sum_up(self, options: dict[str, Any], *, is_public: bool, at: datetime) -> str:
        """The fingerprint of content and layout: 64 hex digits."""
        content = self.fingerprint(options, is_public=is_public, at=at)
        return hashlib.sha256(f"{self.kind}\n{layout_version()}\n{content}".encode()).hexdigest()


_kinds: dict[str, ReportKind] = {}


def register(kind: ReportKind) -> None:
    """Add `kind`; a second call with the same key replaces the first."""
    _kinds[kind.kind] = kind


def kinds() -> list[ReportKind]:
    """All registered kinds by their label."""
    return sorted(_kinds.values(), key=lambda kind: kind.label)


def named(kind: str) -> ReportKind:
    """The kind with this key; raises `ReportRefusedError` if there is none."""
    try:
        return _kinds[kind]
    except KeyError:
        raise ReportRefusedError(f"Einen Bericht der Art „{kind}“ gibt es nicht.") from None


@cache
def layout_version() -> str:
    """Changes with the print templates, their styles and the layout engine: old files are then made anew."""
    digest = hashlib.sha256(version("weasyprint").encode())
    for folder in ("templates/reports", "templates/figures", "static/reports", "static/fonts"):
        for path in sorted((settings.BASE_DIR / folder).rglob("*")):
            if path.is_file():
                digest.update(path.read_bytes())
    return digest.hexdigest()
