"""Municipalities, associations, organisations and units."""

from __future__ import annotations

from django.contrib import admin

from portal.models import MunicipalAssociation, Municipality, MunicipalityPopulation, Organisation, OrganisationUnit
from portal.shared.admin import ContentAdmin, Part


class PopulationPart(Part):
    """Counts by date."""

    model = MunicipalityPopulation


@admin.register(Municipality)
class MunicipalityAdmin(ContentAdmin):
    """The 25 municipalities."""

    list_display = ("name", "designation", "kind", "association", "area_km2")
    list_filter = ("kind", "designation", "association")
    list_select_related = ("association",)
    search_fields = ("name", "ags")
    autocomplete_fields = ("association",)
    inlines = (PopulationPart,)
    fieldsets = (
        (None, {"fields": ["name", "slug", "designation", "kind", "association", "is_county_seat"]}),
        ("Schlüssel", {"fields": ["ags", "ars", "postcode"]}),
        ("Angaben", {"fields": ["area_km2", "website", "source"]}),
        (
            "Karte",
            {
                "classes": ["collapse"],
                "description": "Grenze und Lage der Beschriftung; sie kommen aus der mitgelieferten Karte.",
                "fields": ["label_longitude", "label_latitude", "geometry"],
            },
        ),
    )


@admin.register(MunicipalAssociation)
class MunicipalAssociationAdmin(admin.ModelAdmin[MunicipalAssociation]):
    """The three Verbandsgemeinden."""

    list_display = ("name", "key")
    search_fields = ("name",)


@admin.register(Organisation)
class OrganisationAdmin(ContentAdmin):
    """Who takes part in projects."""

    list_display = ("name", "kind", "unit")
    list_filter = ("kind",)
    list_select_related = ("unit",)
    search_fields = ("name",)
    autocomplete_fields = ("unit",)
    fields = ("name", "kind", "unit", "website")


@admin.register(OrganisationUnit)
class OrganisationUnitAdmin(ContentAdmin):
    """Units of the county administration."""

    list_display = ("name", "short_name", "parent", "email")
    list_select_related = ("parent",)
    search_fields = ("name", "short_name")
    autocomplete_fields = ("parent",)
    fields = ("name", "short_name", "parent", "email")
