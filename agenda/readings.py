"""Figures of the Ist-Stand as lines of a table: the newest value of an indicator in a place, and older ones."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Prefetch

from agenda import notation
from agenda.models import Indicator, IndicatorValue

if TYPE_CHECKING:
    from collections.abc import Iterable

    from agenda.thread import Gate
    from portal.shared.publication import PublicationQuerySet


@dataclass(frozen=True)
class Line:
    """An indicator in one place."""

    indicator: Indicator
    newest: IndicatorValue
    earlier: tuple[IndicatorValue, ...]
    is_first: bool

    @property
    def text(self) -> str:
        """The newest value with its unit."""
        return notation.measured(self.newest.value, self.indicator.unit, self.indicator.decimals)


def indicators(gate: Gate) -> PublicationQuerySet[Indicator]:
    """Indicators that may be shown, with their `readings`, newest first."""
    values = Prefetch("values", IndicatorValue.objects.newest_first(), to_attr="readings")
    rows: PublicationQuerySet[Indicator] = gate.rows(Indicator).select_related("field")
    return rows.prefetch_related(values)  # type: ignore[return-value]  # the reader of `readings` knows


def lines(rows: Iterable[Indicator]) -> list[Line]:
    """One line for each indicator and place that has a value."""
    return [line for indicator in rows for line in _lines(indicator)]


def _lines(indicator: Indicator) -> list[Line]:
    by_place: dict[str, list[IndicatorValue]] = defaultdict(list)
    for value in indicator.readings:  # type: ignore[attr-defined]
        by_place[value.place].append(value)
    return [
        Line(indicator, values[0], tuple(values[1:]), is_first=index == 0)
        for index, values in enumerate(by_place.values())
    ]
