"""The agenda's side of home page, navigation and municipality pages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import F, Q
from django.urls import reverse

from agenda import notation, thread
from agenda.models import ActionField, Agenda, Challenge, Finding, MeasurePackage, Project
from agenda.thread import Gate
from portal.shared import home

if TYPE_CHECKING:
    from datetime import datetime

    from django.db.models import QuerySet

    from portal.models import Municipality

NEWEST = 3


def steps(agenda: Any) -> list[home.Step]:
    """The red thread of an agenda read by `thread.with_counts`."""
    return [
        home.Step("Ist-Stand", agenda.indicator_count, reverse("agenda:assessment"), "Kennzahlen mit Quelle und Stand"),
        home.Step(
            "Befunde",
            agenda.finding_count,
            reverse("agenda:finding_list"),
            "Bedarfe, Potenziale, Stärken und Schwächen",
        ),
        home.Step("Herausforderungen", agenda.challenge_count, reverse("agenda:challenge_list"), "Was daraus folgt"),
        home.Step(
            "Maßnahmenpakete", agenda.package_count, reverse("agenda:package_list"), "Kurz-, mittel- und langfristig"
        ),
        home.Step(
            "Projekte", agenda.project_count, reverse("agenda:project_list"), "Was getan wird, von wem, bis wann"
        ),
    ]


def chain(at: datetime) -> list[home.Step]:
    """The red thread of the agenda in public view."""
    gate = Gate(at)
    agenda = thread.with_counts(Agenda.objects.public(at), gate).in_force_first().first()
    return steps(agenda) if agenda else []


def teasers(*, at: datetime, municipality: Municipality | None = None) -> list[home.Teaser]:
    """The projects that moved last; for a municipality also those of the whole county, its own first."""
    agenda = Agenda.objects.public(at).in_force_first()[:1]
    projects = Project.objects.public(at).filter(agenda__in=agenda)
    order: list[Any] = [F("status_on").desc(nulls_last=True), "code"]
    if municipality is not None:
        projects = projects.filter(Q(municipalities=municipality) | Q(municipalities=None))
        order.insert(0, F("municipalities").asc(nulls_last=True))
    projects = projects.order_by(*order)
    return [_teaser(project) for project in projects[:NEWEST]]


def _teaser(project: Project) -> home.Teaser:
    return home.Teaser(
        kind="Projekt",
        title=project.title,
        text=project.teaser,
        url=project.get_absolute_url(),
        badge=project.get_phase_display(),
        badge_kind=notation.phase_badge(project.phase),
    )


def is_example(at: datetime) -> bool:
    """Whether the agenda in public view is marked as an example."""
    return bool(Agenda.objects.public(at).in_force_first().values_list("is_example", flat=True).first())


def pages(at: datetime) -> list[QuerySet[Any]]:
    """Everything of the agenda with a public page of its own."""
    behind_gate = [model.objects.public(at) for model in (Finding, Challenge, MeasurePackage, Project)]
    return [ActionField.objects.all(), *behind_gate]


home.register(
    home.Department(
        order=10,
        label="Agenda",
        url_name="agenda:overview",
        chain=chain,
        teasers=teasers,
        is_example=is_example,
        pages=pages,
    )
)
