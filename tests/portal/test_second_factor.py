"""The second factor: staff see nothing that is not public before they have set one up."""

from __future__ import annotations

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.messages import get_messages

from tests.client import PortalClient


@pytest.fixture(autouse=True)
def _demanded(settings, db):
    settings.STAFF_NEEDS_SECOND_FACTOR = True


@pytest.mark.parametrize("path", ["/verwaltung/", "/berichte/intern/seite/", "/agenda/", "/"])
def test_staff_without_second_factor_are_led_to_set_one_up(staff, path):
    response = staff("Redaktion").get(path)
    assert response.headers["Location"] == "/konto/2fa/"
    assert "zweiten Faktor" in str(next(iter(get_messages(response.wsgi_request))))


def test_staff_without_second_factor_reach_their_account(staff):
    assert not staff("Redaktion").get("/konto/2fa/").headers.get("Location", "").startswith("/konto/2fa/")


def test_staff_with_second_factor_come_in(role):

    user = role("Redaktion")
    Authenticator.objects.create(user=user, type=Authenticator.Type.TOTP, data={"secret": "x"})
    client = PortalClient()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    assert client.get("/").status_code == 200


def test_visitors_and_those_who_are_no_staff_are_left_alone(client, role):
    assert client.get("/").status_code == 200
    client.force_login(role("Redaktion", is_staff=False), backend="django.contrib.auth.backends.ModelBackend")
    assert client.get("/").status_code == 200


def test_second_factor_is_only_offered_where_it_is_not_demanded(staff, settings):
    settings.STAFF_NEEDS_SECOND_FACTOR = False
    assert staff("Redaktion").get("/").status_code == 200
