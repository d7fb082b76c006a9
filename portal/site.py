"""The administration site: the staff's workplace, behind the portal's own sign-in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from allauth.account.decorators import secure_admin_login
from django.contrib.admin import AdminSite

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


class PortalAdminSite(AdminSite):
    """/verwaltung/: signing in happens at /konto/ with its second factor and rate limits."""

    site_header = "Verwaltung des Portals"
    site_title = "Verwaltung"
    index_title = "Ihr Arbeitsplatz"
    site_url = "/"
    enable_nav_sidebar = True

    def login(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """Hand over to allauth, so that there is one door."""
        return secure_admin_login(super().login)(request, extra_context)  # type: ignore[no-any-return]
