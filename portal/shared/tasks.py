"""Celery's doors to what all departments share: reports and mail."""

from __future__ import annotations

from celery import shared_task
from django.db import transaction
from django.utils import timezone

from portal.shared import outbox, reports

# A report takes seconds; after this time its process is ended and the sweep takes it up again.
REPORT_SECONDS = 15 * 60


@shared_task(time_limit=REPORT_SECONDS)
def render_report(pk: int) -> bool:
    """Make one report if it still waits."""
    return reports.render(pk, at=timezone.now())


def nudge_report(pk: int) -> None:
    """Let a worker make this report as soon as the row is written; for views and the administration.

    Only a nudge, and a robust one: if the queue cannot be reached, the sweep finds the row within two minutes.
    """
    transaction.on_commit(lambda: render_report.delay(pk), robust=True)


@shared_task
def take_up_reports() -> int:
    """Nudge reports that were left lying and tidy up; harmless to run twice."""
    now = timezone.now()
    waiting = reports.take_up(at=now)
    for pk in waiting:
        render_report.delay(pk)
    reports.tidy(at=now)
    return len(waiting)


@shared_task
def deliver_mail() -> int:
    """Send what is due in the outbox; harmless to run twice or in two workers at once."""
    return outbox.deliver(at=timezone.now())
