"""Pages of reports: anybody may ask without a cookie, and only who may gets the file."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from portal.celery import app
from portal.models import Page, Report
from portal.shared import reports
from portal.shared.reports import requests, storing
from tests.factories import PageFactory, UserFactory


@pytest.fixture(autouse=True)
def page(db):
    return PageFactory(public=True, slug="impressum", title="Impressum", body="<p>Der Landkreis.</p>")


def ask(*, by=None, is_public=True, is_made=True):
    now = timezone.now()
    report = reports.request("seite", {"seite": "impressum"}, by=by, is_public=is_public, at=now)
    if is_made:
        reports.render(report.pk, at=now)
        report.refresh_from_db()
    return report


def file_of(report):
    return f"/berichte/{report.public_id}/datei/"


def body_of(response):
    return b"".join(response.streaming_content)


# --- Asking ---


def test_visitor_asks_without_cookie_and_is_led_to_the_page():
    visitor = Client(enforce_csrf_checks=True)
    response = visitor.post("/berichte/seite/", {"seite": "impressum"})
    report = Report.objects.get()
    assert response.headers["Location"] == report.get_absolute_url()
    assert (report.is_public, report.asked_by) == (True, None)
    visitor.get(report.get_absolute_url())
    assert visitor.cookies == {}


def test_asking_nudges_a_worker_when_the_row_is_written(client, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks() as callbacks:
        client.post("/berichte/seite/", {"seite": "impressum"})
    assert len(callbacks) == 1
    ask()
    with django_capture_on_commit_callbacks() as callbacks:
        client.post("/berichte/seite/", {"seite": "impressum"})
    assert callbacks == []


@pytest.fixture
def queue_out_of_reach():
    before, app.conf.broker_url = app.conf.broker_url, "redis+socket:///nowhere/valkey"
    app._after_fork()  # forgets open connections
    yield
    app.conf.broker_url = before
    app._after_fork()


@pytest.mark.usefixtures("queue_out_of_reach")
def test_a_queue_that_cannot_be_reached_does_not_break_the_page(client, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        response = client.post("/berichte/seite/", {"seite": "impressum"})
    assert response.status_code == 302
    assert Report.objects.get().state == "queued"


@pytest.mark.parametrize(
    "headers", [{"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://boese.example"}, {"Origin": "null"}]
)
def test_asking_from_another_site_is_refused(client, headers):
    assert client.post("/berichte/seite/", {"seite": "impressum"}, headers=headers).status_code == 403
    assert Report.objects.count() == 0


def test_asking_from_the_own_site_is_fine(client):
    headers = {"Sec-Fetch-Site": "same-origin", "Origin": "http://testserver"}
    assert client.post("/berichte/seite/", {"seite": "impressum"}, headers=headers).status_code == 302


def test_asking_by_get_is_not_possible(client):
    assert client.get("/berichte/seite/").status_code == 405


def test_asking_for_what_is_not_there_says_why(client):
    response = client.post("/berichte/seite/", {"seite": "geheim"})
    assert response.status_code == 404
    assert "gibt es nicht oder sie ist nicht öffentlich" in response.content.decode()


def test_asking_when_too_many_wait_says_when_to_come_back(client, monkeypatch):
    monkeypatch.setattr(requests, "MAX_UNFINISHED_PUBLIC", 0)
    response = client.post("/berichte/seite/", {"seite": "impressum"})
    assert (response.status_code, response.headers["Retry-After"]) == (503, "120")
    assert "in einigen Minuten" in response.content.decode()


def test_staff_ask_for_the_internal_version(staff):
    response = staff("Redaktion").post("/berichte/intern/seite/", {"seite": "impressum"})
    report = Report.objects.get()
    assert (response.status_code, report.is_public) == (302, False)
    assert report.asked_by is not None


def test_internal_version_is_protected_against_forgery(role):
    client = Client(enforce_csrf_checks=True)
    client.force_login(role("Redaktion"), backend="django.contrib.auth.backends.ModelBackend")
    assert client.post("/berichte/intern/seite/", {"seite": "impressum"}).status_code == 403


def test_internal_version_needs_the_right(client, staff):
    assert client.post("/berichte/intern/seite/", {"seite": "impressum"}).status_code == 302
    assert staff("Fachamt").post("/berichte/intern/seite/", {"seite": "impressum"}).status_code == 404
    assert Report.objects.count() == 0


# --- Watching ---


def test_page_of_a_waiting_report_asks_itself_again_with_and_without_script(client):
    html = client.get(ask(is_made=False).get_absolute_url()).content.decode()
    assert 'hx-trigger="every 2s"' in html
    assert '<noscript><meta http-equiv="refresh" content="3"></noscript>' in html
    assert "vendor/htmx/" in html


def test_page_of_a_finished_report_offers_the_file_and_no_longer_asks(client):
    report = ask()
    html = client.get(report.get_absolute_url()).content.decode()
    assert file_of(report) in html
    assert report.sha256 in html
    assert "2 Seiten" in html
    assert "hx-get" not in html
    assert "htmx.min.js" not in html
    assert 'http-equiv="refresh"' not in html


def test_page_of_a_failed_report_says_why_and_offers_to_try_again(client):
    report = ask(is_made=False)
    Report.objects.update(state="failed", error="Das Papier ist aus.")
    html = client.get(report.get_absolute_url()).content.decode()
    assert "Das Papier ist aus." in html
    again = client.post(f"/berichte/{report.public_id}/neu/")
    newest = Report.objects.latest("pk")
    assert newest != report
    assert again.headers["Location"] == newest.get_absolute_url()


def test_script_gets_only_the_changed_part(client):
    report = ask(is_made=False)
    path = report.get_absolute_url()
    part = client.get(path, headers={"HX-Request": "true"}).content.decode()
    assert part.lstrip().startswith('<div class="stack" id="bericht"')
    assert client.get(f"{path}?gesehen=queued-0", headers={"HX-Request": "true"}).status_code == 204
    assert client.get(f"{path}?gesehen=queued-5", headers={"HX-Request": "true"}).status_code == 200


def test_page_offers_to_make_a_lost_file_anew(client):
    report = ask()
    storing.remove(report.file.name)
    assert "Neu erstellen" in client.get(report.get_absolute_url()).content.decode()
    client.post(f"/berichte/{report.public_id}/neu/")
    report.refresh_from_db()
    assert report.state == "queued"


def test_page_is_never_kept_by_a_cache(client):
    assert client.get(ask().get_absolute_url()).headers["Cache-Control"] == "no-store"


# --- Fetching ---


def test_everybody_may_fetch_a_public_report(client):
    report = ask()
    response = client.get(file_of(report))
    assert len(body_of(response)) == report.size
    assert response.headers["Content-Type"] == "application/pdf"
    made_on = f"{timezone.localdate(report.made_at):%Y-%m-%d}"
    assert response.headers["Content-Disposition"] == f'attachment; filename="impressum-{made_on}.pdf"'
    assert response.headers["ETag"] == f'"{report.sha256}"'


def test_an_unchanged_file_is_not_sent_twice(client):
    report = ask()
    response = client.get(file_of(report), headers={"If-None-Match": f'"{report.sha256}"'})
    assert response.status_code == 304


@pytest.mark.parametrize("is_made", [True, False])
def test_without_a_file_the_page_is_shown_instead(client, is_made):
    report = ask(is_made=is_made)
    storing.remove(report.file.name)
    assert client.get(file_of(report)).headers["Location"] == report.get_absolute_url()


def test_outdated_public_report_goes_only_to_staff(client, staff, page):
    report = ask()
    page.save()
    assert client.get(file_of(report)).headers["Location"] == report.get_absolute_url()
    html = client.get(report.get_absolute_url()).content.decode()
    assert "Neu erstellen" in html
    assert file_of(report) not in html
    reader = staff("Redaktion")
    assert len(body_of(reader.get(file_of(report)))) == report.size
    assert file_of(report) in reader.get(report.get_absolute_url()).content.decode()


def test_report_of_withdrawn_content_is_gone_for_visitors(client, staff):
    report = ask()
    Page.objects.update(state="withdrawn")
    assert client.get(report.get_absolute_url()).status_code == 404
    assert client.get(file_of(report)).status_code == 404
    assert staff("Redaktion").get(report.get_absolute_url()).status_code == 200


def test_internal_report_goes_to_who_asked_and_to_who_may_see_such_content(client, role):
    asker = role("Redaktion")
    report = ask(by=asker, is_public=False)
    assert status_for(asker, report) == 200
    assert status_for(role("Digitalisierungsbeauftragte"), report) == 200
    assert status_for(role("Fachamt"), report) == 404
    assert status_for(UserFactory(is_staff=False), report) == 404
    assert client.get(file_of(report)).status_code == 404
    assert client.get(report.get_absolute_url()).status_code == 404


def test_internal_report_is_closed_to_an_asker_who_lost_the_right(role):
    asker = role("Redaktion")
    report = ask(by=asker, is_public=False)
    asker.groups.clear()
    assert status_for(type(asker).objects.get(pk=asker.pk), report) == 404


def test_internal_report_of_a_kind_that_is_gone_is_closed(role):
    asker = role("Redaktion")
    report = ask(by=asker, is_public=False)
    Report.objects.update(kind="abgeschafft")
    assert status_for(asker, report) == 404


def test_internal_report_can_be_made_anew_by_who_may_see_it(role, staff):
    asker = role("Redaktion")
    report = ask(by=asker, is_public=False, is_made=False)
    Report.objects.update(state="failed", error="Fehler", asked_at=timezone.now() - timedelta(hours=1))
    client = signed_in(asker)
    assert "csrfmiddlewaretoken" in client.get(report.get_absolute_url()).content.decode()
    assert client.post(f"/berichte/{report.public_id}/neu/intern/").status_code == 302
    assert Report.objects.filter(is_public=False, state="queued").count() == 1
    assert client.post(f"/berichte/{report.public_id}/neu/").status_code == 404
    assert staff("Fachamt").post(f"/berichte/{report.public_id}/neu/intern/").status_code == 404


def signed_in(user):
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def status_for(user, report):
    response = signed_in(user).get(file_of(report))
    if response.streaming:
        body_of(response)
    return response.status_code
