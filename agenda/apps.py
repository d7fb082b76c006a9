"""How Django knows the digital agenda."""

from django.apps import AppConfig


class AgendaConfig(AppConfig):
    """The chain Ist-Stand → Herausforderung → Maßnahmenpaket → Projekt."""

    name = "agenda"
    verbose_name = "Digitale Agenda"

    def ready(self) -> None:
        """Fill in the agenda's side of the portal's contracts."""
        from agenda import home, importing, reports, staff_tasks  # noqa: F401, PLC0415  registered by import
