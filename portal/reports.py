"""The portal's own reports: a standing page as a PDF."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from portal.models import Page
from portal.shared import reports

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from portal.models.pages import Page as PageRow


def clean_options(options: Mapping[str, Any]) -> dict[str, Any]:
    """`seite`: the address of the page."""
    slug = str(options.get("seite", "")).strip()
    if not slug:
        raise reports.ReportRefusedError("Bitte geben Sie an, welche Seite gedruckt werden soll (seite=…).")
    return {"seite": slug}


def title(options: dict[str, Any]) -> str:
    """The page's own title."""
    return Page.objects.get(slug=options["seite"]).title


def context(options: dict[str, Any], *, is_public: bool, at: datetime) -> dict[str, Any]:
    """The page itself."""
    return {"page": _page(options, is_public=is_public, at=at)}


def fingerprint(options: dict[str, Any], *, is_public: bool, at: datetime) -> str:
    """Changes with every change of the page."""
    page = _page(options, is_public=is_public, at=at)
    return f"{page.pk} {page.updated_at.isoformat()} {page.state}"


def _page(options: dict[str, Any], *, is_public: bool, at: datetime) -> PageRow:
    pages = Page.objects.public(at) if is_public else Page.objects.all()
    page = pages.filter(slug=options["seite"]).first()
    if page is None:
        raise reports.ReportRefusedError(f"Die Seite „{options['seite']}“ gibt es nicht oder sie ist nicht öffentlich.")
    return page


PAGE = reports.ReportKind(
    kind="seite",
    label="Seite des Portals",
    template="reports/portal/page.html",
    clean_options=clean_options,
    title=title,
    context=context,
    fingerprint=fingerprint,
    internal_permissions=("portal.view_page",),
)
reports.register(PAGE)
