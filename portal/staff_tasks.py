"""What waits in the portal itself: drafts to review, failed reports, mails given up."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.urls import reverse

from portal.models import OutgoingMail, Report
from portal.shared import publishing, staff_tasks
from portal.shared.publication import Publication, PublicationState
from portal.shared.staff_tasks import StaffTask

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from portal.models import User


def waiting(user: User, _on: date) -> Iterator[StaffTask]:
    """Reviews of every department's content, then what machines could not finish."""
    for model in apps.get_models():
        if issubclass(model, Publication) and publishing.may_publish(user, model):
            yield _count(f"{model._meta.verbose_name_plural} zu prüfen", model, state=PublicationState.IN_REVIEW)
    if user.has_perm("portal.view_report"):
        yield _count("Berichte, die nicht erstellt werden konnten", Report, state=Report.State.FAILED)
    if user.has_perm("portal.view_outgoingmail"):
        yield _count("Mails, die nicht zugestellt werden konnten", OutgoingMail, state=OutgoingMail.State.GIVEN_UP)


def _count(label: str, model: Any, *, state: str) -> StaffTask:
    address = reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")
    return StaffTask(label, model._default_manager.filter(state=state).count(), f"{address}?state__exact={state}")


staff_tasks.register(waiting)
