"""/agenda/: what the agenda is and how far it is."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from django.shortcuts import render
from django.utils import timezone
from django.utils.cache import add_never_cache_headers

from agenda import home, packages, standing, thread
from agenda.models import ActionField, Agenda, Project
from agenda.thread import Gate, tally
from agenda.views.base import crumbs, current_agenda

if TYPE_CHECKING:
    from datetime import datetime

    from django.http import HttpRequest, HttpResponse

SHOWN_MILESTONES = 5


def overview(request: HttpRequest) -> HttpResponse:
    """The agenda in force; staff see the preview of a draft by `?vorschau=<Adresse>`."""
    at = timezone.now()
    gate, agenda = _agenda(request, at)
    if agenda is None:
        return render(request, "agenda/overview_empty.html", {"breadcrumb": crumbs()})
    response = render(request, "agenda/overview.html", _context(agenda, gate))
    if gate.reader is not None:
        add_never_cache_headers(response)
    return response


def _agenda(request: HttpRequest, at: datetime) -> tuple[Gate, Agenda | None]:
    """The agenda to show and the gate to read its rows through."""
    wanted = request.GET.get("vorschau", "").replace("\0", "")
    if wanted:
        gate = Gate(at, request.user)
        draft = thread.with_counts(Agenda.objects.visible_to(request.user, at=at), gate).filter(slug=wanted).first()
        if draft is not None and not draft.is_public(at):
            return gate, draft
    return Gate(at), current_agenda(at)


def _context(agenda: Agenda, gate: Gate) -> dict[str, Any]:
    on = timezone.localdate(gate.at)
    standings = standing.of_all(thread.standings_of(gate).filter(agenda=agenda), at=gate.at)
    milestones = standing.milestones(standings)
    reached = standing.reached(milestones, on=on)
    return {
        "agenda": agenda,
        "is_example": agenda.is_example,
        "is_preview": gate.reader is not None,
        "breadcrumb": crumbs(),
        "steps": home.steps(agenda),
        "decisions": agenda.decisions.all(),
        "horizons": packages.horizons(agenda),
        "total": standing.total(standings),
        "phases": standing.phases(standings),
        "healths": _healths(standings),
        "milestone_count": len(milestones),
        "reached_count": len(reached),
        "reached": reached[:SHOWN_MILESTONES],
        "ahead": standing.ahead(milestones, on=on)[:SHOWN_MILESTONES],
        "fields": _fields(agenda, gate),
    }


def _fields(agenda: Agenda, gate: Gate) -> Any:
    projects = gate.rows(Project).filter(agenda=agenda)
    return ActionField.objects.in_use(gate.at).annotate(project_count=tally(projects, "field"))


def _healths(standings: list[standing.Standing]) -> list[tuple[str, str, int]]:
    """How many projects show which light; those without one are not counted."""
    found = Counter(item.verdict.health for item in standings)
    return [(key, str(label), found[key]) for key, label in Project.Health.choices if found[key]]  # type: ignore[index]
