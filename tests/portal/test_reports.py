"""Reports: asked for once, made once, taken up again, tidied away."""

from __future__ import annotations

import hashlib
import os
from datetime import timedelta

import pytest

from portal.models import Page, Report
from portal.shared import reports, tasks
from portal.shared.reports import requests, storing, sweeps, work
from tests.factories import NOON, PageFactory, UserFactory

MINUTE = timedelta(minutes=1)


@pytest.fixture
def page(db):
    return PageFactory(public=True, slug="impressum", title="Impressum", body="<h2>Anbieter</h2><p>Der Landkreis.</p>")


def ask(*, by=None, is_public=True, at=NOON, **options):
    return reports.request("seite", {"seite": "impressum"} | options, by=by, is_public=is_public, at=at)


def made(**given):
    report = ask(**given)
    assert reports.render(report.pk, at=report.asked_at)
    report.refresh_from_db()
    return report


def test_request_writes_a_waiting_row(page):
    report = ask()
    assert (report.state, report.title, report.options) == ("queued", "Impressum", {"seite": "impressum"})
    assert (report.asked_by, report.asked_at, report.heard_at) == (None, NOON, NOON)


def test_request_gives_the_same_report_for_the_same_content(page):
    first = made()
    assert ask(at=NOON + MINUTE) == first
    assert Report.objects.count() == 1


def test_request_gives_a_new_report_when_the_content_changed(page):
    first = made()
    page.save()
    assert ask() != first


def test_request_refuses_what_is_not_public(page):
    Page.objects.update(state="withdrawn")
    with pytest.raises(reports.ReportRefusedError, match="nicht öffentlich"):
        ask()


@pytest.mark.parametrize(("kind", "options"), [("unbekannt", {}), ("seite", {}), ("seite", {"seite": "gibt-es-nicht"})])
def test_request_refuses_what_it_does_not_know(db, kind, options):
    with pytest.raises(reports.ReportRefusedError):
        reports.request(kind, options, by=None, is_public=True, at=NOON)


def test_request_of_an_internal_version_needs_the_right(page, role):
    for by in (None, UserFactory(), role("Fachamt")):
        with pytest.raises(reports.ReportRefusedError, match="interne Fassung"):
            ask(by=by, is_public=False)
    assert ask(by=role("Redaktion"), is_public=False).is_public is False


def test_internal_report_is_made_once_for_each_person(page, role):
    anna, bernd = role("Redaktion"), role("Redaktion")
    first = ask(by=anna, is_public=False)
    assert ask(by=anna, is_public=False) == first
    assert ask(by=bernd, is_public=False) != first


def test_too_many_waiting_public_reports_are_refused(page, monkeypatch):
    monkeypatch.setattr(requests, "MAX_UNFINISHED_PUBLIC", 1)
    ask()
    PageFactory(public=True, slug="datenschutz")
    with pytest.raises(reports.ReportBusyError, match="in einigen Minuten"):
        ask(seite="datenschutz")


def test_render_stores_the_whole_file_with_its_checksum(page):
    report = made()
    with storing.open_stored(report.file.name) as file:
        content = file.read()
    assert (report.state, report.progress, report.attempts) == ("done", 100, 1)
    assert (report.sha256, report.size) == (hashlib.sha256(content).hexdigest(), len(content))
    assert report.pages == 2
    assert content.startswith(b"%PDF-1.7")


def test_render_of_a_finished_report_does_nothing(page):
    report = made()
    assert not reports.render(report.pk, at=NOON)
    assert not reports.render(0, at=NOON)


def test_failed_render_says_why_and_can_be_asked_again(page):
    report = ask()
    page.body = '<p><img src="https://example.org/bild.png" alt="Ein Bild"></p>'
    Page.objects.filter(pk=page.pk).update(body=page.body)
    assert not reports.render(report.pk, at=NOON)
    report.refresh_from_db()
    assert (report.state, report.file.name) == ("failed", "")
    assert report.error == "Das Dokument verweist auf eine Datei, die es im Portal nicht gibt."
    again = ask()
    assert again != report
    assert again.state == "queued"


def test_unexpected_fault_fails_without_technical_words(page, caplog):
    report = ask()
    Report.objects.filter(pk=report.pk).update(options=["kein", "Verzeichnis"])
    assert not reports.render(report.pk, at=NOON)
    report.refresh_from_db()
    assert report.error == work.BROKEN
    assert "AttributeError" in caplog.text


def test_render_notes_which_content_it_really_shows(page):
    report = ask()
    asked_for = report.fingerprint
    page.save()
    reports.render(report.pk, at=NOON)
    report.refresh_from_db()
    assert report.fingerprint != asked_for
    assert ask() == report


