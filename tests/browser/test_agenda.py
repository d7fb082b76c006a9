"""The pages of the agenda in a real browser: barriers, widths, and the way along the red thread without scripts."""

from __future__ import annotations

import pytest
from django.urls import reverse

from agenda.models import Assessment, AssessmentRound
from tests.agenda.chains import make_chain
from tests.factories import AgendaFactory, AssessmentFactory, FieldFactory, RoundFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
LOOKS = [(1280, False), (1280, True), (320, False), (320, True)]
LISTS = ["overview", "assessment", "finding_list", "challenge_list", "package_list", "project_list"]


@pytest.fixture
def addresses():
    """Every page type of the agenda, with something on it."""
    agenda, field = AgendaFactory(public=True, title="Agenda 2032"), FieldFactory(title="Netz")
    rows = make_chain(agenda, field)
    kinds = [*Assessment.Applicability.values]
    assessment = RoundFactory(agenda=agenda)
    for level, kind in enumerate([kinds[0]] * 5 + kinds[1:]):
        AssessmentFactory(
            round=assessment,
            field=field if level == 0 else FieldFactory(),
            applicability=kind,
            current_level=level if kind == kinds[0] else None,
            target_level=4,
            status="confirmed",
        )
    AssessmentRound.objects.update(state="published")
    lists = [reverse(f"agenda:{name}") for name in LISTS]
    nonsense = reverse("agenda:project_list") + "?feld=unsinn&q=gibtesnicht"
    return [*lists, nonsense, field.get_absolute_url(), *[row.get_absolute_url() for row in rows]]


@pytest.mark.parametrize(("width", "dark"), LOOKS)
def test_pages_have_no_barrier_and_fit(visit, addresses, width, dark):
    here = visit(width=width, dark=dark)
    for address in addresses:
        page = here.open(address)
        assert (address, here.axe()) == (address, [])
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), address
    here.assert_clean()
    assert here.context.cookies() == []


def test_thread_can_be_followed_without_scripts(visit, addresses):
    here = visit(javascript=False)
    page = here.open(reverse("agenda:overview"))
    page.get_by_role("link", name="Herausforderungen").first.click()
    page.locator("main article a").first.click()
    page.locator("#massnahmen article a").first.click()
    assert page.locator("h1").inner_text().startswith("Projekt")
    page.locator("#befunde ~ article a").first.click()
    assert page.locator("h1").inner_text().startswith("Befund")
    here.assert_clean()


def test_projects_can_be_narrowed_without_scripts(visit, addresses):
    here = visit(width=320, javascript=False)
    page = here.open(reverse("agenda:project_list"))
    page.get_by_label("Stand").select_option(label="Idee")
    page.get_by_role("button", name="Anwenden").click()
    assert page.get_by_role("status").first.inner_text().startswith("0 Projekte")
    page.get_by_role("link", name="Filter entfernen: Stand: Idee").click()
    assert page.get_by_role("status").first.inner_text().startswith("2 Projekte")
