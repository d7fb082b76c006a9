"""/agenda/ist-stand/: the county today, by field and by municipality, with sources and dates."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Count, Prefetch, Q
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.generic import DetailView

from agenda import county, maturity, readings
from agenda.models import (
    ActionField,
    Assessment,
    AssessmentRound,
    Challenge,
    CriterionRating,
    Finding,
    Project,
)
from agenda.thread import Gate
from agenda.views.base import crumbs, current_agenda

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.db.models import QuerySet
    from django.http import HttpRequest, HttpResponse

    from agenda.models import Agenda
    from agenda.readings import Line


KINDS = Finding.Kind.values


@dataclass(frozen=True)
class FieldPart:
    """A field on the page: its findings by kind and its figures."""

    field: ActionField
    findings: list[tuple[str, int]]
    lines: list[Line]


def assessment(request: HttpRequest) -> HttpResponse:
    """The Ist-Stand; `?kennzahl=` chooses what the map shows, `?runde=` the round of the matrix."""
    gate = Gate(timezone.now())
    agenda = current_agenda(gate.at)
    fields = list(ActionField.objects.in_use(gate.at))
    projects = gate.rows(Project).filter(agenda=agenda)
    places = county.places(projects)
    lines = readings.lines(readings.indicators(gate))
    counts = _finding_counts(agenda, gate)
    figure = county.figure(request.GET.get("kennzahl", ""))
    context = {
        "agenda": agenda,
        "is_example": bool(agenda and agenda.is_example),
        "breadcrumb": crumbs(("Ist-Stand", "")),
        "parts": [_part(field, counts, lines) for field in fields],
        "framework": [line for line in lines if line.indicator.field_id is None],
        "places": places,
        "sums": county.sums(places),
        "sources": county.sources(places),
        "figures": county.FIGURES,
        "county_map": county.drawn(figure, places),
        "figure": figure,
        "county_wide": projects.filter(municipalities=None).count(),
        **_matrix(agenda, fields, places, request.GET.get("runde", "")),
    }
    return render(request, "agenda/assessment.html", context)


def _part(field: ActionField, counts: Counter[tuple[int, str]], lines: Sequence[Line]) -> FieldPart:
    kinds = [(str(label), counts[field.pk, key]) for key, label in Finding.Kind.choices]
    return FieldPart(field, kinds, [line for line in lines if line.indicator.field_id == field.pk])


def _finding_counts(agenda: Agenda | None, gate: Gate) -> Counter[tuple[int, str]]:
    rows = gate.rows(Finding).filter(agenda=agenda).order_by().values_list("field", "kind")
    return Counter({(field, kind): n for field, kind, n in rows.annotate(n=Count("pk"))})


def _matrix(
    agenda: Agenda | None, fields: Sequence[ActionField], places: Sequence[county.Place], wanted: str
) -> dict[str, Any]:
    """The round asked for by its day, else the newest; no round at all is said, not drawn."""
    rounds = list(AssessmentRound.objects.filter(agenda=agenda, state=AssessmentRound.State.PUBLISHED))
    if not rounds:
        return {"rounds": [], "round": None, "matrix": None}
    chosen = next((row for row in rounds if row.reference_date.isoformat() == wanted), rounds[0])
    confirmed = Assessment.objects.filter(round=chosen, status=Assessment.Status.CONFIRMED)
    municipalities = [place.municipality for place in places]
    matrix = maturity.matrix(list(confirmed), fields=fields, municipalities=municipalities)
    return {"rounds": rounds, "round": chosen, "matrix": matrix}


class FieldDetail(DetailView[ActionField]):
    """A field: maturity with criteria, findings, figures, and what answers them."""

    template_name = "agenda/field_detail.html"
    context_object_name = "field"

    def get_queryset(self) -> QuerySet[ActionField]:
        """Fields are public as soon as they exist, retired ones too: old agendas refer to them."""
        return ActionField.objects.select_related("parent")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """What stands on the field in the agenda in force."""
        gate = Gate(timezone.now())
        agenda = current_agenda(gate.at)
        field = self.object
        findings = gate.rows(Finding).filter(agenda=agenda, field=field).select_related("municipality")
        projects = gate.rows(Project).filter(agenda=agenda).select_related("package")
        further = Project.extra_fields.through.objects.filter(actionfield=field).values("project")
        return super().get_context_data(
            agenda=agenda,
            is_example=bool(agenda and agenda.is_example),
            breadcrumb=crumbs(("Ist-Stand", reverse("agenda:assessment")), (field.title, "")),
            findings=sorted(findings, key=lambda finding: KINDS.index(finding.kind)),
            lines=readings.lines(readings.indicators(gate).filter(field=field)),
            challenges=gate.rows(Challenge).filter(agenda=agenda, fields=field),
            projects=projects.filter(Q(field=field) | Q(pk__in=further)),
            **_maturity(field, gate, agenda),
            **kwargs,
        )


def _maturity(field: ActionField, gate: Gate, agenda: Agenda | None) -> dict[str, Any]:
    """The county's assessments over time, the newest with its criteria, and those of municipalities."""
    rated = Prefetch("ratings", CriterionRating.objects.select_related("criterion"))
    rows = (
        Assessment.objects.public(gate.at)
        .filter(field=field, round__agenda=agenda)
        .select_related("round", "municipality")
        .prefetch_related(rated)
        .order_by("-round__reference_date", "municipality__sort_key")
    )
    by_place = list(rows)
    of_county = [row for row in by_place if row.municipality_id is None]
    newest = by_place[0].round if by_place else None
    return {
        "round": newest,
        "county_assessments": of_county,
        "municipal_assessments": [row for row in by_place if row.municipality_id and row.round == newest],
    }
