"""The door of the staff: German, closed to newcomers, silent about who has an account."""

from __future__ import annotations

import re

import pytest

from portal.models import OutgoingMail, User
from tests.client import PortalClient
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db
PASSWORD = "lang genug und geheim"


@pytest.fixture
def person():
    user = UserFactory(username="erika", email="erika@example.org")
    user.set_password(PASSWORD)
    user.save()
    return user


@pytest.fixture(autouse=True)
def _no_memory_of_attempts(settings):
    """Attempts are counted in the cache, which outlives a test."""
    settings.ACCOUNT_RATE_LIMITS = False


def sign_in(client, login, password):
    return client.post("/konto/login/", {"login": login, "password": password})


def test_login_page_is_german(client):
    html = client.get("/konto/login/").content.decode()
    assert "<h1>Anmelden</h1>" in html
    assert '<html lang="de"' in html
    assert re.findall(r"Sign In|Password|Forgot", html) == []


@pytest.mark.parametrize("login", ["erika", "erika@example.org"])
def test_staff_sign_in_by_name_or_address(client, person, login):
    assert sign_in(client, login, PASSWORD).headers["Location"] == "/verwaltung/"


def test_wrong_password_does_not_tell_whether_the_account_exists(client, person):
    def said(login):
        response = sign_in(client, login, "verkehrt")
        return response.status_code, response.context["form"].errors

    assert said("erika") == said("niemand")
    assert "existiert nicht" not in str(said("niemand"))
    assert said("erika")[1]


def test_signup_is_closed(client):
    client.get("/konto/signup/")
    fields = {"username": "neu", "email": "neu@example.org", "password1": PASSWORD, "password2": PASSWORD}
    client.post("/konto/signup/", fields)
    assert not User.objects.filter(username="neu").exists()
    assert "Registrier" not in client.get("/konto/login/").content.decode()


def test_administration_leads_strangers_to_the_door(client):
    response = client.get("/verwaltung/", follow=True)
    assert response.redirect_chain[-1] == ("/konto/login/?next=%2Fverwaltung%2F", 302)


def test_people_who_are_no_staff_do_not_reach_the_administration():
    client = PortalClient()
    client.force_login(UserFactory(is_staff=False), backend="django.contrib.auth.backends.ModelBackend")
    assert client.get("/verwaltung/").status_code in {302, 403}
    assert client.get("/verwaltung/portal/page/").status_code in {302, 403}


def test_password_reset_goes_through_the_outbox(client, person, mailoutbox):
    client.post("/konto/password/reset/", {"email": "erika@example.org"})
    mail = OutgoingMail.objects.get()
    assert mailoutbox == []
    assert mail.to == "erika@example.org"
    assert mail.subject == "Neues Passwort für das Portal des Digitalisierungszentrums"
    assert "erika" in mail.text
    link = re.search(r"http://\S+(/konto/password/reset/key/\S+)", mail.text)
    assert link
    assert client.get(link[1], follow=True).status_code == 200


def test_password_reset_answers_strangers_alike_and_writes_nothing(client, person):
    known = client.post("/konto/password/reset/", {"email": "erika@example.org"})
    unknown = client.post("/konto/password/reset/", {"email": "niemand@example.org"})
    assert (known.status_code, known.headers["Location"]) == (unknown.status_code, unknown.headers["Location"])
    assert OutgoingMail.objects.count() == 1


def test_second_password_reset_is_a_second_mail(client, person):
    for _ in range(2):
        client.post("/konto/password/reset/", {"email": "erika@example.org"})
    assert OutgoingMail.objects.count() == 2


def test_staff_may_set_up_a_second_factor(client, person):
    sign_in(client, "erika", PASSWORD)
    door = client.get("/konto/2fa/totp/activate/").headers["Location"]
    assert door.startswith("/konto/reauthenticate/")
    page = client.post(door, {"password": PASSWORD}, follow=True)
    assert page.redirect_chain == [("/konto/2fa/totp/activate/", 302)]
    assert 'name="code"' in page.content.decode()


def test_link_to_a_new_password_is_not_shown_in_the_outbox(client, person, staff):
    client.post("/konto/password/reset/", {"email": "erika@example.org"})
    mail = OutgoingMail.objects.get()
    page = staff("Administration").get(f"/verwaltung/portal/outgoingmail/{mail.pk}/change/", follow=True)
    assert page.status_code == 200
    assert mail.subject in page.content.decode()
    assert "/konto/password/reset/key/" not in page.content.decode()
