"""The annex of the printed agenda: what is measured, and who takes part where."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from itertools import chain
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from agenda.document import Sheet
    from agenda.standing import Gauge
    from portal.models import Organisation


@dataclass(frozen=True)
class Purpose:
    """A challenge or project that an indicator belongs to; `anchor` is where the document tells of it."""

    code: str
    title: str
    anchor: str


@dataclass(frozen=True)
class Measure:
    """An indicator with one of its targets, and what it is to show the success of."""

    gauge: Gauge
    purposes: list[Purpose] = field(default_factory=list)


def measures(challenges: Iterable[Any], sheets: Iterable[Sheet]) -> list[Measure]:
    """Every indicator of challenges and projects once for each target, in the order of their titles."""
    found: dict[tuple[int, int | None], Measure] = {}
    for gauge, purpose in chain(_of_challenges(challenges), _of_projects(sheets)):
        key = (gauge.link.indicator_id, gauge.link.target_id)
        found.setdefault(key, Measure(gauge)).purposes.append(purpose)
    return sorted(found.values(), key=_order)


def _of_challenges(challenges: Iterable[Any]) -> Iterable[tuple[Gauge, Purpose]]:
    for row in challenges:
        purpose = Purpose(row.code, row.title, f"herausforderung-{row.code}")
        yield from ((gauge, purpose) for gauge in row.gauges)


def _of_projects(sheets: Iterable[Sheet]) -> Iterable[tuple[Gauge, Purpose]]:
    for sheet in sheets:
        purpose = Purpose(sheet.project.code, sheet.project.title, f"projekt-{sheet.project.code}")
        yield from ((gauge, purpose) for gauge in sheet.gauges)


def _order(measure: Measure) -> tuple[str, str]:
    target = measure.gauge.target
    return measure.gauge.link.indicator.sort_key, target.due_on.isoformat() if target else ""


def organisations(found: Sequence[Sheet]) -> list[tuple[Organisation, list[tuple[Any, str]]]]:
    """Organisations in the order of their names, each with its projects and its role there."""
    parts: dict[Organisation, list[tuple[Any, str]]] = defaultdict(list)
    for sheet in found:
        for party in sheet.project.shown_parties:
            parts[party.organisation].append((sheet.project, party.get_role_display()))
    return sorted(parts.items(), key=lambda entry: entry[0].sort_key)
