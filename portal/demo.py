"""Demo logins: one for each role, so that somebody who tries the portal can see every desk."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib.auth.hashers import check_password, make_password
from django.contrib.auth.models import Group
from django.db import transaction

from portal import roles
from portal.embedded.addresses import kept_secret
from portal.models import OrganisationUnit, User
from portal.shared.refusal import RefusedError

if TYPE_CHECKING:
    from pathlib import Path

UNIT = "Hauptverwaltung"


class DemoRefusedError(RefusedError):
    """Known logins on a real database would be an open door."""


def password(data: Path, *, given: str = "") -> str:
    """The password of all demo logins: the given one, or a random one that stays the same for this copy."""
    return given or kept_secret(data / "demo-kennwort", lambda: secrets.token_urlsafe(9))


@transaction.atomic
def make_logins(word: str) -> list[tuple[str, str]]:
    """Make or renew the demo logins with this password; give (login, role). Running it twice changes nothing."""
    if not settings.ON_EMBEDDED_DATABASE:
        raise DemoRefusedError("Demo-Anmeldungen gibt es nur auf der eingebetteten Datenbank.")
    encoded = _encoded(word)
    unit = OrganisationUnit.objects.filter(name__contains=UNIT).first() or OrganisationUnit.objects.first()
    for login, role in roles.ROLES.items():
        user, _made = User.objects.get_or_create(
            username=login,
            defaults={"email": f"{login}@example.org", "is_staff": True, "first_name": "Demo", "last_name": role},
        )
        user.password = encoded
        user.unit = unit if role in roles.BOUND_TO_UNIT else None
        user.save()
        user.groups.set([Group.objects.get(name=role)])
    return list(roles.ROLES.items())


def _encoded(word: str) -> str:
    """One encoding for all: checking a password is dear by design, and each start would do it six times."""
    first = User.objects.filter(username=next(iter(roles.ROLES))).values_list("password", flat=True).first() or ""
    return first if check_password(word, first) else make_password(word)
