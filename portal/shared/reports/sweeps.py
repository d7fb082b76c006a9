"""What beat looks after: reports left lying, and files nobody needs any more."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Exists, OuterRef, Q

from portal.models import Report
from portal.shared.reports import storing

if TYPE_CHECKING:
    from portal.models.reports import ReportQuerySet

# Six missed heartbeats; see BEAT_SECONDS in `work`.
ABANDONED_AFTER = timedelta(seconds=60)
MAX_ATTEMPTS = 3
SUPERSEDED_KEPT_FOR = timedelta(days=7)
FAILED_KEPT_FOR = timedelta(days=30)
GAVE_UP = (
    "Das Erstellen wurde mehrmals unterbrochen. Bitte starten Sie den Bericht noch einmal; "
    "hilft das nicht, wenden Sie sich an die Administration."
)


@transaction.atomic
def take_up(*, at: datetime) -> list[int]:
    """Put abandoned reports back into the queue and name them; after the third attempt they have failed."""
    # A worker that is just finishing holds its row; skipping it is right, it has been heard of then.
    abandoned = Report.objects.abandoned(at, after=ABANDONED_AFTER).select_for_update(no_key=True, skip_locked=True)
    waiting: list[int] = []
    for report in abandoned:
        report.heard_at = at
        if report.state == Report.State.RUNNING and report.attempts >= MAX_ATTEMPTS:
            report.state, report.error, report.progress_text = Report.State.FAILED, GAVE_UP, ""
        else:
            report.state, report.progress, report.progress_text = Report.State.QUEUED, 0, ""
            waiting.append(report.pk)
        report.save(update_fields=["state", "error", "progress", "progress_text", "heard_at"])
    return waiting


def tidy(*, at: datetime) -> int:
    """Delete superseded reports after a week, failed ones after a month, and stray files; say how many went."""
    with transaction.atomic():
        gone = list(_outlived(at).select_for_update(no_key=True, skip_locked=True))
        Report.objects.filter(pk__in=[report.pk for report in gone]).delete()
        for report in gone:
            transaction.on_commit(lambda name=report.file.name: storing.remove(name))  # type: ignore[misc]
    return len(gone) + storing.remove_strays(at=at)


def _outlived(at: datetime) -> ReportQuerySet:
    newer = Report.objects.filter(
        kind=OuterRef("kind"), options=OuterRef("options"), is_public=OuterRef("is_public"), state=Report.State.DONE
    ).filter(
        Q(made_at__gt=OuterRef("made_at")) | Q(made_at=OuterRef("made_at"), pk__gt=OuterRef("pk")),
        Q(is_public=True) | Q(asked_by=OuterRef("asked_by")),
    )
    superseded = Q(state=Report.State.DONE, made_at__lt=at - SUPERSEDED_KEPT_FOR) & Exists(newer)
    failed = Q(state=Report.State.FAILED, heard_at__lt=at - FAILED_KEPT_FOR)
    return Report.objects.filter(superseded | failed)
