"""The gap report: where the red thread is broken, from the need to the indicator."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Count, Exists, F, OuterRef, Q

from agenda.models import Challenge, Finding, MeasurePackage, Milestone, Project

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import date

    from django.db.models import Model

    from agenda.models import Agenda


@dataclass(frozen=True)
class Gap:
    """One kind of gap: what is missing, why it matters, and the rows concerned."""

    title: str
    explanation: str
    rows: list[Model]


def of(agenda: Agenda, *, on: date) -> list[Gap]:
    """All gaps of an agenda on a day, the analysis first; kinds without rows are left out.

    Looks at drafts too: it is the staff's own mirror, never shown to the public.
    """
    found = (Gap(title, explanation, list(rows(agenda, on))) for title, explanation, rows in _KINDS)
    return [gap for gap in found if gap.rows]


def _needs_without_challenge(agenda: Agenda, _on: date) -> Iterable[Finding]:
    return agenda.findings.filter(kind__in=[Finding.Kind.NEED, Finding.Kind.WEAKNESS], challenges=None).exclude(
        status__in=[Finding.Status.DEFERRED, Finding.Status.REJECTED]
    )


def _findings_without_evidence(agenda: Agenda, _on: date) -> Iterable[Finding]:
    return agenda.findings.filter(evidence=None)


def _needs_without_project(agenda: Agenda, _on: date) -> Iterable[Finding]:
    return agenda.findings.filter(kind=Finding.Kind.NEED, challenges__isnull=False, projects=None).distinct()


def _challenges_without_package(agenda: Agenda, _on: date) -> Iterable[Challenge]:
    return agenda.challenges.filter(packages=None)


def _challenges_without_indicator(agenda: Agenda, _on: date) -> Iterable[Challenge]:
    return agenda.challenges.filter(indicator_links=None)


def _challenges_without_project(agenda: Agenda, _on: date) -> Iterable[Challenge]:
    working = Project.objects.filter(challenges=OuterRef("pk"), agenda=agenda).in_count()
    return agenda.challenges.filter(~Exists(working), packages__isnull=False).distinct()


def _packages_without_project(agenda: Agenda, _on: date) -> Iterable[MeasurePackage]:
    return agenda.packages.annotate(projects_in_count=Count("projects")).filter(projects_in_count=0)


def _projects_without_milestone(agenda: Agenda, _on: date) -> Iterable[Project]:
    return agenda.projects.in_count().filter(milestones=None).exclude(phase=Project.Phase.IDEA)


def _projects_outside_package(agenda: Agenda, _on: date) -> Iterable[Project]:
    return agenda.projects.in_count().filter(
        Q(planned_start__lt=F("package__starts_on")) | Q(planned_end__gt=F("package__ends_on"))
    )


def _projects_without_money(agenda: Agenda, _on: date) -> Iterable[Project]:
    started = [Project.Phase.APPROVED, Project.Phase.RUNNING]
    return agenda.projects.in_count().filter(phase__in=started, funding_lines=None)


def _projects_without_future(agenda: Agenda, _on: date) -> Iterable[Project]:
    return agenda.projects.in_count().filter(sustainability_note="").exclude(phase=Project.Phase.IDEA)


def _milestones_overdue(agenda: Agenda, on: date) -> Iterable[Milestone]:
    return (
        Milestone.objects.filter(project__in=agenda.projects.in_count(), done_on=None, due_on__lt=on)
        .select_related("project")
        .order_by("due_on")
    )


_KINDS: list[tuple[str, str, Callable[[Agenda, date], Iterable[Model]]]] = [
    (
        "Befunde ohne Beleg",
        "Niemand kann nachprüfen, worauf sie beruhen.",
        _findings_without_evidence,
    ),
    (
        "Bedarfe und Schwächen ohne Herausforderung",
        "Die Analyse nennt sie, die Strategie antwortet nicht.",
        _needs_without_challenge,
    ),
    (
        "Bedarfe ohne Projekt",
        "Eine Herausforderung nimmt sie auf, aber kein Projekt geht sie an.",
        _needs_without_project,
    ),
    (
        "Herausforderungen ohne Maßnahmenpaket",
        "Es gibt ein Ziel, aber keinen Weg dorthin.",
        _challenges_without_package,
    ),
    (
        "Herausforderungen ohne laufendes Projekt",
        "Das Paket ist da, aber kein Projekt darin dient der Herausforderung.",
        _challenges_without_project,
    ),
    (
        "Herausforderungen ohne Kennzahl",
        "Ob sie bewältigt sind, lässt sich nicht messen.",
        _challenges_without_indicator,
    ),
    ("Maßnahmenpakete ohne Projekt", "Das Paket ist leer.", _packages_without_project),
    (
        "Projekte außerhalb des Zeitraums ihres Pakets",
        "Das ist erlaubt, sollte aber gewollt sein.",
        _projects_outside_package,
    ),
    (
        "Projekte ohne Meilenstein",
        "Geplant oder begonnen, aber ohne prüfbares Zwischenergebnis.",
        _projects_without_milestone,
    ),
    (
        "Projekte ohne Finanzierung",
        "Beschlossen oder begonnen, aber keine Zeile nennt das Geld.",
        _projects_without_money,
    ),
    (
        "Projekte ohne Aussage zur Verstetigung",
        "Offen ist, wer sie nach der Förderung betreibt und bezahlt.",
        _projects_without_future,
    ),
    ("Überfällige Meilensteine", "Der Termin ist vorbei, erledigt sind sie nicht.", _milestones_overdue),
]
