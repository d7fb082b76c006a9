"""A Celery application with a report that waits for a sign: `celery -A tests.portal.slow_reports worker`."""

from __future__ import annotations

import os
import time
from pathlib import Path
from types import SimpleNamespace

import django

django.setup()

from portal.celery import app  # noqa: E402  only after Django is ready
from portal.shared import reports  # noqa: E402

__all__ = ["app"]

KIND = "langsam"
STARTED, GO = "started", "go"
LONGEST_WAIT_SECONDS = 30


def context(options, *, is_public, at):
    """Say that the work has begun, then wait until the test lets it go on."""
    signs = Path(os.environ["SLOW_REPORT_SIGNS"])
    (signs / STARTED).touch()
    give_up = time.monotonic() + LONGEST_WAIT_SECONDS
    while not (signs / GO).exists() and time.monotonic() < give_up:
        time.sleep(0.05)
    return {"page": SimpleNamespace(lead="", body="<p>Gut Ding will Weile haben.</p>")}


def fingerprint(options, *, is_public, at):
    """Never changes."""
    return "immer gleich"


reports.register(
    reports.ReportKind(
        kind=KIND,
        label="Langsames Dokument",
        template="reports/portal/page.html",
        clean_options=dict,
        title=lambda _options: "Langsam",
        context=context,
        fingerprint=fingerprint,
    )
)
