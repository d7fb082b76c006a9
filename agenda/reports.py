"""The agenda's reports: the whole agenda, and the Steckbrief of one project."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.db.models import Max
from django.utils import timezone

from agenda import document, thread
from agenda.models import Agenda, Project
from agenda.thread import Gate
from portal.models import MunicipalityPopulation
from portal.shared import reports
from portal.shared.publication import Publication

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

RIGHTS = ("agenda.view_project", "agenda.view_agenda")


def clean_agenda(options: Mapping[str, Any]) -> dict[str, Any]:
    """`agenda`: its address; left out, the agenda that is in public view now."""
    slug = str(options.get("agenda", "")).strip()
    if not slug:
        current = Agenda.objects.current(timezone.now())
        if current is None:
            raise reports.ReportRefusedError("Zurzeit ist keine Agenda veröffentlicht.")
        slug = current.slug
    return {"agenda": slug}


def agenda_title(options: dict[str, Any]) -> str:
    """The agenda's own title."""
    return Agenda.objects.get(slug=options["agenda"]).title


def agenda_context(options: dict[str, Any], *, is_public: bool, at: datetime) -> dict[str, Any]:
    """Everything of the agenda."""
    return document.gather(_agenda(options, is_public=is_public, at=at), _gate(is_public=is_public, at=at))


def agenda_fingerprint(options: dict[str, Any], *, is_public: bool, at: datetime) -> str:
    """Changes with every change of the chain, and when a window of publication opens or closes."""
    agenda = _agenda(options, is_public=is_public, at=at)
    return f"{agenda.pk} {_chain(is_public=is_public, at=at)}"


def clean_project(options: Mapping[str, Any]) -> dict[str, Any]:
    """`project`: its address."""
    slug = str(options.get("project", "")).strip()
    if not slug:
        raise reports.ReportRefusedError("Bitte geben Sie an, welches Projekt gedruckt werden soll (project=…).")
    return {"project": slug}


def project_title(options: dict[str, Any]) -> str:
    """The project's own title."""
    return Project.objects.get(slug=options["project"]).title


def project_context(options: dict[str, Any], *, is_public: bool, at: datetime) -> dict[str, Any]:
    """The Steckbrief and the agenda it belongs to."""
    gate = _gate(is_public=is_public, at=at)
    project = _project(options, is_public=is_public, at=at)
    sheet = document.sheets(gate, thread.standings_of(gate).filter(pk=project.pk))[0]
    return {"sheet": sheet, "agenda": project.agenda}


def project_fingerprint(options: dict[str, Any], *, is_public: bool, at: datetime) -> str:
    """As that of the whole agenda: the sheet names much of what is around it."""
    project = _project(options, is_public=is_public, at=at)
    return f"{project.pk} {_chain(is_public=is_public, at=at)}"


def _gate(*, is_public: bool, at: datetime) -> Gate:
    return Gate(at) if is_public else document.OpenGate(at)


def _agenda(options: dict[str, Any], *, is_public: bool, at: datetime) -> Agenda:
    agenda = _gate(is_public=is_public, at=at).rows(Agenda).filter(slug=options["agenda"]).first()
    if agenda is None:
        raise reports.ReportRefusedError(
            f"Die Agenda „{options['agenda']}“ gibt es nicht oder sie ist nicht öffentlich."
        )
    return agenda


def _project(options: dict[str, Any], *, is_public: bool, at: datetime) -> Project:
    rows = _gate(is_public=is_public, at=at).rows(Project).select_related("agenda")
    project = rows.filter(slug=options["project"]).first()
    if project is None:
        raise reports.ReportRefusedError(
            f"Das Projekt „{options['project']}“ gibt es nicht oder es ist nicht öffentlich."
        )
    return project


def _chain(*, is_public: bool, at: datetime) -> str:
    """The newest version of each model with a history, and which published rows the clock lets through."""
    kept: list[Any] = [m for label in ("agenda", "portal") for m in apps.get_app_config(label).get_models()]
    versions = [
        str(model.objects.aggregate(newest=Max("history_id"))["newest"])
        for model in kept
        if hasattr(model, "history_object") and model.__name__ not in {"PageVersion", "NewsVersion"}
    ]
    gate = _gate(is_public=is_public, at=at)
    shown = [
        ",".join(str(pk) for pk in gate.rows(model).order_by("pk").values_list("pk", flat=True))
        for model in kept
        if model._meta.app_label == "agenda" and issubclass(model, Publication)
    ]
    # Counts of inhabitants are replaced as a whole and keep no history; the map shows them.
    counts = MunicipalityPopulation.objects.order_by("pk").values_list("municipality", "counted_on", "inhabitants")
    # Standings move with the calendar: a milestone becomes overdue over night.
    return " ".join([*versions, *shown, str(list(counts)), timezone.localdate(at).isoformat()])


AGENDA = reports.ReportKind(
    kind="agenda",
    label="Digitale Agenda",
    template="reports/agenda/agenda.html",
    clean_options=clean_agenda,
    title=agenda_title,
    context=agenda_context,
    fingerprint=agenda_fingerprint,
    internal_permissions=RIGHTS,
)
STECKBRIEF = reports.ReportKind(
    kind="steckbrief",
    label="Steckbrief eines Projekts",
    template="reports/agenda/steckbrief.html",
    clean_options=clean_project,
    title=project_title,
    context=project_context,
    fingerprint=project_fingerprint,
    internal_permissions=RIGHTS,
)
reports.register(AGENDA)
reports.register(STECKBRIEF)
