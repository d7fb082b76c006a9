"""The red thread: the chain from evidence to project, followed in both directions past the gate."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Count, OuterRef, Prefetch, Q, Subquery, Value
from django.db.models.functions import Coalesce, JSONObject

from agenda.models import (
    ActionField,
    Challenge,
    Evidence,
    Finding,
    Indicator,
    IndicatorValue,
    MeasurePackage,
    Milestone,
    Project,
    ProjectDependency,
    ProjectIndicator,
    ProjectParty,
)
from portal.models import Document, Municipality
from portal.shared.publication import Publication

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from django.contrib.auth.base_user import AbstractBaseUser
    from django.contrib.auth.models import AnonymousUser
    from django.db.models import QuerySet

    from agenda.models.frame import AgendaQuerySet
    from portal.shared.publication import PublicationQuerySet

P = TypeVar("P", bound=Publication)


@dataclass(frozen=True)
class Gate:
    """Through whose eyes a page is read: everybody's, or those of staff who preview a row."""

    at: datetime
    reader: AbstractBaseUser | AnonymousUser | None = None

    def rows(self, model: type[P]) -> PublicationQuerySet[P]:
        """The rows of `model` that the page may show."""
        everything: PublicationQuerySet[P] = model._default_manager.all()  # type: ignore[assignment]
        if self.reader is None:
            return everything.public(self.at)
        return everything.visible_to(self.reader, at=self.at)

    def evidence(self) -> QuerySet[Evidence]:
        """Evidence with its `figure` and its `paper`, each only where it may be shown itself."""
        figure = IndicatorValue.objects.filter(pk=OuterRef("value"), indicator__in=self.rows(Indicator)).values(
            figure=JSONObject(
                value="value",
                unit="indicator__unit",
                decimals="indicator__decimals",
                title="indicator__title",
                place="place",
            )
        )
        paper = self.rows(Document).filter(pk=OuterRef("document"))
        return self.evidence_rows().annotate(
            figure=Subquery(figure),
            paper=Subquery(paper.values(json=JSONObject(title="title", file="file"))),
        )

    def evidence_rows(self) -> QuerySet[Evidence]:
        """Evidence that may be shown; a preview shows that of a draft agenda too."""
        if self.reader is None:
            return Evidence.objects.public(self.at)
        return Evidence.objects.filter(is_public=True)

    def milestone_rows(self) -> QuerySet[Milestone]:
        """Milestones that may be listed."""
        return Milestone.objects.filter(is_public=True)


def with_counts(agendas: AgendaQuerySet, gate: Gate) -> AgendaQuerySet:
    """Annotate how many rows each step of the chain has; indicators outlive agendas and count for all."""
    indicators = gate.rows(Indicator).order_by().values("state").annotate(n=Count("pk"))
    return agendas.annotate(
        indicator_count=Coalesce(Subquery(indicators.values("n")[:1]), Value(0)),
        finding_count=tally(gate.rows(Finding), "agenda"),
        challenge_count=tally(gate.rows(Challenge), "agenda"),
        package_count=tally(gate.rows(MeasurePackage), "agenda"),
        project_count=tally(gate.rows(Project), "agenda"),
    )


def tally(rows: Any, relation: str) -> Coalesce:
    """How many of `rows` point by `relation` to the row that is annotated."""
    pointing = rows.filter(**{relation: OuterRef("pk")}).order_by().values(relation)
    return Coalesce(Subquery(pointing.annotate(n=Count("pk")).values("n")), Value(0))


def with_evidence(gate: Gate) -> Prefetch[str, Any, str]:
    """The evidence of findings that may be shown."""
    return Prefetch("evidence", gate.evidence(), to_attr="shown_evidence")


def standings_of(gate: Gate) -> QuerySet[Project]:
    """Projects with all that `agenda.standing` needs; at most four queries beside their own."""
    lead = ProjectParty.objects.filter(project=OuterRef("pk"), role=ProjectParty.Role.LEAD)
    waits_for = ProjectDependency.objects.filter(
        kind=ProjectDependency.Kind.REQUIRES, predecessor__in=gate.rows(Project)
    )
    return (
        gate.rows(Project)
        .select_related("package", "field")
        .annotate(lead_name=Subquery(lead.values("organisation__name")[:1]))
        .prefetch_related(
            shown_milestones(),
            drivers(gate),
            Prefetch("depends_on", waits_for.select_related("predecessor"), to_attr="waits_for"),
        )
    )


def shown_milestones() -> Prefetch[str, Any, str]:
    """Milestones that may be shown; what is not public counts nowhere on a page."""
    rows = Milestone.objects.filter(is_public=True)
    return Prefetch("milestones", rows, to_attr="shown_milestones")


def drivers(gate: Gate) -> Prefetch[str, Any, str]:
    """The indicator that drives a project's progress, with its readings."""
    rows = ProjectIndicator.objects.filter(drives_progress=True)
    return Prefetch("indicator_links", measured(rows, gate), to_attr="drivers")


def measured(links: QuerySet[Any], gate: Gate) -> QuerySet[Any]:
    """Links to indicators that may be shown, each with target and `readings`, newest first."""
    readings = Prefetch("indicator__values", IndicatorValue.objects.newest_first(), to_attr="readings")
    return (
        links.filter(indicator__in=gate.rows(Indicator))
        .select_related("indicator", "target")
        .prefetch_related(readings)
    )


def project_sheets(gate: Gate) -> QuerySet[Project]:
    """Projects with everything of their Steckbrief that is a list of names."""
    around = ArraySubquery(
        Municipality.objects.filter(projects=OuterRef("pk")).values(json=JSONObject(name="name", slug="slug"))
    )
    further = ArraySubquery(
        ActionField.objects.filter(further_projects=OuterRef("pk")).values(json=JSONObject(title="title", slug="slug"))
    )
    heir = gate.rows(Project).filter(pk=OuterRef("merged_into"))
    return (
        gate.rows(Project)
        .select_related("package__lead", "package__agenda", "field")
        .annotate(
            places=around,
            further=further,
            heir=Subquery(heir.values(json=JSONObject(title="title", slug="slug"))),
            **neighbours(gate.rows(Project), "code"),
        )
    )


def neighbours(rows: Any, *columns: str) -> dict[str, Subquery]:
    """Annotations `before` and `after`: title and slug of the rows beside this one in its agenda."""
    same = rows.filter(agenda=OuterRef("agenda"))
    named = JSONObject(title="title", slug="slug")
    before = same.filter(_beyond("lt", columns)).order_by(*[f"-{column}" for column in columns])
    after = same.filter(_beyond("gt", columns)).order_by(*columns)
    return {
        "before": Subquery(before.values(json=named)[:1]),
        "after": Subquery(after.values(json=named)[:1]),
    }


def _beyond(comparison: str, columns: Sequence[str]) -> Q:
    """Rows beyond the outer one in the order of `columns`."""
    beyond = Q()
    for index, column in enumerate(columns):
        equal = {before: OuterRef(before) for before in columns[:index]}
        beyond |= Q(**equal, **{f"{column}__{comparison}": OuterRef(column)})
    return beyond
