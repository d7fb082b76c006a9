"""Indicators with their values and targets."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import admin
from django.db.models import Count

from agenda.models import Indicator, IndicatorTarget, IndicatorValue
from portal.shared.admin import EditedElsewhereAdmin, Part, PublicationAdmin
from portal.shared.admin.publication import WINDOW

if TYPE_CHECKING:
    from django.http import HttpRequest


class ValuePart(Part):
    """Values; old ones stay, they show the course."""

    model = IndicatorValue
    fields = ("value", "place", "municipality", "as_of", "period_end", "quality", "source", "note")
    autocomplete_fields = ("municipality",)


class TargetPart(Part):
    """Targets."""

    model = IndicatorTarget
    autocomplete_fields = ("municipality",)


@admin.register(Indicator)
class IndicatorAdmin(PublicationAdmin):
    """What is counted."""

    list_display = ("title", "unit", "field", "value_count", "state_badge")
    ordering = ("sort_key",)  # counting rows would drop the model's own order
    list_filter = ("state", "field", "chain_level", "frequency")
    list_select_related = ("field",)
    search_fields = ("title", "code", "what_measured")
    prepopulated_fields = {"code": ["title"]}
    autocomplete_fields = ("field", "owner")
    inlines = (ValuePart, TargetPart)
    fieldsets = (
        (None, {"fields": ["title", "code", "field", "unit", "decimals"]}),
        (
            "Bedeutung",
            {"fields": ["what_measured", "why_it_matters", "direction", "chain_level", "frequency", "licence"]},
        ),
        WINDOW,
    )

    def get_queryset(self, request: HttpRequest) -> Any:
        """With the number of values."""
        return super().get_queryset(request).annotate(values_counted=Count("values"))

    @admin.display(description="Werte", ordering="values_counted")
    def value_count(self, row: Any) -> int:
        """How many values are known."""
        return int(row.values_counted)


@admin.register(IndicatorValue)
class IndicatorValueAdmin(EditedElsewhereAdmin):
    """Single values; found by autocomplete from a piece of evidence."""

    list_display = ("indicator", "value", "place", "as_of", "quality")
    list_filter = ("quality",)
    list_select_related = ("indicator",)
    search_fields = ("indicator__title", "place", "as_of")
    autocomplete_fields = ("indicator", "municipality")


@admin.register(IndicatorTarget)
class IndicatorTargetAdmin(EditedElsewhereAdmin):
    """Single targets; found by autocomplete from a challenge or project."""

    list_display = ("indicator", "value", "due_on", "municipality")
    list_select_related = ("indicator", "municipality")
    search_fields = ("indicator__title",)
    autocomplete_fields = ("indicator", "municipality")
