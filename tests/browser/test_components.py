"""The frame and the building blocks in a real browser: barriers, widths, keyboard, paper."""

from __future__ import annotations

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
LOOKS = [(1280, False), (1280, True), (320, False), (320, True)]


@pytest.fixture(autouse=True)
def _probe_pages(settings):
    settings.ROOT_URLCONF = "tests.browser.pages"


@pytest.mark.parametrize("path", ["/probe/bausteine/", "/probe/fehler/"])
@pytest.mark.parametrize(("width", "dark"), LOOKS)
def test_page_has_no_barrier_and_fits(visit, path, width, dark):
    here = visit(width=width, dark=dark)
    page = here.open(path)
    assert here.axe() == []
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    here.assert_clean()
    assert here.context.cookies() == []


def test_colours_follow_the_visitors_system(visit):
    background = "getComputedStyle(document.body).backgroundColor"
    light = visit().open("/probe/fehler/").evaluate(background)
    dark = visit(dark=True).open("/probe/fehler/").evaluate(background)
    assert light != dark


def test_first_key_reaches_the_skip_link_and_leads_to_the_content(visit):
    page = visit(javascript=False).open("/probe/bausteine/")
    # The summary of errors takes the focus; without it the first stop is the skip link.
    page.goto(page.url.replace("bausteine", "fehler"))
    page.keyboard.press("Tab")
    assert page.locator(":focus").inner_text() == "Zum Inhalt springen"
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.locator(":focus").inner_text() == "Zur Startseite"


def test_menu_opens_by_keyboard_without_script(visit):
    page = visit(width=320, javascript=False).open("/probe/fehler/")
    entry = page.locator(".site-menu a").first
    assert not entry.is_visible()
    page.locator(".site-menu summary").press("Enter")
    assert entry.is_visible()


def test_wide_page_shows_the_navigation_once(visit):
    page = visit().open("/probe/fehler/")
    assert page.get_by_role("navigation", name="Hauptnavigation").is_visible()
    assert not page.locator(".site-menu").is_visible()


def test_summary_of_errors_has_the_focus(visit):
    page = visit().open("/probe/bausteine/")
    assert page.locator(":focus").get_attribute("class") == "error-summary"


def test_paper_shows_the_content_alone(visit):
    page = visit().open("/probe/bausteine/")
    page.emulate_media(media="print")
    assert not page.get_by_role("navigation", name="Hauptnavigation").is_visible()
    assert page.get_by_role("heading", level=1).is_visible()


def test_less_motion_where_it_is_asked_for(visit):
    page = visit().open("/probe/fehler/")
    page.emulate_media(reduced_motion="reduce")
    assert page.evaluate("getComputedStyle(document.documentElement).scrollBehavior") == "auto"


@pytest.mark.parametrize("path", ["/konto/login/", "/konto/password/reset/"])
@pytest.mark.parametrize(("width", "dark"), LOOKS)
def test_signing_in_looks_like_the_portal(visit, path, width, dark):
    here = visit(width=width, dark=dark)
    page = here.open(path)
    assert here.axe() == []
    assert page.locator("header.site-header").is_visible()
    here.assert_clean()
