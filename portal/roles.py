"""Roles: groups of the staff and what each may do. Migrations grant them; the administration assigns people."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.apps import apps as global_apps

if TYPE_CHECKING:
    from collections.abc import Iterable

REDAKTION = "Redaktion"
FACHAMT = "Fachamt"
FOERDERUNG = "Fördermanagement"
VERANSTALTUNGEN = "Veranstaltungsteam"
BEAUFTRAGTE = "Digitalisierungsbeauftragte"
ADMINISTRATION = "Administration"

# Demo login → group. The order is that of the design: who writes first, who runs the house last.
ROLES = {
    "redaktion": REDAKTION,
    "fachamt": FACHAMT,
    "foerderung": FOERDERUNG,
    "veranstaltungen": VERANSTALTUNGEN,
    "beauftragte": BEAUFTRAGTE,
    "admin": ADMINISTRATION,
}
# Roles that see only what belongs to their own organisation unit.
BOUND_TO_UNIT = frozenset({FACHAMT})

WRITE = ("view", "add", "change")
EDIT = ("view", "change")
READ = ("view",)
ALL = ("view", "add", "change", "delete", "publish")


def grant(apps: Any, app_label: str, rights: dict[str, dict[str, Iterable[str]]]) -> None:
    """Give groups permissions on models of one app, inside a migration.

    `rights` maps a group to {model name: actions}. Permissions are made by a signal after all migrations,
    so those of this app are made here first. Running it twice changes nothing.
    """
    from django.contrib.auth.management import create_permissions  # noqa: PLC0415  needs loaded apps

    config = global_apps.get_app_config(app_label)
    create_permissions(config, verbosity=0, apps=global_apps)
    group_model = apps.get_model("auth", "Group")
    permission_model = apps.get_model("auth", "Permission")
    for name, models in rights.items():
        group, _ = group_model.objects.get_or_create(name=name)
        wanted = [f"{action}_{model}" for model, actions in models.items() for action in actions]
        group.permissions.add(*permission_model.objects.filter(content_type__app_label=app_label, codename__in=wanted))


def ungrant(apps: Any, app_label: str, rights: dict[str, dict[str, Iterable[str]]]) -> None:
    """Take back what `grant` gave."""
    permission_model = apps.get_model("auth", "Permission")
    for name in rights:
        for group in apps.get_model("auth", "Group").objects.filter(name=name):
            group.permissions.remove(*permission_model.objects.filter(content_type__app_label=app_label))
