"""How Django knows the portal and its administration."""

from django.apps import AppConfig
from django.contrib.admin.apps import AdminConfig


class PortalConfig(AppConfig):
    """Shared models, contracts and pages."""

    name = "portal"
    verbose_name = "Portal"

    def ready(self) -> None:
        """Fill in the portal's own side of its contracts."""
        from portal import checks, gazetteer, home, reports, staff_tasks  # noqa: F401, PLC0415  registered by import


class PortalAdminConfig(AdminConfig):
    """The administration at /verwaltung/, behind the portal's sign-in."""

    default_site = "portal.site.PortalAdminSite"
