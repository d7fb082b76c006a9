"""Standing pages: all duties are there, loading again changes nothing, a person's text is kept."""

from __future__ import annotations

from datetime import date

import pytest

from portal import standing_pages
from portal.models import News, Page
from portal.shared import publishing
from tests.factories import NOON, UserFactory

pytestmark = pytest.mark.django_db

DUTIES = ["impressum", "datenschutz", "barrierefreiheit", "barriere-melden"]


def test_load_publishes_every_text(client):
    written = standing_pages.load(at=NOON)
    assert len(written) == Page.objects.public(NOON).count() + News.objects.public(NOON).count() == 10
    for text in standing_pages.CONTENT:
        row = text.model.objects.get(slug=text.slug)
        assert client.get(row.get_absolute_url()).status_code == 200, text.slug


def test_duty_pages_are_linked_from_every_page(client):
    standing_pages.load(at=NOON)
    html = client.get("/").content.decode()
    assert [slug for slug in DUTIES if f'href="/{slug}/"' not in html] == []


def test_load_again_changes_nothing():
    standing_pages.load(at=NOON)
    versions = Page.history.count()
    assert standing_pages.load(at=NOON) == []
    assert Page.history.count() == versions


def test_load_brings_an_outdated_text_up_to_date():
    standing_pages.load(at=NOON)
    page = Page.objects.get(slug="impressum")
    page.body, page._change_reason = "<p>früher</p>", standing_pages.REASON
    page.save()
    assert standing_pages.load(at=NOON) == ["impressum"]
    page.refresh_from_db()
    assert "Medienstaatsvertrag" in page.body


@pytest.mark.parametrize("fields", [{"body": "<p>Eigener Text</p>"}, {"slug": "anbieter"}])
def test_load_keeps_what_a_person_changed(fields):
    standing_pages.load(at=NOON)
    page = Page.objects.get(slug="impressum")
    for name, value in fields.items():
        setattr(page, name, value)
    page._history_user = UserFactory()
    page.save()
    assert standing_pages.load(at=NOON) == []
    assert Page.objects.filter(pk=page.pk, **fields).exists()


def test_load_does_not_bring_back_what_a_person_withdrew_or_deleted():
    standing_pages.load(at=NOON)
    publishing.withdraw(Page.objects.get(slug="ueber-uns"), by=None, reason="nicht gewollt")
    Page.objects.get(slug="leichte-sprache").delete()
    assert standing_pages.load(at=NOON) == []
    assert not Page.objects.filter(slug="leichte-sprache").exists()


def test_accessibility_statement_says_what_the_law_asks_for():
    standing_pages.load(at=NOON)
    page = Page.objects.get(slug="barrierefreiheit")
    assert page.reviewed_on == date(2026, 11, 23)
    for words in ("teilweise vereinbar", "§ 16b", "23. November 2026", "innerhalb eines Monats", "Ombudsstelle"):
        assert words in page.body
