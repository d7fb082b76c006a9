"""/agenda/massnahmen/: the packages of measures by horizon."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils import timezone
from django.views.generic import TemplateView

from agenda import packages, standing, thread
from agenda.models import Challenge, MeasurePackage, PackageIndicator
from agenda.thread import Gate, neighbours
from agenda.views.base import ChainDetail, crumbs, current_agenda

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from agenda.packages import Horizon
    from agenda.progress import Total


@dataclass(frozen=True)
class PackageRow:
    """A package in the list with how far its projects are."""

    package: MeasurePackage
    project_count: int
    total: Total


class PackageList(TemplateView):
    """All packages, short-term first."""

    template_name = "agenda/package_list.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Horizons with their dates and packages."""
        gate = Gate(timezone.now())
        agenda = current_agenda(gate.at)
        return super().get_context_data(
            agenda=agenda,
            is_example=bool(agenda and agenda.is_example),
            breadcrumb=crumbs(("Maßnahmenpakete", "")),
            horizons=_by_horizon(packages.horizons(agenda), _rows(gate, agenda.pk)) if agenda else [],
            **kwargs,
        )


def _rows(gate: Gate, agenda: int) -> list[PackageRow]:
    rows = gate.rows(MeasurePackage).filter(agenda=agenda).select_related("lead")
    standings = standing.of_all(thread.standings_of(gate).filter(agenda=agenda), at=gate.at)
    within = {row.pk: [item for item in standings if item.project.package_id == row.pk] for row in rows}
    return [PackageRow(row, len(within[row.pk]), standing.total(within[row.pk])) for row in rows]


def _by_horizon(horizons: list[Horizon], rows: list[PackageRow]) -> list[tuple[Horizon, list[PackageRow]]]:
    return [(horizon, [row for row in rows if row.package.horizon == horizon.key]) for horizon in horizons]


class PackageDetail(ChainDetail[MeasurePackage]):
    """A package between the challenges it answers and its projects."""

    template_name = "agenda/package_detail.html"
    context_object_name = "package"
    section = ("Maßnahmenpakete", "agenda:package_list")

    def rows(self, gate: Gate) -> QuerySet[MeasurePackage]:
        """Packages with their lead."""
        rows = gate.rows(MeasurePackage)
        return rows.select_related("agenda", "lead").annotate(**neighbours(rows, "order", "code"))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The chain in both directions, what it costs, and what does not fit its window."""
        gate, package = self.gate, self.object
        standings = standing.of_all(thread.standings_of(gate).filter(package=package), at=gate.at)
        projects = [item.project for item in standings]
        indicators = PackageIndicator.objects.filter(package=package)
        return super().get_context_data(
            challenges=gate.rows(Challenge).filter(packages=package),
            standings=standings,
            total=standing.total(standings),
            costs=packages.cost_sum(projects),
            deviations=packages.deviations(package, projects),
            gauges=standing.gauges(thread.measured(indicators, gate)),
            **kwargs,
        )
