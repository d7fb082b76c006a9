"""Nothing that is not public appears on a page of the agenda: one test for each surface."""

import pytest
from django.contrib.auth.models import Permission
from django.urls import reverse
from django.utils import timezone

from agenda import home
from agenda.models import AssessmentRound
from portal import roles
from tests.agenda import secrets
from tests.client import PortalClient
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db
LISTS = ["overview", "assessment", "finding_list", "challenge_list", "package_list", "project_list"]
DETAILS = ["field", "finding", "challenge", "package", "project", "merged"]


@pytest.fixture
def rows():
    return secrets.plant()


@pytest.fixture
def member():
    """Somebody who is signed in but not of the staff."""
    client = PortalClient()
    client.force_login(UserFactory(is_staff=False), backend="django.contrib.auth.backends.ModelBackend")
    return client


def _address(surface, rows):
    return reverse(f"agenda:{surface}") if surface in LISTS else getattr(rows, surface).get_absolute_url()


@pytest.mark.parametrize("surface", [*LISTS, *DETAILS])
def test_page_shows_no_secret(rows, client, member, staff, surface):
    address = _address(surface, rows)
    for visitor in (client, member, staff(roles.REDAKTION)):
        response = visitor.get(address)
        assert (response.status_code, response.content.decode().split(secrets.WORD)[1:]) == (200, [])


def test_page_of_what_is_not_public_is_not_there(rows, client, member):
    for visitor in (client, member):
        answers = {str(row): visitor.get(row.get_absolute_url()).status_code for row in rows.hidden}
        assert set(answers.values()) == {404}, answers


def test_page_of_what_is_not_public_is_not_there_for_staff_without_the_right(rows, client):
    client.force_login(UserFactory(is_staff=True), backend="django.contrib.auth.backends.ModelBackend")
    assert {client.get(row.get_absolute_url()).status_code for row in rows.hidden} == {404}


def test_right_without_staff_gives_no_preview(rows, client):
    user = UserFactory(is_staff=False)
    user.user_permissions.add(*Permission.objects.filter(codename__startswith="view_"))
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    assert {client.get(row.get_absolute_url()).status_code for row in rows.hidden} == {404}


def test_preview_shows_staff_what_is_not_public(rows, staff):
    client = staff(roles.REDAKTION)
    for row in rows.hidden:
        response = client.get(row.get_absolute_url())
        page = response.content.decode()
        assert (response.status_code, "Vorschau" in page, row.title in page) == (200, True, True), row
        assert "no-store" in response.headers["Cache-Control"]


def test_preview_leaves_out_what_is_never_public(rows, staff):
    rows.project.state = "draft"
    rows.project.save()
    page = staff(roles.REDAKTION).get(rows.project.get_absolute_url()).content.decode()
    assert "Vorschau" in page
    for place in ("milestone", "evidence", "unit"):
        assert secrets.secret(place) not in page


def test_preview_of_an_agenda_that_is_public_is_its_page(rows, staff):
    response = staff(roles.REDAKTION).get(reverse("agenda:overview"), {"vorschau": rows.agenda.slug})
    page = response.content.decode()
    assert ("Vorschau" in page, secrets.WORD in page) == (False, False)


def test_preview_of_a_draft_agenda_is_for_staff(client, staff):
    draft = secrets.make.AgendaFactory(title="Entwurf 2033")
    address = reverse("agenda:overview") + f"?vorschau={draft.slug}"
    assert "Entwurf 2033" not in client.get(address).content.decode()
    response = staff(roles.REDAKTION).get(address)
    assert "Entwurf 2033" in response.content.decode()
    assert "no-store" in response.headers["Cache-Control"]


def test_public_page_may_be_kept(rows, client):
    assert "no-store" not in client.get(rows.project.get_absolute_url()).headers.get("Cache-Control", "")


def test_round_that_is_not_published_cannot_be_asked_for(rows, client):
    closed = AssessmentRound.objects.get(state="closed")
    page = client.get(reverse("agenda:assessment") + f"?runde={closed.reference_date}").content.decode()
    assert "Erhebung 2025" in page
    assert secrets.WORD not in page


def test_search_does_not_find_by_secrets(rows, client):
    response = client.get(reverse("agenda:project_list"), {"q": secrets.WORD})
    assert response.context["paginator"].count == 0


def test_home_contract_shows_no_secret(rows):
    at = timezone.now()
    assert secrets.WORD not in str([home.chain(at), home.teasers(at=at)])
    place = secrets.make.MunicipalityFactory()
    assert secrets.WORD not in str(home.teasers(at=at, municipality=place))
