"""The administration site: the staff's workplace, behind the portal's own sign-in."""

from __future__ import annotations

import hashlib
from base64 import b64encode
from functools import wraps
from typing import TYPE_CHECKING, Any

from allauth.account.decorators import secure_admin_login
from django.contrib.admin import AdminSite
from django.utils import timezone
from django_prose_editor.widgets import importmap

from portal.shared import staff_tasks

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponse
    from django.template.response import TemplateResponse

# The editor adds one fixed style element to the page; a browser test notices when a new version changes it.
EDITOR_STYLE = "'sha256-PlumsSlvJ7vvWzjqibGAYKq92O3y/4JTxWWsWJvyUYA='"

# What belongs together for the people who work here, in the order of the work.
GROUPS = {
    "Agenda": ["Agenda", "Decision", "ActionField"],
    "Ist-Stand": ["Finding", "Evidence", "Indicator", "AssessmentRound", "Assessment", "Criterion"],
    "Strategie und Umsetzung": ["Challenge", "MeasurePackage", "Project"],
    "Inhalte": ["Page", "News", "Document", "Image"],
    "Stammdaten": ["Organisation", "OrganisationUnit", "Municipality", "MunicipalAssociation", "Topic"],
    "Betrieb": ["Report", "OutgoingMail"],
    "Zugang": ["User", "Group"],
}


class PortalAdminSite(AdminSite):
    """/verwaltung/: signing in happens at /konto/ with its second factor and rate limits."""

    site_header = "Verwaltung des Portals"
    site_title = "Verwaltung"
    index_title = "Ihr Arbeitsplatz"
    index_template = "admin/arbeitsplatz.html"
    site_url = "/"
    enable_nav_sidebar = True

    def admin_view(self, view: Callable[..., Any], cacheable: bool = False) -> Any:  # noqa: FBT001, FBT002  Django's signature
        """Every page of the desk, with the editor's import map as the one inline script it may run."""
        inner = super().admin_view(view, cacheable)

        @wraps(inner)
        def page(request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
            response = inner(request, *args, **kwargs)
            response._csp_update = {"script-src": [editor_hash()], "style-src": [EDITOR_STYLE]}  # noqa: SLF001  how django-csp is told
            return response

        return page

    def login(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """Hand over to allauth, so that there is one door."""
        return secure_admin_login(super().login)(request, extra_context)  # type: ignore[no-any-return]

    def index(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> TemplateResponse:
        """The first page: what waits for this person, then the rooms."""
        waiting = staff_tasks.waiting(request.user, on=timezone.localdate())  # type: ignore[arg-type]
        return super().index(request, {"waiting": waiting, **(extra_context or {})})

    def get_app_list(self, request: HttpRequest, app_label: str | None = None) -> list[Any]:
        """Models grouped by the work they belong to instead of by Django app."""
        apps: list[Any] = super().get_app_list(request, app_label)
        if app_label is not None:
            return apps
        known = {model["object_name"]: model for app in apps for model in app["models"]}
        home = apps[0] if apps else {}
        groups = [
            {**home, "name": name, "app_label": f"gruppe-{number}", "models": [known[m] for m in members if m in known]}
            for number, (name, members) in enumerate(GROUPS.items())
        ]
        return [group for group in groups if group["models"]]


def editor_hash() -> str:
    """The import map of the rich text editor as a CSP source: browsers take import maps only inline."""
    script = str(importmap).partition(">")[2].removesuffix("</script>")
    return f"'sha256-{b64encode(hashlib.sha256(script.encode()).digest()).decode()}'"
