"""Challenges and packages of measures."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import admin
from django.db.models import Count

from agenda.models import Challenge, ChallengeFinding, ChallengeIndicator, MeasurePackage, PackageIndicator
from portal.shared.admin import Part, PublicationAdmin
from portal.shared.admin.publication import WINDOW

if TYPE_CHECKING:
    from django.http import HttpRequest


class FindingPart(Part):
    """What the challenge rests on."""

    model = ChallengeFinding
    autocomplete_fields = ("finding",)


class ChallengeIndicatorPart(Part):
    """How one sees that it is met."""

    model = ChallengeIndicator
    autocomplete_fields = ("indicator", "target")


@admin.register(Challenge)
class ChallengeAdmin(PublicationAdmin):
    """Strategic challenges."""

    list_display = ("code", "title", "priority", "finding_count", "state_badge")
    list_display_links = ("code", "title")
    ordering = ("order", "code")  # counting rows would drop the model's own order
    list_filter = ("state", "priority", "fields", "agenda")
    search_fields = ("code", "title", "problem", "goal")
    prepopulated_fields = {"slug": ["code", "title"]}
    autocomplete_fields = ("agenda", "fields", "owner")
    inlines = (FindingPart, ChallengeIndicatorPart)
    fieldsets = (
        (None, {"fields": ["agenda", "code", "title", "slug", "fields"]}),
        ("Inhalt", {"fields": ["problem", "goal", "plain_language"]}),
        ("Einordnung", {"fields": ["priority", "order"]}),
        WINDOW,
    )

    def get_queryset(self, request: HttpRequest) -> Any:
        """With the number of findings."""
        return super().get_queryset(request).annotate(findings_counted=Count("finding_links"))

    @admin.display(description="Befunde", ordering="findings_counted")
    def finding_count(self, row: Any) -> int:
        """How many findings it rests on."""
        return int(row.findings_counted)


class PackageIndicatorPart(Part):
    """How one sees that the package works."""

    model = PackageIndicator
    autocomplete_fields = ("indicator", "target")


@admin.register(MeasurePackage)
class MeasurePackageAdmin(PublicationAdmin):
    """Packages of measures."""

    list_display = ("code", "title", "horizon", "lead", "project_count", "state_badge")
    list_display_links = ("code", "title")
    ordering = ("order", "code")
    list_filter = ("state", "horizon", "agenda")
    list_select_related = ("lead",)
    search_fields = ("code", "title", "objective")
    prepopulated_fields = {"slug": ["code", "title"]}
    autocomplete_fields = ("agenda", "challenges", "lead", "owner")
    inlines = (PackageIndicatorPart,)
    fieldsets = (
        (None, {"fields": ["agenda", "code", "title", "slug", "challenges"]}),
        ("Inhalt", {"fields": ["objective", "plain_language", "lead"]}),
        (
            "Zeitraum",
            {
                "description": "Das Ende muss im Horizont der Agenda liegen.",
                "fields": ["horizon", "starts_on", "ends_on", "order"],
            },
        ),
        WINDOW,
    )

    def get_queryset(self, request: HttpRequest) -> Any:
        """With the number of projects."""
        return super().get_queryset(request).annotate(projects_counted=Count("projects"))

    @admin.display(description="Projekte", ordering="projects_counted")
    def project_count(self, row: Any) -> int:
        """How many projects it has."""
        return int(row.projects_counted)
