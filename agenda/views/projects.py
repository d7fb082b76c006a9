"""/agenda/projekte/: the projects, found by filters, and the Steckbrief of each."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Q

from agenda import standing, thread
from agenda.filters import ProjectFilter
from agenda.models import Challenge, Finding, Project, ProjectDependency, ProjectIndicator
from agenda.thread import Gate
from agenda.views.base import ChainDetail, ChainList

if TYPE_CHECKING:
    from django.db.models import QuerySet


class ProjectList(ChainList):
    """Projects by text, field, horizon, phase, place and organisation."""

    filterset_class = ProjectFilter
    template_name = "agenda/project_list.html"
    paginate_by = 12

    def rows(self, gate: Gate) -> QuerySet[Project]:
        """Projects with what their cards show."""
        return thread.standings_of(gate)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The page of cards."""
        context = super().get_context_data(**kwargs)
        return context | {"standings": standing.of_all(context["page_obj"], at=self.at)}


class ProjectDetail(ChainDetail[Project]):
    """The Steckbrief: one project from why it exists to how far it is."""

    template_name = "agenda/project_detail.html"
    context_object_name = "project"

    def rows(self, gate: Gate) -> QuerySet[Project]:
        """Projects with their lists of names."""
        return thread.project_sheets(gate)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The thread back, and everything the sheet says."""
        project: Any = self.object
        before, after = self._dependencies()
        indicators = ProjectIndicator.objects.filter(project=project)
        links = list(thread.measured(indicators, self.gate))
        project.shown_milestones = list(project.milestones.filter(is_public=True))
        project.drivers = [link for link in links if link.drives_progress]
        project.waits_for = [row for row in before if row.kind == ProjectDependency.Kind.REQUIRES]
        return super().get_context_data(
            standing=standing.of(project, at=self.gate.at),
            challenges=self.gate.rows(Challenge).filter(projects=project),
            findings=self._findings(),
            parties=project.parties.select_related("organisation"),
            funding_lines=project.funding_lines.all(),
            gauges=standing.gauges(links),
            depends_on=before,
            followed_by=after,
            **kwargs,
        )

    def _findings(self) -> QuerySet[Finding]:
        """Why the project exists: its own findings and those its challenges rest on, with evidence."""
        project = self.object
        evidence = thread.with_evidence(self.gate)
        own = Q(projects=project) | Q(challenges__in=self.gate.rows(Challenge).filter(projects=project))
        return self.gate.rows(Finding).filter(own).distinct().prefetch_related(evidence)

    def _dependencies(self) -> tuple[list[ProjectDependency], list[ProjectDependency]]:
        """What the project waits for, and what waits for it."""
        shown = self.gate.rows(Project)
        both = Q(successor=self.object, predecessor__in=shown) | Q(predecessor=self.object, successor__in=shown)
        rows = list(ProjectDependency.objects.filter(both).select_related("predecessor", "successor"))
        key = self.object.pk
        return [row for row in rows if row.successor_id == key], [row for row in rows if row.predecessor_id == key]
