"""Publishing acts: the only code that moves a row along its publication states."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from django.contrib.auth import get_permission_codename
from django.db import transaction

from portal.shared.publication import Publication, PublicationState
from portal.shared.refusal import RefusedError

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from portal.models import User

P = TypeVar("P", bound=Publication)


class PublicationRefusedError(RefusedError):
    """The row cannot be moved to this state; `reasons` lists every obstacle at once."""

    def __init__(self, reasons: Iterable[str]) -> None:
        self.reasons = list(reasons)
        super().__init__(" ".join(self.reasons))


@transaction.atomic
def submit(row: P, *, by: User | None) -> P:
    """Hand a draft or withdrawn row in for review."""
    locked = _locked(row)
    if locked.state not in {PublicationState.DRAFT, PublicationState.WITHDRAWN}:
        raise PublicationRefusedError([f"„{locked}“ ist bereits {locked.get_state_display()}."])
    return _move(locked, PublicationState.IN_REVIEW, by=by, reason="Zur Prüfung gegeben")


@transaction.atomic
def publish(row: P, *, by: User | None, at: datetime) -> P:
    """Make `row` public from `at` on; publishing a published row changes nothing."""
    locked = _locked(row)
    _demand_right(locked, by)
    if locked.state == PublicationState.PUBLISHED:
        return locked
    if obstacles := locked.publication_obstacles():
        raise PublicationRefusedError(obstacles)
    locked.published_at = locked.published_at or at
    return _move(locked, PublicationState.PUBLISHED, by=by, reason="Veröffentlicht")


@transaction.atomic
def withdraw(row: P, *, by: User | None, reason: str) -> P:
    """Take `row` off every public surface at once; withdrawing twice changes nothing."""
    locked = _locked(row)
    _demand_right(locked, by)
    if locked.state == PublicationState.WITHDRAWN:
        return locked
    if locked.state != PublicationState.PUBLISHED:
        raise PublicationRefusedError([f"„{locked}“ ist nicht veröffentlicht."])
    if not reason.strip():
        raise PublicationRefusedError(["Bitte begründen Sie, warum der Inhalt zurückgezogen wird."])
    return _move(locked, PublicationState.WITHDRAWN, by=by, reason=f"Zurückgezogen: {reason.strip()}")


def may_publish(user: User, model: type[Publication]) -> bool:
    """Whether `user` holds the right to publish and withdraw rows of `model`."""
    codename = get_permission_codename("publish", model._meta)
    return user.has_perm(f"{model._meta.app_label}.{codename}")


def _locked(row: P) -> P:
    locked: P = type(row)._default_manager.select_for_update(no_key=True).get(pk=row.pk)
    return locked


def _demand_right(row: Publication, by: User | None) -> None:
    # `by` is None for the portal itself: the loader of the example content.
    if by is not None and not may_publish(by, type(row)):
        raise PublicationRefusedError(["Sie dürfen diesen Inhalt nicht veröffentlichen oder zurückziehen."])


def _move(row: P, state: PublicationState, *, by: User | None, reason: str) -> P:
    row.state = state
    row._history_user = by  # type: ignore[attr-defined]
    row._change_reason = reason[:100]  # type: ignore[attr-defined]
    row.save()
    return row
