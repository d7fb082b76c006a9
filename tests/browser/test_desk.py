"""The desk in a real browser: signing in, the rich text editor under the strict policy, publishing by hand."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import Group

from portal.models import Page
from tests import factories as make

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
WORD = "ein-langes-Kennwort"


@pytest.fixture
def editor():
    user = make.UserFactory(username="redaktion")
    user.set_password(WORD)
    user.save()
    user.groups.add(Group.objects.get(name="Redaktion"))
    return user


def sign_in(window, path: str) -> None:
    window.open(path)
    window.page.fill("input[name=login]", "redaktion")
    window.page.fill("input[name=password]", WORD)
    window.page.click("main button[type=submit]")
    window.page.wait_for_url(f"**{path}")


def test_editor_writes_and_publishes_a_page_without_html(visit, editor):
    window = visit()
    sign_in(window, "/verwaltung/portal/page/add/")
    page = window.page
    page.fill("#id_title", "Digitallotsen")
    text = page.locator(".prose-editor [contenteditable=true]").first
    text.click()
    page.keyboard.type("Wir helfen gern.")
    page.click("input[name=_continue]")
    page.wait_for_selector(".veroeffentlichung")
    page.locator(".prose-editor [contenteditable=true]").first.click()
    page.keyboard.press("Control+End")
    page.keyboard.type(" Jederzeit.")
    page.click("text=Sichern und veröffentlichen")
    page.wait_for_selector("text=ist veröffentlicht")
    saved = Page.objects.get(slug="digitallotsen")
    assert (saved.body, saved.state) == ("<p>Wir helfen gern. Jederzeit.</p>", "published")
    window.assert_clean()


@pytest.mark.parametrize(
    "path",
    ["/verwaltung/", "/verwaltung/portal/page/", "/verwaltung/portal/news/add/", "/verwaltung/portal/page/{}/history/"],
)
def test_desk_pages_keep_the_policy(visit, editor, path):
    window = visit()
    sign_in(window, path.format(make.PageFactory().pk))
    window.page.wait_for_load_state("networkidle")
    window.assert_clean()
