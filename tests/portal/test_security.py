"""Headers on every page an anonymous visitor can reach, and no cookie on any of them."""

from __future__ import annotations

import pytest
from django.urls import URLPattern, URLResolver, get_resolver

from tests.factories import (
    ChallengeFactory,
    DocumentFactory,
    FieldFactory,
    FindingFactory,
    MunicipalityFactory,
    NewsFactory,
    PackageFactory,
    PageFactory,
    ProjectFactory,
)

pytestmark = pytest.mark.django_db
# The doors of the staff set cookies, and reports are made by POST; they have tests of their own.
NOT_PUBLIC_PAGES = ("konto/", "verwaltung/", "berichte/")
ROWS = {
    "municipality_detail": MunicipalityFactory,
    "news_detail": lambda: NewsFactory(public=True),
    "page_detail": lambda: PageFactory(public=True),
    "media": lambda: DocumentFactory(public=True),
    "field_detail": FieldFactory,
    "finding_detail": lambda: FindingFactory(public=True),
    "challenge_detail": lambda: ChallengeFactory(public=True),
    "package_detail": lambda: PackageFactory(public=True),
    "project_detail": lambda: ProjectFactory(public=True),
}


def public_patterns(patterns=None, prefix=""):
    """Name and route of every address outside the doors."""
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        route = prefix + str(pattern.pattern)
        if route.startswith(NOT_PUBLIC_PAGES):
            continue
        if isinstance(pattern, URLResolver):
            yield from public_patterns(pattern.url_patterns, route)
        elif isinstance(pattern, URLPattern):
            yield pattern.name, route


PATTERNS = dict(public_patterns())


def address(name: str) -> str:
    if "<" not in PATTERNS[name]:
        return f"/{PATTERNS[name]}"
    row = ROWS[name]()
    return row.file.url if name == "media" else row.get_absolute_url()


@pytest.fixture(params=sorted(PATTERNS))
def response(request, client):
    answer = client.get(address(request.param))
    assert answer.status_code == 200, request.param
    if answer.streaming:
        b"".join(answer.streaming_content)
    return answer


def test_every_public_page_has_its_headers_and_no_cookie(response):
    policy = dict(part.strip().partition(" ")[::2] for part in response.headers["Content-Security-Policy"].split(";"))
    assert policy["default-src"] == "'none'"
    assert policy["script-src"] == policy["style-src"] == policy["form-action"] == "'self'"
    assert policy["frame-ancestors"] == policy["base-uri"] == "'none'"
    assert "unsafe" not in response.headers["Content-Security-Policy"]
    assert "http" not in response.headers["Content-Security-Policy"]
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["Referrer-Policy"] == "same-origin"
    assert response.headers["X-Frame-Options"] == "DENY"
    assert "camera=()" in response.headers["Permissions-Policy"]
    assert not response.cookies
    assert "Set-Cookie" not in response.headers


@pytest.mark.parametrize("path", ["/gibt-es-nicht/", "/medien/gibt-es-nicht.pdf"])
def test_missing_pages_have_their_headers_and_no_cookie(client, path):
    response = client.get(path)
    assert response.status_code == 404
    assert "'none'" in response.headers["Content-Security-Policy"]
    assert not response.cookies


def test_session_cookie_is_kept_from_scripts_and_other_sites(client, role, settings):
    settings.ACCOUNT_RATE_LIMITS = False
    person = role("Redaktion")
    person.set_password("lang genug und geheim")
    person.save()
    response = client.post("/konto/login/", {"login": person.username, "password": "lang genug und geheim"})
    cookie = response.cookies["sessionid"]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
