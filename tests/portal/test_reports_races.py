"""Reports under real concurrency: one row for many, one worker for one row, and a heart that beats meanwhile."""

from __future__ import annotations

import time
from datetime import timedelta
from threading import Barrier

import pytest
from django.db import IntegrityError, connection, transaction

from portal.models import Report
from portal.shared import reports
from portal.shared.reports import requests, work
from tests.factories import NOON, PageFactory
from tests.races import together

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]


def ask(*, by=None, is_public=True):
    return reports.request("seite", {"seite": "impressum"}, by=by, is_public=is_public, at=NOON)


def test_many_visitors_at_once_get_one_report():
    PageFactory(public=True, slug="impressum")
    answers = together([ask] * 6)
    assert {answer.pk for answer in answers} == {Report.objects.get().pk}


def test_two_clicks_of_one_person_give_one_internal_report(role):
    PageFactory(public=True, slug="impressum")
    person = role("Redaktion")
    answers = together([lambda: ask(by=person, is_public=False)] * 4)
    assert {answer.pk for answer in answers} == {Report.objects.get().pk}


def test_only_one_worker_claims_a_report():
    PageFactory(public=True, slug="impressum")
    report = ask()
    claims = together([lambda: work._claim(report.pk, at=NOON)] * 4)
    assert sum(claim is not None for claim in claims) == 1


def test_without_the_lock_two_workers_claim_a_report():
    """The control: reading and writing without holding the row lets both have it."""
    PageFactory(public=True, slug="impressum")
    report = ask()
    both_have_read = Barrier(2)

    def claim_without_lock():
        found = Report.objects.filter(pk=report.pk, state="queued").first()
        both_have_read.wait(timeout=5)
        found.state = "running"
        found.save()
        return found

    assert None not in together([claim_without_lock] * 2)


def test_race_lost_against_a_report_that_failed_asks_to_try_again():
    PageFactory(public=True, slug="impressum")
    wanted = ask()
    with pytest.raises(IntegrityError), transaction.atomic():
        Report(kind=wanted.kind, options=wanted.options, fingerprint=wanted.fingerprint, title="x",
               asked_at=NOON, heard_at=NOON).save()  # fmt: skip
    with pytest.raises(reports.ReportBusyError):
        requests.request_lost(wanted)


def test_heart_beats_while_a_step_takes_long(monkeypatch):
    PageFactory(public=True, slug="impressum")
    report = ask()
    monkeypatch.setattr(work, "BEAT_SECONDS", 0.02)
    claim = work._claim(report.pk, at=NOON)
    with work._heartbeat(claim):
        give_up = time.monotonic() + 5
        while report.heard_at == NOON and time.monotonic() < give_up:
            report.refresh_from_db()
    assert NOON < report.heard_at < NOON + timedelta(seconds=10)


def test_heart_stops_when_the_report_was_taken_over(monkeypatch, caplog):
    PageFactory(public=True, slug="impressum")
    report = ask()
    monkeypatch.setattr(work, "BEAT_SECONDS", 0.02)
    claim = work._claim(report.pk, at=NOON)
    Report.objects.update(attempts=2, heard_at=NOON)
    with work._heartbeat(claim):
        time.sleep(0.3)
    report.refresh_from_db()
    assert report.heard_at == NOON
    assert "No more heartbeat" in caplog.text


def test_content_and_fingerprint_are_read_in_one_snapshot():
    PageFactory(public=True, slug="impressum")
    with work.rendering._snapshot(), connection.cursor() as cursor:
        cursor.execute("SHOW transaction_isolation")
        isolation = cursor.fetchone()
        cursor.execute("SHOW transaction_read_only")
        assert (isolation, cursor.fetchone()) == (("repeatable read",), ("on",))
