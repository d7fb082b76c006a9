"""Contract “tasks for staff”: what waits for whom, on the first page of the administration.

A department writes `staff_tasks.py` and registers one function there:

    staff_tasks.register(waiting)        # def waiting(user, on) -> Iterable[StaffTask]

It gives only what `user` may act on, with counts above zero, and imports that module in its AppConfig.ready().
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import date

    from portal.models import User


@dataclass(frozen=True)
class StaffTask:
    """One line of the list: what waits, how many rows, where to act."""

    label: str
    count: int
    url: str


_sources: list[Callable[[User, date], Iterable[StaffTask]]] = []


def register(source: Callable[[User, date], Iterable[StaffTask]]) -> None:
    """Add a department's tasks; registering the same function again changes nothing."""
    if source not in _sources:
        _sources.append(source)


def waiting(user: User, *, on: date) -> list[StaffTask]:
    """Everything that waits for `user` on a day; nothing is listed with a count of zero."""
    return [task for source in _sources for task in source(user, on) if task.count]
