"""/agenda/projekte/: the projects, found by filters, and the Steckbrief of each."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from agenda import standing, thread
from agenda.filters import ProjectFilter
from agenda.models import Challenge, Finding, Project, ProjectDependency, ProjectIndicator, ProjectParty
from agenda.thread import Gate
from agenda.views.base import ChainDetail, ChainList
from portal.shared.home import Step

if TYPE_CHECKING:
    from django.db.models import QuerySet


class ProjectList(ChainList):
    """Projects by text, field, horizon, phase, place and organisation."""

    filterset_class = ProjectFilter
    template_name = "agenda/project_list.html"
    label = "Projekte"
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
    section = ("Projekte", "agenda:project_list")

    def rows(self, gate: Gate) -> QuerySet[Project]:
        """Projects with their lists of names."""
        return thread.project_sheets(gate)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The thread back, and everything the sheet says."""
        project: Any = self.object
        before, after = self._dependencies()
        links = list(thread.measured(ProjectIndicator.objects.filter(project=project), self.gate))
        project.shown_milestones = list(project.milestones.filter(is_public=True))
        project.drivers = [link for link in links if link.drives_progress]
        project.waits_for = [row for row in before if row.kind == ProjectDependency.Kind.REQUIRES]
        return super().get_context_data(
            standing=standing.of(project, at=self.gate.at),
            moments=standing.moments(project.shown_milestones, on=timezone.localdate(self.gate.at)),
            parties=_by_role(project.parties.select_related("organisation")),
            funding_lines=project.funding_lines.all(),
            gauges=standing.gauges(links),
            depends_on=before,
            followed_by=after,
            **self._reasons(),
            **kwargs,
        )

    def _reasons(self) -> dict[str, Any]:
        """Why the project exists: challenges, its own findings, and the others that challenges rest on."""
        project = self.object
        challenges = list(self.gate.rows(Challenge).filter(projects=project))
        own = Project.findings.through.objects.filter(project=project, finding=OuterRef("pk"))
        behind = Q(projects=project) | Q(challenges__in=[challenge.pk for challenge in challenges])
        findings: list[Any] = list(
            self.gate.rows(Finding)
            .filter(behind)
            .distinct()
            .annotate(is_own=Exists(own))
            .prefetch_related(thread.with_evidence(self.gate))
        )
        return {
            "challenges": challenges,
            "own_findings": [finding for finding in findings if finding.is_own],
            "further_findings": [finding for finding in findings if not finding.is_own],
            "trail": _trail(project, len(findings), len(challenges)),
        }

    def _dependencies(self) -> tuple[list[ProjectDependency], list[ProjectDependency]]:
        """What the project waits for, and what waits for it."""
        shown = self.gate.rows(Project)
        both = Q(successor=self.object, predecessor__in=shown) | Q(predecessor=self.object, successor__in=shown)
        rows = list(ProjectDependency.objects.filter(both).select_related("predecessor", "successor"))
        key = self.object.pk
        return [row for row in rows if row.successor_id == key], [row for row in rows if row.predecessor_id == key]


def _by_role(parties: QuerySet[ProjectParty]) -> list[tuple[str, list[str]]]:
    """Names by role, in the order of the roles."""
    rows = list(parties)
    return [
        (str(label), [row.organisation.name for row in rows if row.role == role])
        for role, label in ProjectParty.Role.choices
    ]


def _trail(project: Project, findings: int, challenges: int) -> list[Step]:
    """The red thread through this project."""
    package = project.package
    return [
        Step("Befunde", findings, "#befunde", "Was die Analyse gefunden hat"),
        Step("Herausforderungen", challenges, "#herausforderungen", "Was daraus folgt"),
        Step("Maßnahmenpaket", 1, package.get_absolute_url(), package.title),
        Step("Projekt", 1, "", project.title),
    ]
