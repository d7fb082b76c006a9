"""/agenda/herausforderungen/: the strategic challenges, what they rest on and what answers them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef
from django.db.models.functions import JSONObject
from django.utils import timezone
from django.views.generic import TemplateView

from agenda import answers, standing, thread
from agenda.models import ActionField, Challenge, ChallengeFinding, ChallengeIndicator, Finding, MeasurePackage, Project
from agenda.thread import Gate, neighbours, tally
from agenda.views.base import ChainDetail, crumbs, current_agenda

if TYPE_CHECKING:
    from django.db.models import QuerySet


def _fields() -> ArraySubquery:
    fields = ActionField.objects.filter(challenges=OuterRef("pk"))
    return ArraySubquery(fields.values(json=JSONObject(title="title", slug="slug")))


class ChallengeList(TemplateView):
    """All challenges with how far their projects are."""

    template_name = "agenda/challenge_list.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Challenges, each with the mean progress of its projects and its coverage."""
        gate = Gate(timezone.now())
        agenda = current_agenda(gate.at)
        challenges = list(_counted(gate).filter(agenda=agenda))
        standings = standing.of_all(answers.serving([row.pk for row in challenges], gate), at=gate.at)
        return super().get_context_data(
            agenda=agenda,
            is_example=bool(agenda and agenda.is_example),
            breadcrumb=crumbs(("Herausforderungen", "")),
            rows=[(row, standing.total(answers.serve(standings, row.pk))) for row in challenges],
            **kwargs,
        )


def _counted(gate: Gate) -> QuerySet[Challenge]:
    return gate.rows(Challenge).annotate(
        shown_fields=_fields(),
        finding_count=tally(gate.rows(Finding), "challenges"),
        package_count=tally(gate.rows(MeasurePackage), "challenges"),
        project_count=tally(gate.rows(Project), "challenges"),
    )


class ChallengeDetail(ChainDetail[Challenge]):
    """A challenge between the findings it rests on and the packages that answer it."""

    template_name = "agenda/challenge_detail.html"
    context_object_name = "challenge"
    section = ("Herausforderungen", "agenda:challenge_list")

    def rows(self, gate: Gate) -> QuerySet[Challenge]:
        """Challenges with their fields."""
        return (
            gate.rows(Challenge)
            .select_related("agenda")
            .annotate(shown_fields=_fields(), **neighbours(gate.rows(Challenge), "order", "code"))
        )

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The chain in both directions."""
        gate, challenge = self.gate, self.object
        links = ChallengeFinding.objects.filter(challenge=challenge, finding__in=gate.rows(Finding))
        standings = standing.of_all(thread.standings_of(gate).filter(challenges=challenge), at=gate.at)
        indicators = ChallengeIndicator.objects.filter(challenge=challenge)
        return super().get_context_data(
            finding_links=links.select_related("finding__field"),
            gauges=standing.gauges(thread.measured(indicators, gate)),
            packages=_packages(challenge, gate, standings),
            total=standing.total(standings),
            **kwargs,
        )


def _packages(challenge: Challenge, gate: Gate, standings: list[standing.Standing]) -> list[answers.PackageAnswer]:
    rows = gate.rows(MeasurePackage).filter(challenges=challenge).select_related("lead")
    return [
        answers.PackageAnswer(row, [item for item in standings if item.project.package_id == row.pk]) for row in rows
    ]
