"""Acts on rounds of assessment: the only code that moves a round from open to closed to published."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from agenda.models import Assessment, AssessmentRound
from portal.shared.refusal import RefusedError

if TYPE_CHECKING:
    from portal.models import User

State = AssessmentRound.State
RIGHT = "agenda.change_assessmentround"


class RoundRefusedError(RefusedError):
    """The round cannot be moved on now; the sentence says why."""


@transaction.atomic
def close(round_: AssessmentRound, *, by: User | None) -> AssessmentRound:
    """End the entries of a round for good; closing it again changes nothing.

    The lock makes an entry that is under way and the closing wait for each other (trigger
    `agenda_assessment_round_open`).
    """
    locked = _locked(round_, by)
    if locked.state != State.OPEN:
        return locked
    if not locked.assessments.exists():
        raise RoundRefusedError("Die Erhebungsrunde hat noch keine Einschätzung.")
    waiting = locked.assessments.exclude(status=Assessment.Status.CONFIRMED).count()
    if waiting:
        verb = "Einschätzung ist" if waiting == 1 else "Einschätzungen sind"
        raise RoundRefusedError(f"{waiting} {verb} noch nicht bestätigt.")
    return _move(locked, State.CLOSED, by=by, reason="Erhebungsrunde abgeschlossen")


@transaction.atomic
def publish(round_: AssessmentRound, *, by: User | None) -> AssessmentRound:
    """Show a closed round to the public, as far as its agenda is public; doing so again changes nothing."""
    locked = _locked(round_, by)
    if locked.state == State.PUBLISHED:
        return locked
    if locked.state == State.OPEN:
        raise RoundRefusedError("Bitte schließen Sie die Erhebungsrunde zuerst ab.")
    return _move(locked, State.PUBLISHED, by=by, reason="Erhebungsrunde veröffentlicht")


def _locked(round_: AssessmentRound, by: User | None) -> AssessmentRound:
    # `by` is None for the portal itself: the loader of the example content.
    if by is not None and not by.has_perm(RIGHT):
        raise RoundRefusedError("Sie dürfen Erhebungsrunden nicht abschließen oder veröffentlichen.")
    return AssessmentRound.objects.select_for_update(no_key=True).get(pk=round_.pk)


def _move(round_: AssessmentRound, state: str, *, by: User | None, reason: str) -> AssessmentRound:
    round_.state = state
    round_._history_user = by  # type: ignore[attr-defined]
    round_._change_reason = reason  # type: ignore[attr-defined]
    round_.save()
    return round_