def test_render_fails_when_the_changed_content_was_asked_for_by_another(page):
    report = ask()
    page.save()
    newer = ask()
    reports.render(report.pk, at=NOON)
    report.refresh_from_db()
    assert (report.state, report.error) == ("failed", work.OVERTAKEN)
    assert ask() == newer


def test_result_of_a_worker_that_was_taken_over_is_thrown_away(page):
    report = ask()
    claim = work._claim(report.pk, at=NOON)
    reports.take_up(at=NOON + 2 * MINUTE)
    assert reports.render(report.pk, at=NOON + 2 * MINUTE)
    with pytest.raises(work.TakenOverError):
        claim.tell(50, "zu spät")
    with pytest.raises(work.TakenOverError):
        claim.locked()
    work._fail(claim, "zu spät")
    report.refresh_from_db()
    assert (report.state, report.attempts) == ("done", 2)


def test_take_up_queues_what_nobody_has_heard_of(page):
    report = ask()
    work._claim(report.pk, at=NOON)
    assert reports.take_up(at=NOON + MINUTE) == []
    assert reports.take_up(at=NOON + MINUTE + timedelta(seconds=1)) == [report.pk]
    report.refresh_from_db()
    assert (report.state, report.attempts) == ("queued", 1)


def test_take_up_gives_up_after_three_attempts(page):
    report = ask()
    at = NOON
    for _ in range(sweeps.MAX_ATTEMPTS):
        work._claim(report.pk, at=at)
        at += 2 * MINUTE
        reports.take_up(at=at)
    report.refresh_from_db()
    assert (report.state, report.error, report.attempts) == ("failed", sweeps.GAVE_UP, 3)


def test_task_makes_a_report_that_the_sweep_found(page, settings):
    settings.CELERY_TASK_ALWAYS_EAGER = True
    report = ask(at=NOON - timedelta(days=400))
    tasks.take_up_reports.app.conf.task_always_eager = True
    try:
        assert tasks.take_up_reports() == 1
    finally:
        tasks.take_up_reports.app.conf.task_always_eager = False
    report.refresh_from_db()
    assert report.state == "done"


def test_done_report_whose_file_vanished_is_made_anew(page):
    report = made()
    storing.remove(report.file.name)
    assert reports.is_lost(report)
    assert ask(at=NOON + MINUTE) == report
    report.refresh_from_db()
    assert (report.state, report.attempts) == ("queued", 0)
    assert reports.render(report.pk, at=NOON + MINUTE)


def test_restart_queues_a_failed_report(page):
    report = ask()
    Report.objects.update(state="failed", error="Fehler", attempts=3)
    person = UserFactory()
    again = reports.restart(report, by=person, at=NOON + MINUTE)
    assert (again.state, again.attempts, again.error, again.asked_by) == ("queued", 0, "", person)


def test_restart_leaves_others_as_they_are(page):
    report = made()
    assert reports.restart(report, by=None, at=NOON).state == "done"


def test_restart_is_refused_when_the_same_report_is_there(page):
    failed = ask()
    Report.objects.update(state="failed", error="Fehler")
    ask()
    with pytest.raises(reports.ReportRefusedError, match="liegt schon vor"):
        reports.restart(failed, by=None, at=NOON)


def test_tidy_deletes_superseded_reports_after_a_week(page, django_capture_on_commit_callbacks):
    old = made()
    page.save()
    new = made(at=NOON + MINUTE)
    assert reports.tidy(at=NOON + timedelta(days=6)) == 0
    with django_capture_on_commit_callbacks(execute=True):
        assert reports.tidy(at=NOON + timedelta(days=8)) == 1
    assert list(Report.objects.all()) == [new]
    assert not storing.is_there(old.file.name)
    assert storing.is_there(new.file.name)


def test_tidy_deletes_failed_reports_after_a_month(page):
    ask()
    Report.objects.update(state="failed", error="Fehler")
    assert reports.tidy(at=NOON + timedelta(days=29)) == 0
    assert reports.tidy(at=NOON + timedelta(days=31)) == 1


def test_tidy_deletes_half_files_of_dead_workers(page):
    report = made()
    half = storing.write_unfinished("abc-1.pdf", b"%PDF")
    orphan = half.with_name("waise.pdf")
    orphan.write_bytes(b"%PDF")
    for path in (half, orphan, half.with_name(report.file.name)):
        os.utime(path, (NOON.timestamp(), NOON.timestamp()))
    assert reports.tidy(at=NOON + timedelta(minutes=59)) == 0
    assert reports.tidy(at=NOON + timedelta(minutes=61)) == 2
    assert storing.is_there(report.file.name)
