"""Pages of reports in a real browser: they tell how far the work is, with and without JavaScript."""

from __future__ import annotations

import pytest
from django.utils import timezone

from portal.models import Report
from portal.shared import reports
from tests.factories import PageFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
LOOKS = [(1280, False), (1280, True), (320, False), (320, True)]


def asked():
    now = timezone.now()
    PageFactory(public=True, slug="impressum", title="Impressum")
    return reports.request("seite", {"seite": "impressum"}, by=None, is_public=True, at=now)


def waiting():
    return asked()


def failed():
    report = asked()
    Report.objects.update(state="failed", error="Das Papier ist aus.")
    return report


def done():
    report = asked()
    reports.render(report.pk, at=report.asked_at)
    return report


def outdated():
    report = done()
    Report.objects.update(fingerprint="0" * 64)
    return report


@pytest.mark.parametrize("state", [waiting, failed, done, outdated])
def test_page_has_no_barrier_and_fits(visit, state):
    path = state().get_absolute_url()
    for width, dark in LOOKS:
        here = visit(width=width, dark=dark)
        page = here.open(path)
        assert here.axe() == []
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
        here.assert_clean()
        assert here.context.cookies() == []


def test_progress_arrives_without_loading_the_page_again(visit):
    report = asked()
    here = visit()
    page = here.open(report.get_absolute_url())
    page.evaluate("window.isSamePage = true")
    Report.objects.update(state="running", progress=30, progress_text="Seiten werden gesetzt")
    page.get_by_text("Seiten werden gesetzt").wait_for(timeout=5000)
    Report.objects.update(state="queued", progress=0)
    reports.render(report.pk, at=timezone.now())
    page.get_by_text("Das Dokument ist fertig.").wait_for(timeout=5000)
    assert page.evaluate("window.isSamePage")
    with page.expect_download() as download:
        page.get_by_role("link", name="Impressum").click()
    assert download.value.suggested_filename.endswith(".pdf")
    here.assert_clean()


def test_progress_arrives_without_javascript(visit):
    report = asked()
    page = visit(javascript=False).open(report.get_absolute_url())
    reports.render(report.pk, at=timezone.now())
    page.get_by_text("Das Dokument ist fertig.").wait_for(timeout=8000)


def test_failed_report_is_started_again_by_a_button(visit):
    report = failed()
    here = visit(javascript=False)
    page = here.open(report.get_absolute_url())
    page.get_by_role("button", name="Noch einmal versuchen").click()
    page.get_by_text("Das Dokument wird erstellt").first.wait_for(timeout=5000)
    assert Report.objects.filter(state="queued").count() == 1
    assert here.context.cookies() == []
