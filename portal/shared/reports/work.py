"""A worker's side: claim a report, make it, store it; a killed worker leaves nothing half done."""

from __future__ import annotations

import logging
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from threading import Event, Thread
from time import monotonic
from typing import TYPE_CHECKING

from django.db import DatabaseError, IntegrityError, connection, transaction

from portal.models import Report
from portal.shared.pdf import PdfError
from portal.shared.refusal import RefusedError
from portal.shared.reports import rendering, storing
from portal.shared.reports.kinds import named

if TYPE_CHECKING:
    from collections.abc import Iterator

logger = logging.getLogger(__name__)

BEAT_SECONDS = 10
BROKEN = "Beim Erstellen ist ein technischer Fehler aufgetreten. Bitte starten Sie den Bericht noch einmal."
OVERTAKEN = "Die Inhalte haben sich geändert, während der Bericht erstellt wurde. Bitte fordern Sie ihn noch einmal an."


class TakenOverError(Exception):
    """Another worker has this report now, because nothing was heard of us; our result is thrown away."""


@dataclass(frozen=True)
class Claim:
    """The right to work on a report: it holds as long as nobody else has claimed it after us."""

    pk: int
    attempt: int
    claimed_at: datetime
    started: float

    def now(self) -> datetime:
        """The moment of the claim plus what has passed since."""
        return self.claimed_at + timedelta(seconds=monotonic() - self.started)

    def tell(self, progress: int, text: str) -> None:
        """Show how far the work is; committed at once, so that the page sees it."""
        self._update(progress=progress, progress_text=text, heard_at=self.now())

    def beat(self) -> None:
        """Show that this worker lives."""
        self._update(heard_at=self.now())

    def adopt(self, fingerprint: str) -> None:
        """Note which content is really in the report: it may have changed since it was asked for."""
        self._update(fingerprint=fingerprint)

    def fail(self, reason: str) -> None:
        """Give up with a reason that a person may read."""
        self._update(state=Report.State.FAILED, error=reason, progress_text="", heard_at=self.now())

    def locked(self) -> Report:
        """The row, locked, inside a transaction; raises `TakenOverError`."""
        try:
            return Report.objects.select_for_update(no_key=True).get(**self._condition())
        except Report.DoesNotExist:
            raise TakenOverError from None

    def _update(self, **values: object) -> None:
        if not Report.objects.filter(**self._condition()).update(**values):
            raise TakenOverError

    def _condition(self) -> dict[str, object]:
        return {"pk": self.pk, "attempts": self.attempt, "state": Report.State.RUNNING}


def render(pk: int, *, at: datetime) -> bool:
    """Make the report if it waits; say whether this call made it. Harmless to call twice or for a finished one."""
    claim = _claim(pk, at=at)
    if claim is None:
        return False
    try:
        with _heartbeat(claim):
            return _make(claim)
    except TakenOverError:
        logger.warning("Report %s was taken over by another worker", pk)
    except (RefusedError, PdfError) as reason:
        logger.exception("Report %s cannot be made", pk)
        _fail(claim, str(reason))
    except Exception:  # whatever happens, the person who waits must learn that it failed
        logger.exception("Report %s failed", pk)
        _fail(claim, BROKEN)
    return False


@transaction.atomic
def _claim(pk: int, *, at: datetime) -> Claim | None:
    """Take a queued report; the row lock lets only one worker have it."""
    report = Report.objects.select_for_update(no_key=True).filter(pk=pk, state=Report.State.QUEUED).first()
    if report is None:
        return None
    report.state = Report.State.RUNNING
    report.attempts += 1
    report.progress, report.progress_text = 5, "Inhalte werden zusammengestellt"
    report.heard_at = at
    report.save(update_fields=["state", "attempts", "progress", "progress_text", "heard_at"])
    return Claim(pk=pk, attempt=report.attempts, claimed_at=at, started=monotonic())


def _make(claim: Claim) -> bool:
    report = Report.objects.get(pk=claim.pk)
    kind = named(report.kind)
    options = kind.clean_options(report.options)
    source = rendering.gather(kind, options, is_public=report.is_public, at=claim.now())
    if source.fingerprint != report.fingerprint and not _adopt(claim, source.fingerprint):
        return False
    made = rendering.produce(source, tell=claim.tell)
    claim.tell(95, "Datei wird abgelegt")
    unfinished = storing.write_unfinished(f"{report.public_id}-{claim.attempt}.pdf", made.pdf)
    with transaction.atomic():
        locked = claim.locked()
        locked.file = storing.move_into_place(unfinished)
        _finish(locked, made, at=claim.now())
    return True


def _adopt(claim: Claim, fingerprint: str) -> bool:
    try:
        with transaction.atomic():
            claim.adopt(fingerprint)
    except IntegrityError:
        # The same content was asked for by somebody else in the meantime; that report is or will be made.
        claim.fail(OVERTAKEN)
        return False
    return True


def _finish(report: Report, made: rendering.Made, *, at: datetime) -> None:
    report.state = Report.State.DONE
    report.progress, report.progress_text, report.error = 100, "", ""
    report.sha256, report.size, report.pages = made.sha256, len(made.pdf), made.pages
    report.made_at = report.heard_at = at
    report.save()


def _fail(claim: Claim, reason: str) -> None:
    try:
        claim.fail(reason)
    except TakenOverError:
        logger.warning("Report %s was taken over by another worker", claim.pk)


@contextmanager
def _heartbeat(claim: Claim) -> Iterator[None]:
    """Beat from a thread: one long step says nothing by itself, and a frozen process must fall silent."""
    done = Event()

    def beat() -> None:
        try:
            while not done.wait(BEAT_SECONDS):
                claim.beat()
        except (TakenOverError, DatabaseError) as reason:
            # Silence is the right answer to both: the sweep will hear it.
            logger.warning("No more heartbeat of report %s: %r", claim.pk, reason)
        finally:
            connection.close()

    thread = Thread(target=beat, name=f"heartbeat of report {claim.pk}", daemon=True)
    thread.start()
    try:
        yield
    finally:
        done.set()
        thread.join()
