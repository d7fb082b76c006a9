"""What waits in the agenda: milestones that are overdue, within the limits of a person's unit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse

from agenda.models import Milestone, Project
from portal.shared import staff_tasks
from portal.shared.staff_tasks import StaffTask

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from portal.models import User


def waiting(user: User, on: date) -> Iterator[StaffTask]:
    """Projects with an overdue milestone: those of the person's unit, or all for whoever has none."""
    if not user.has_perm("agenda.change_project"):
        return
    address = f"{reverse('admin:agenda_project_changelist')}?faellig=ja"
    late = Milestone.objects.filter(done_on=None, due_on__lt=on, project__in=Project.objects.in_count())
    if user.unit_id:
        late = late.filter(project__owner_id=user.unit_id)
        address += f"&owner__id__exact={user.unit_id}"
    count = late.values("project").distinct().count()
    yield StaffTask("Projekte mit überfälligem Meilenstein", count, address)


staff_tasks.register(waiting)
