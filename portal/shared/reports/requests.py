"""Asking for a report: each content is made once, however many ask."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import IntegrityError, transaction

from portal.models import Report, User
from portal.shared.reports import storing
from portal.shared.reports.kinds import ReportRefusedError, named
from portal.shared.reports.rights import may_ask_internal

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

MAX_UNFINISHED_PUBLIC = 20


class ReportBusyError(ReportRefusedError):
    """Too many public reports wait; whoever asks has to come back later."""


def request(kind: str, options: Mapping[str, Any], *, by: User | None, is_public: bool, at: datetime) -> Report:
    """Give the report with this content, made or being made; write a new row only when there is none.

    Raises `ReportRefusedError`. The caller nudges a worker on commit; without the nudge the sweep takes the row up.
    """
    chosen = named(kind)
    if not is_public and (by is None or not may_ask_internal(by, chosen)):
        raise ReportRefusedError("Sie dürfen von diesem Dokument keine interne Fassung erstellen.")
    cleaned = chosen.clean_options(options)
    wanted = Report(
        kind=kind,
        options=cleaned,
        is_public=is_public,
        fingerprint=chosen.sum_up(cleaned, is_public=is_public, at=at),
        title=chosen.title(cleaned),
        asked_by=by,
        asked_at=at,
        heard_at=at,
    )
    return _get_public(wanted, at=at) if is_public or by is None else _get_internal(wanted, by=by, at=at)


@transaction.atomic
def restart(report: Report, *, by: User | None, at: datetime) -> Report:
    """Put a failed report, or a done one whose file is gone, back into the queue; others stay as they are."""
    locked = Report.objects.select_for_update(no_key=True).get(pk=report.pk)
    if locked.state != Report.State.FAILED and not is_lost(locked):
        return locked
    locked.asked_by = by or locked.asked_by
    try:
        with transaction.atomic():
            return _queue_again(locked, at=at)
    except IntegrityError:
        raise ReportRefusedError("Dieser Bericht liegt schon vor oder wird gerade erstellt.") from None


def is_lost(report: Report) -> bool:
    """Whether `report` says it is done but its file has vanished."""
    return report.state == Report.State.DONE and not storing.is_there(report.file.name)


def _get_public(wanted: Report, *, at: datetime) -> Report:
    if known := _known_public(wanted, at=at):
        return known
    if Report.objects.unfinished().filter(is_public=True).count() >= MAX_UNFINISHED_PUBLIC:
        raise ReportBusyError("Gerade werden sehr viele Dokumente erstellt. Bitte versuchen Sie es in einigen Minuten.")
    try:
        with transaction.atomic():
            wanted.save(force_insert=True)
    except IntegrityError:
        # Somebody else asked in the same moment; portal_report_public_made_once let one of us through.
        return _known_public(wanted, at=at) or request_lost(wanted)
    return wanted


def request_lost(wanted: Report) -> Report:
    """The winner of the race failed before we looked: ask the person to try again."""
    raise ReportBusyError(
        f"„{wanted.title}“ konnte gerade nicht angefordert werden. Bitte versuchen Sie es noch einmal."
    )


def _known_public(wanted: Report, *, at: datetime) -> Report | None:
    known = _same_content(wanted).filter(is_public=True).first()
    return restart(known, by=None, at=at) if known and is_lost(known) else known


@transaction.atomic
def _get_internal(wanted: Report, *, by: User, at: datetime) -> Report:
    # The lock on the person makes two clicks of one hand queue up; no constraint does it for internal reports.
    User.objects.select_for_update(no_key=True).get(pk=by.pk)
    known = _same_content(wanted).filter(is_public=False, asked_by=by).first()
    if known is None:
        wanted.save(force_insert=True)
        return wanted
    return restart(known, by=None, at=at) if is_lost(known) else known


def _same_content(wanted: Report) -> Any:
    return Report.objects.filter(kind=wanted.kind, options=wanted.options, fingerprint=wanted.fingerprint).exclude(
        state=Report.State.FAILED
    )


def _queue_again(report: Report, *, at: datetime) -> Report:
    report.state = Report.State.QUEUED
    report.progress, report.progress_text = 0, ""
    report.attempts, report.error = 0, ""
    report.heard_at = at
    report.file, report.sha256 = "", ""
    report.size = report.pages = report.made_at = None
    report.save()
    return report
