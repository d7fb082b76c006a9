"""The course of a row: every change to it and to its parts, the newest first, with who, when and why."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from portal.shared import comparing

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from portal.shared.comparing import Change

MADE, CHANGED, DELETED = "+", "~", "-"
WORDS = {MADE: "angelegt", CHANGED: "geändert", DELETED: "gelöscht"}


@dataclass(frozen=True)
class Event:
    """One change: of the row itself (`part` is empty) or of a part of it."""

    version: Any
    what: str
    changes: list[Change] = field(default_factory=list)
    part: str = ""

    @property
    def at(self) -> datetime:
        """When it happened."""
        return self.version.history_date  # type: ignore[no-any-return]

    @property
    def by(self) -> str:
        """Who did it; the portal itself has no account."""
        return str(self.version.history_user or "Portal")

    @property
    def reason(self) -> str:
        """Why, if the act gave a reason."""
        return self.version.history_change_reason or ""


def of(model: Any, pk: Any, *, parts: Iterable[tuple[Any, str]] = ()) -> list[Event]:
    """All events of a row; `parts` are (model, name of the column that holds the row's number)."""
    events = _events(comparing.of(model, id=pk))
    for part, column in parts:
        events += _events(comparing.of(part, **{column: pk}), part=str(part._meta.verbose_name))
    return sorted(events, key=lambda event: (event.at, not event.part), reverse=True)


def _events(versions: list[Any], *, part: str = "") -> list[Event]:
    before: dict[Any, Any] = {}
    events = []
    for version in versions:
        event = _event(version, before.get(version.id), part)
        before[version.id] = version
        if event.changes or event.reason or event.what != WORDS[CHANGED]:
            events.append(event)
    return events


def _event(version: Any, previous: Any, part: str) -> Event:
    # A save is followed by one version for each list of many; those without difference tell nothing.
    differs = version.history_type == CHANGED and previous is not None
    return Event(
        version,
        WORDS[version.history_type],
        comparing.changes(previous, version) if differs else [],
        f"{part} „{_title(version)}“" if part else "",
    )


def _title(version: Any) -> str:
    try:
        return str(version.history_object)
    except Exception:  # noqa: BLE001  a part may name a row that is gone; its own number still tells which
        return f"Nr. {version.id}"
