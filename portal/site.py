"""The administration site: the staff's workplace, behind the portal's own sign-in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from allauth.account.decorators import secure_admin_login
from django.contrib.admin import AdminSite
from django.utils import timezone

from portal.shared import staff_tasks

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse
    from django.template.response import TemplateResponse

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
