"""/agenda/befunde/: what the analysis found, its evidence, and what answers it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from agenda import answers, scales
from agenda.filters import FindingFilter
from agenda.models import Challenge, Finding
from agenda.thread import Gate, neighbours, tally
from agenda.views.base import ChainDetail, ChainList

if TYPE_CHECKING:
    from django.db.models import QuerySet


class FindingList(ChainList):
    """Findings by kind and field."""

    filterset_class = FindingFilter
    template_name = "agenda/finding_list.html"
    label = "Befunde"

    def rows(self, gate: Gate) -> QuerySet[Finding]:
        """Findings with how many challenges take them up."""
        challenge_count = tally(gate.rows(Challenge), "findings")
        return gate.rows(Finding).select_related("field", "municipality").annotate(challenge_count=challenge_count)


class FindingDetail(ChainDetail[Finding]):
    """A finding with its evidence and its answers."""

    template_name = "agenda/finding_detail.html"
    context_object_name = "finding"
    section = ("Befunde", "agenda:finding_list")

    def rows(self, gate: Gate) -> QuerySet[Finding]:
        """Findings with their field and place."""
        return (
            gate.rows(Finding)
            .select_related("agenda", "field", "municipality")
            .annotate(**neighbours(gate.rows(Finding), "code"))
        )

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The chain in both directions."""
        return super().get_context_data(
            evidence=self.gate.evidence().filter(findings=self.object),
            scales=scales.of(self.object),
            answers=answers.to(self.object, gate=self.gate),
            **kwargs,
        )
