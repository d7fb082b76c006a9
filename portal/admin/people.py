"""Accounts and groups."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.contrib.auth.admin import UserAdmin as DjangoUserAdmin

from portal.models import User


@admin.register(User)
class UserAdmin(DjangoUserAdmin[User]):
    """Accounts of the staff; whoever leaves is made inactive, not deleted."""

    list_display = ("username", "first_name", "last_name", "unit", "role_names", "is_active")
    list_filter = ("is_active", "groups", "unit")
    list_select_related = ("unit",)
    autocomplete_fields = ("unit",)
    filter_horizontal = ("groups",)
    fieldsets = (
        (None, {"fields": ("username", "password")}),
        ("Person", {"fields": ("first_name", "last_name", "email", "unit")}),
        (
            "Rolle",
            {
                "description": "Ohne Mitarbeiter-Status öffnet sich die Verwaltung nicht. Rechte kommen aus der Rolle.",
                "fields": ("is_active", "is_staff", "groups"),
            },
        ),
        ("Zeiten", {"classes": ["collapse"], "fields": ("last_login", "date_joined")}),
    )
    add_fieldsets = (
        (None, {"fields": ("username", "email", "unit", "usable_password", "password1", "password2")}),
        ("Rolle", {"fields": ("is_staff", "groups")}),
    )

    def get_queryset(self, request: Any) -> Any:
        """With the roles, for the list."""
        return super().get_queryset(request).prefetch_related("groups")

    @admin.display(description="Rollen")
    def role_names(self, user: User) -> str:
        """All roles in one line."""
        return ", ".join(group.name for group in user.groups.all()) or "–"
