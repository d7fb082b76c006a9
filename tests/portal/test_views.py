"""The portal's own pages: home, news, standing pages, municipalities, error pages."""

from __future__ import annotations

from datetime import timedelta
from xml.etree import ElementTree as ET

import pytest
from django.test import Client
from django.utils import timezone

from tests.factories import (
    AgendaFactory,
    ChallengeFactory,
    ImageFactory,
    MunicipalityFactory,
    NewsFactory,
    PageFactory,
    ProjectFactory,
)

pytestmark = pytest.mark.django_db
MOST_QUERIES = 12


def text(response) -> str:
    assert response.status_code == 200
    return response.content.decode()


def test_home_shows_navigation_news_and_footer(client):
    NewsFactory(title="Frisch gemeldet", public=True)
    NewsFactory(title="Noch geheim")
    PageFactory(title="Impressum", slug="impressum", is_in_footer=True, public=True)
    html = text(client.get("/"))
    assert "Frisch gemeldet" in html
    assert 'href="/impressum/"' in html
    assert 'href="/agenda/"' in html
    assert "Noch geheim" not in html


@pytest.mark.parametrize("path", ["/", "/aktuelles/", "/gemeinden/", "/agenda/"])
def test_every_page_says_when_the_content_is_an_example(client, path):
    agenda = AgendaFactory(public=True)
    assert "Beispielinhalt:" not in text(client.get(path))
    agenda.is_example = True
    agenda.save()
    assert "Beispielinhalt:" in text(client.get(path))


@pytest.mark.parametrize(
    ("path", "make"),
    [
        ("/", lambda: NewsFactory(public=True)),
        ("/aktuelles/", lambda: NewsFactory(public=True)),
        ("/gemeinden/", MunicipalityFactory),
        ("/sitemap.xml", lambda: (NewsFactory(public=True), ProjectFactory(public=True), MunicipalityFactory())),
    ],
)
def test_page_takes_the_same_queries_for_one_row_and_three(client, path, make, django_assert_max_num_queries):
    make()
    client.get(path)
    with django_assert_max_num_queries(MOST_QUERIES) as one:
        client.get(path)
    make()
    make()
    with django_assert_max_num_queries(MOST_QUERIES) as three:
        client.get(path)
    assert len(three) == len(one)


def test_news_list_has_pages(client):
    for _ in range(11):
        NewsFactory(public=True)
    assert text(client.get("/aktuelles/")).count("<article") <= 10
    assert client.get("/aktuelles/?page=2").status_code == 200
    assert client.get("/aktuelles/?page=99").status_code == 404


def test_news_shows_its_image(client):
    news = NewsFactory(public=True, image=ImageFactory(alt_text="Ein Glasfaserkabel"))
    assert 'alt="Ein Glasfaserkabel"' in text(client.get(news.get_absolute_url()))


@pytest.mark.parametrize("factory", [PageFactory, NewsFactory])
def test_draft_does_not_exist_for_strangers(client, factory):
    assert client.get(factory().get_absolute_url()).status_code == 404


@pytest.mark.parametrize("factory", [PageFactory, NewsFactory])
def test_page_outside_its_window_does_not_exist_for_strangers(client, factory):
    now = timezone.now()
    later = factory(public=True, public_from=now + timedelta(days=1))
    over = factory(public=True, public_until=now - timedelta(days=1))
    assert [client.get(row.get_absolute_url()).status_code for row in (later, over)] == [404, 404]


@pytest.mark.parametrize("factory", [PageFactory, NewsFactory])
def test_staff_see_a_marked_preview(staff, factory):
    person = staff("Redaktion")
    assert "nicht öffentlich" in text(person.get(factory(body="<p>Text</p>").get_absolute_url()))
    assert "nicht öffentlich" not in text(person.get(factory(public=True).get_absolute_url()))


def test_municipality_shows_what_is_done_there(client, django_assert_max_num_queries):
    place = MunicipalityFactory(name="Arneburg")
    project = ProjectFactory(title="Glasfaser", public=True)
    project.municipalities.add(place)
    with django_assert_max_num_queries(MOST_QUERIES):
        html = text(client.get(place.get_absolute_url()))
    assert "Arneburg" in html
    assert "Glasfaser" in html
    assert client.get("/gemeinden/nirgendwo/").status_code == 404


def test_sitemap_lists_what_is_public_and_nothing_else(client):
    public = [PageFactory(public=True), NewsFactory(public=True), ChallengeFactory(public=True), MunicipalityFactory()]
    hidden = [PageFactory(), NewsFactory(), ChallengeFactory()]
    response = client.get("/sitemap.xml")
    assert response.headers["Content-Type"].startswith("application/xml")
    found = [element.text for element in ET.fromstring(response.content).iter() if element.tag.endswith("loc")]  # noqa: S314  our own
    paths = [address.partition("testserver")[2] for address in found]
    assert {row.get_absolute_url() for row in public} <= set(paths)
    assert {row.get_absolute_url() for row in hidden}.isdisjoint(paths)
    assert len(paths) == len(set(paths))
    assert {client.get(path).status_code for path in paths} == {200}


def test_missing_page_has_the_frame(client):
    response = client.get("/gibt-es-nicht/")
    assert response.status_code == 404
    assert 'class="site-header"' in response.content.decode()


def test_forbidden_page_has_the_frame():
    response = Client(enforce_csrf_checks=True).post("/konto/login/", {"login": "x", "password": "y"})
    assert response.status_code == 403


@pytest.mark.urls("tests.portal.broken_urls")
@pytest.mark.parametrize(("path", "status"), [("/400/", 400), ("/403/", 403), ("/500/", 500)])
def test_error_page_has_the_frame(path, status):
    response = Client(raise_request_exception=False).get(path)
    assert response.status_code == status
    html = response.content.decode()
    assert '<html lang="de">' in html
    assert 'class="site-header"' in html
    assert "geheim" not in html
