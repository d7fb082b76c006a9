"""Roles: what the migrations grant, and that nobody holds more than the design says."""

from __future__ import annotations

import pytest
from django.apps import apps
from django.contrib.auth.models import Group, Permission

from portal import roles

pytestmark = pytest.mark.django_db


def permissions(name: str) -> set[str]:
    group = Group.objects.get(name=name)
    return {f"{p.content_type.app_label}.{p.codename}" for p in group.permissions.select_related("content_type")}


def test_roles_exist_and_nothing_else():
    assert set(Group.objects.values_list("name", flat=True)) == set(roles.ROLES.values())


@pytest.mark.parametrize(
    ("name", "may", "may_not"),
    [
        ("Redaktion", "portal.publish_news", "agenda.publish_project"),
        ("Fachamt", "agenda.change_project", "agenda.add_project"),
        ("Fördermanagement", "agenda.change_fundingline", "agenda.change_project"),
        ("Veranstaltungsteam", "portal.change_outgoingmail", "agenda.change_project"),
        ("Digitalisierungsbeauftragte", "agenda.publish_agenda", "portal.change_user"),
        ("Administration", "portal.change_user", "agenda.change_project"),
    ],
)
def test_role_rights(name, may, may_not):
    held = permissions(name)
    assert may in held
    assert may_not not in held


def test_only_the_administration_touches_accounts():
    guarded = {"portal.add_user", "portal.change_user", "portal.delete_user", "auth.change_group"}
    assert {name for name in roles.ROLES.values() if permissions(name) & guarded} == {"Administration"}


def test_grant_twice_changes_nothing_and_ungrant_takes_back():
    before = permissions("Redaktion")
    rights = {"Redaktion": {"page": roles.ALL}}
    roles.grant(apps, "portal", rights)
    assert permissions("Redaktion") == before
    roles.ungrant(apps, "portal", rights)
    assert not {p for p in permissions("Redaktion") if p.startswith("portal.")}
    assert Permission.objects.filter(codename="view_page").exists()
