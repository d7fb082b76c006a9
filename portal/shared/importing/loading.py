"""Loading: all contents at once in one transaction, one load after the other."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.db import IntegrityError, connection, transaction

from portal.shared import violations
from portal.shared.importing.checking import check
from portal.shared.importing.faults import Fault, Faults, ImportRefusedError, Where
from portal.shared.importing.report import Report
from portal.shared.importing.rows import contents
from portal.shared.importing.settling import Settlement
from portal.shared.refusal import RefusedError

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from portal.shared.importing.rows import Finish, Row

REASON = "Beispielinhalt geladen"
# Number of the advisory lock that makes two loads wait for each other.
LOCK = 1509001


@dataclass(frozen=True)
class Wishes:
    """How to load: other files by option name, and what to do with what is there."""

    files: dict[str, Path] = field(default_factory=dict)
    is_rehearsal: bool = False
    only_if_empty: bool = False
    overwrite: bool = False


def load(wishes: Wishes, *, at: datetime) -> Report:
    """Bring all registered contents into the database, or raise ImportRefusedError with every fault and write nothing.

    A rehearsal does everything and takes it back, so that its report is exact.
    """
    if wishes.only_if_empty and not is_empty():
        return Report(was_skipped=True)
    rows = _planned(wishes)
    report = Report(is_rehearsal=wishes.is_rehearsal)
    try:
        with transaction.atomic():
            _wait_for_others()
            if wishes.only_if_empty and not is_empty():
                return Report(was_skipped=True)
            _settle(rows, Settlement(report, reason=REASON, overwrite=wishes.overwrite), at=at)
            connection.check_constraints()
            transaction.set_rollback(wishes.is_rehearsal)
    except IntegrityError as error:
        raise ImportRefusedError([Fault(Where("Datenbank", 0), "", violations.message(error))]) from error
    return report


def is_empty() -> bool:
    """Whether no content of any department is there yet."""
    anchors = [content.anchor for content in contents() if content.anchor is not None]
    return not any(anchor._default_manager.exists() for anchor in anchors)


def _planned(wishes: Wishes) -> list[Row]:
    rows: list[Row] = []
    faults = Faults()
    for content in contents():
        files = {file.option: wishes.files.get(file.option, file.default) for file in content.files}
        rows += content.plan(files, rows, faults)
    # Rows of faulty files are full of empty values, whose faults would only repeat what is said already.
    if not faults:
        check(rows, faults)
    if faults:
        raise ImportRefusedError(faults)
    return rows


def _wait_for_others() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])


def _settle(rows: list[Row], settlement: Settlement, *, at: datetime) -> None:
    for row in rows:
        settlement.settle(row)
    for row in rows:
        if row.is_public:
            settlement.publish(row, at=at)
    for content in contents():
        if content.finish is not None:
            _finish(content.finish, at=at)
    settlement.note_missing(dict.fromkeys(row.model for row in rows))


def _finish(finish: Finish, *, at: datetime) -> None:
    try:
        finish(at=at)
    except RefusedError as refusal:
        raise ImportRefusedError([Fault(Where("Abschluss", 0), "", str(refusal))]) from refusal
