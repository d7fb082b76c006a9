"""The scales from 1 to 4 by which needs and potentials are weighed, in words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from agenda.models import Finding

MOST = 4
URGENCY = ("gering", "mäßig", "dringend", "sehr dringend")
AMOUNT = ("gering", "mäßig", "hoch", "sehr hoch")


@dataclass(frozen=True)
class Scale:
    """One scale of a finding: „Dringlichkeit: dringend (3 von 4)“."""

    label: str
    value: int
    word: str


def of(finding: Finding) -> list[Scale]:
    """The scales that apply to the kind of finding."""
    known = (
        ("Dringlichkeit", finding.urgency, URGENCY),
        ("Nutzen", finding.benefit, AMOUNT),
        ("Aufwand", finding.effort, AMOUNT),
    )
    return [Scale(label, value, words[value - 1]) for label, value, words in known if value is not None]
