"""The agenda as one document: everything its chapters show, gathered through the gate in a fixed number of queries."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

from django.db.models import Prefetch
from django.utils import timezone

from agenda import annex, county, maturity, packages, readings, standing, thread
from agenda.models import (
    ActionField,
    Agenda,
    Assessment,
    AssessmentRound,
    Challenge,
    ChallengeIndicator,
    Evidence,
    Finding,
    FundingLine,
    MeasurePackage,
    Milestone,
    Project,
    ProjectDependency,
    ProjectIndicator,
    ProjectParty,
)
from agenda.standing import Gauge, Standing
from agenda.thread import Gate
from portal.models import Municipality
from portal.shared.figures import LevelRow, MapRow, Mark, Span, county_map, gantt, maturity_matrix
from portal.shared.publication import Publication

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from django.db.models import QuerySet

    from portal.shared.figures import Figure
    from portal.shared.publication import PublicationQuerySet

P = TypeVar("P", bound=Publication)


class OpenGate(Gate):
    """The gate of the internal version: drafts too. Who may have it, the report pipeline asks."""

    def rows(self, model: type[P]) -> PublicationQuerySet[P]:
        """Every row."""
        everything: PublicationQuerySet[P] = model._default_manager.all()  # type: ignore[assignment]
        return everything

    def evidence_rows(self) -> QuerySet[Evidence]:
        """Every piece of evidence."""
        return Evidence.objects.all()

    def milestone_rows(self) -> QuerySet[Milestone]:
        """Every milestone; those that are not public are listed but count nowhere, as on the pages."""
        return Milestone.objects.all()


@dataclass(frozen=True)
class Sheet:
    """A project with everything its Steckbrief says."""

    project: Any
    standing: Standing
    gauges: list[Gauge]


@dataclass(frozen=True)
class PackageChapter:
    """A package with its projects and what they cost together."""

    package: Any
    sheets: list[Sheet]
    costs: packages.CostSum
    timetable: Figure | None


@dataclass(frozen=True)
class FieldChapter:
    """A field with its figures and findings."""

    field: ActionField
    lines: list[readings.Line]
    findings: list[Any]


def sheets(gate: Gate, projects: QuerySet[Any]) -> list[Sheet]:
    """The Steckbriefe of `projects` (rows of `thread.standings_of`)."""
    parties = ProjectParty.objects.select_related("organisation")
    shown = gate.rows(Project)
    before = ProjectDependency.objects.filter(predecessor__in=shown).select_related("predecessor")
    after = ProjectDependency.objects.filter(successor__in=shown).select_related("successor")
    rows = projects.prefetch_related(
        Prefetch("parties", parties, to_attr="shown_parties"),
        Prefetch("funding_lines", FundingLine.objects.all(), to_attr="shown_funding"),
        Prefetch("milestones", gate.milestone_rows(), to_attr="listed_milestones"),
        Prefetch("depends_on", before.order_by("-kind", "predecessor__code"), to_attr="shown_before"),
        Prefetch("followed_by", after.order_by("successor__code"), to_attr="shown_after"),
        Prefetch("challenges", gate.rows(Challenge), to_attr="shown_challenges"),
        Prefetch("findings", thread_findings(gate), to_attr="shown_findings"),
        Prefetch("municipalities", Municipality.objects.defer("geometry"), to_attr="shown_places"),
        Prefetch("indicator_links", thread.measured(ProjectIndicator.objects.all(), gate), to_attr="shown_links"),
    )
    found = [Sheet(row, standing.of(row, at=gate.at), standing.gauges(row.shown_links)) for row in rows]
    for sheet in found:
        listed = sheet.project.listed_milestones
        sheet.project.steps = list(zip(listed, standing.moments(listed, on=timezone.localdate(gate.at)), strict=True))
    return found


def thread_findings(gate: Gate) -> QuerySet[Finding]:
    """Findings with the evidence that may be shown."""
    return gate.rows(Finding).select_related("field").prefetch_related(thread.with_evidence(gate))


def gather(agenda: Agenda, gate: Gate) -> dict[str, Any]:
    """The context of the whole document."""
    on = timezone.localdate(gate.at)
    fields = list(ActionField.objects.in_use(gate.at))
    lines = _lines_of(gate)
    projects = sheets(gate, thread.standings_of(gate).filter(agenda=agenda))
    chapters = _packages(agenda, gate, projects)
    challenges = list(_challenges(agenda, gate))
    standings = [sheet.standing for sheet in projects]
    return {
        "agenda": agenda,
        "decisions": list(agenda.decisions.all()),
        "county_map": _map(),
        "maturity": _maturity(agenda, fields),
        "fields": _fields(agenda, gate, fields, lines),
        "context_lines": lines[None],
        "challenges": challenges,
        "horizons": [
            (horizon, [c for c in chapters if c.package.horizon == horizon.key])
            for horizon in packages.horizons(agenda)
        ],
        "total": standing.total(standings),
        "phases": standing.phases(standings),
        "reached": len(standing.reached(standing.milestones(standings), on=on)),
        "milestones": len(standing.milestones(standings)),
        "evidence": list(gate.evidence().filter(agenda=agenda)),
        "measures": annex.measures(challenges, projects),
        "organisations": annex.organisations(projects),
    }


def _challenges(agenda: Agenda, gate: Gate) -> Iterable[Any]:
    links = thread.measured(ChallengeIndicator.objects.all(), gate)
    rows = (
        gate.rows(Challenge)
        .filter(agenda=agenda)
        .prefetch_related(
            Prefetch("findings", thread_findings(gate), to_attr="shown_findings"),
            Prefetch("packages", gate.rows(MeasurePackage), to_attr="shown_packages"),
            Prefetch("indicator_links", links, to_attr="shown_links"),
            "fields",
        )
    )
    for row in rows:
        row.gauges = standing.gauges(row.shown_links)  # type: ignore[attr-defined]
        yield row


def _packages(agenda: Agenda, gate: Gate, projects: Sequence[Sheet]) -> list[PackageChapter]:
    by_package: dict[int, list[Sheet]] = defaultdict(list)
    for sheet in projects:
        by_package[sheet.project.package_id].append(sheet)
    challenges = Prefetch("challenges", gate.rows(Challenge), to_attr="shown_challenges")
    rows = gate.rows(MeasurePackage).filter(agenda=agenda).select_related("lead").prefetch_related(challenges)
    return [
        PackageChapter(
            row,
            by_package[row.pk],
            packages.cost_sum(sheet.project for sheet in by_package[row.pk]),
            _timetable(row, by_package[row.pk], on=timezone.localdate(gate.at)),
        )
        for row in rows
    ]


def _timetable(package: MeasurePackage, found: Sequence[Sheet], *, on: date) -> Figure | None:
    spans = [_span(sheet.project) for sheet in found if sheet.project.planned_start and sheet.project.planned_end]
    if not spans:
        return None
    return gantt(spans, key=f"zeitplan-{package.code}", title=f"Zeitplan: {package.title}", on=on)


def _span(project: Any) -> Span:
    marks = tuple(Mark(label=m.title, on=m.due_on, is_done=m.done_on is not None) for m in project.shown_milestones)
    return Span(label=project.title, start=project.planned_start, end=project.planned_end, marks=marks)


def _fields(
    agenda: Agenda, gate: Gate, fields: Sequence[ActionField], lines: dict[int | None, list[readings.Line]]
) -> list[FieldChapter]:
    findings: dict[int, list[Any]] = defaultdict(list)
    for finding in thread_findings(gate).filter(agenda=agenda):
        findings[finding.field_id].append(finding)
    return [FieldChapter(field, lines[field.pk], findings[field.pk]) for field in fields]


def _lines_of(gate: Gate) -> dict[int | None, list[readings.Line]]:
    found: dict[int | None, list[readings.Line]] = defaultdict(list)
    for line in readings.lines(readings.indicators(gate)):
        found[line.indicator.field_id].append(line)
    return found


def _map() -> Figure:
    change = county.figure("veraenderung")
    rows = [
        MapRow(
            ags=place.municipality.ags,
            name=place.municipality.name,
            geometry=place.municipality.geometry,
            label=(float(place.municipality.label_longitude), float(place.municipality.label_latitude)),
            value=change.read(place),
            text=change.text(place),
        )
        for place in county.places(Project.objects.none())
    ]
    return county_map(rows, key="karte", title=change.label, value_label="Veränderung")


def _maturity(agenda: Agenda, fields: Sequence[ActionField]) -> dict[str, Any] | None:
    newest = AssessmentRound.objects.filter(agenda=agenda, state=AssessmentRound.State.PUBLISHED).first()
    if newest is None:
        return None
    shown = {"round": newest, "municipality": None, "status": Assessment.Status.CONFIRMED}
    cells = {row.field_id: maturity.cell(row) for row in Assessment.objects.filter(**shown)}
    levels = [_level(field, cells.get(field.pk, maturity.Cell())) for field in fields]
    title = "Digitale Reife nach Handlungsfeld"
    return {"round": newest, "figure": maturity_matrix(levels, key="reife", title=title)}


def _level(field: ActionField, cell: maturity.Cell) -> LevelRow:
    return LevelRow(
        label=field.title,
        current=cell.level,
        target=cell.target,
        target_year=cell.target_year,
        applies=cell.kind != Assessment.Applicability.NOT_APPLICABLE,
    )
