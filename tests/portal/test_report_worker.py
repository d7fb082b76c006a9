"""A real worker makes reports; killed in the middle it leaves nothing half done, and another one goes on."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from django.db import connection
from django.utils import timezone

from portal.models import Report
from portal.shared import reports, tasks
from portal.shared.reports import sweeps
from tests.factories import PageFactory
from tests.portal import slow_reports

pytestmark = [pytest.mark.machine, pytest.mark.django_db(transaction=True)]

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def data(tmp_path, settings, monkeypatch):
    """The worker is another process: it must store where this one looks."""
    monkeypatch.setenv("PORTAL_DATA", str(tmp_path))
    monkeypatch.setenv("SLOW_REPORT_SIGNS", str(tmp_path))
    return tmp_path


def database_url():
    """The address of the test's own database, made from that of the server."""
    before, _, parameters = os.environ["DATABASE_URL"].partition("?")
    address = f"{before.rpartition('/')[0]}/{connection.settings_dict['NAME']}"
    return f"{address}?{parameters}" if parameters else address


@contextmanager
def worker():
    """A Celery worker in a process group of its own, so that the test can kill all of it."""
    command = ["-m", "celery", "-A", "tests.portal.slow_reports", "worker", "--concurrency=1", "--loglevel=WARNING"]
    process = subprocess.Popen(
        [sys.executable, *command, "--without-gossip", "--without-mingle", "--without-heartbeat", "--pool=prefork"],
        cwd=ROOT,
        env=os.environ
        | {
            "DATABASE_URL": database_url(),
            "REDIS_URL": django_settings.REDIS_URL,
            "DJANGO_SETTINGS_MODULE": "portal.settings",
        },
        start_new_session=True,
    )
    try:
        yield process
    finally:
        kill(process)


def kill(process):
    """As a power cut would: no goodbye, the children too."""
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGKILL)
    process.wait(timeout=10)


def wait_for(happens, *, seconds=20):
    give_up = time.monotonic() + seconds
    while not (result := happens()):
        assert time.monotonic() < give_up, "it did not happen in time"
        time.sleep(0.1)
    return result


def state_of(report):
    report.refresh_from_db()
    return report.state


def fetched(client, path):
    return b"".join(client.get(f"{path}datei/").streaming_content)


def test_worker_makes_what_a_visitor_asked_for(data, client):
    PageFactory(public=True, slug="impressum", title="Impressum")
    with worker():
        path = client.post("/berichte/seite/", {"seite": "impressum"}).headers["Location"]
        wait_for(lambda: "Das Dokument ist fertig" in client.get(path).content.decode())
    assert fetched(client, path).startswith(b"%PDF")


def test_killed_worker_leaves_no_half_file_and_another_goes_on(data, client):
    path = client.post("/berichte/langsam/").headers["Location"]
    report = Report.objects.get(kind=slow_reports.KIND)
    with worker() as first:
        wait_for((data / slow_reports.STARTED).exists)
        kill(first)
    assert (state_of(report), report.attempts) == ("running", 1)
    assert [found.name for found in (data / "reports").glob("*")] == []

    (data / slow_reports.GO).touch()
    later = timezone.now() + sweeps.ABANDONED_AFTER + timedelta(seconds=1)
    for pk in reports.take_up(at=later):
        tasks.render_report.delay(pk)
    with worker():
        wait_for(lambda: state_of(report) == "done")
    assert report.attempts == 2
    assert [found.name for found in (data / "reports").glob("*")] == [report.file.name]
    assert fetched(client, path).startswith(b"%PDF")
