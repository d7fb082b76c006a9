"""Contract “home and topics”: what a department shows on pages that join departments.

A department writes a `home.py`, makes one `Department` there and registers it:

    home.register(Department(order=10, label="Agenda", url_name="agenda:overview",
                             chain=chain, teasers=teasers))

and imports that module in its AppConfig.ready(). `chain(at)` and `teasers(at, …)` read only what `public(at)`
lets through.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.urls import reverse

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import datetime

    from django.db.models import QuerySet

    from portal.models import Municipality


@dataclass(frozen=True)
class Link:
    """A row of the main navigation."""

    label: str
    url: str


@dataclass(frozen=True)
class Step:
    """A step of the red thread with how many public rows it has."""

    label: str
    count: int
    url: str
    text: str


@dataclass(frozen=True)
class Teaser:
    """A card on the home page or on the page of a municipality."""

    kind: str
    title: str
    text: str
    url: str
    badge: str = ""
    badge_kind: str = "info"


@dataclass(frozen=True)
class Department:
    """What one department contributes; every callable may be left out.

    `teasers(at=…, municipality=None)` gives its newest public rows, for one municipality where one is named.
    `is_example(at)` says whether what it shows in public is made up; every page then says so.
    `pages(at)` gives the rows that have a public page each, for the sitemap.
    """

    order: int
    label: str
    url_name: str
    chain: Callable[[datetime], Iterable[Step]] | None = None
    teasers: Callable[..., Iterable[Teaser]] | None = None
    is_example: Callable[[datetime], bool] | None = None
    pages: Callable[[datetime], Iterable[QuerySet[Any]]] | None = None


_departments: dict[str, Department] = {}


def register(department: Department) -> None:
    """Add `department` to home page, navigation and municipality pages; a second call replaces the first."""
    _departments[department.url_name] = department


def departments() -> list[Department]:
    """All registered departments in their order."""
    return sorted(_departments.values(), key=lambda department: department.order)


def navigation() -> list[Link]:
    """The main navigation."""
    return [Link(department.label, reverse(department.url_name)) for department in departments()]


def chain(at: datetime) -> list[Step]:
    """The steps of the red thread, over all departments."""
    return [step for department in departments() if department.chain for step in department.chain(at)]


def teasers(at: datetime, *, municipality: Municipality | None = None) -> list[Teaser]:
    """Teasers of all departments, for one municipality where one is named."""
    return [
        teaser
        for department in departments()
        if department.teasers
        for teaser in department.teasers(at=at, municipality=municipality)
    ]


def is_example(at: datetime) -> bool:
    """Whether any department shows made-up content."""
    return any(department.is_example(at) for department in departments() if department.is_example)


def pages(at: datetime) -> list[QuerySet[Any]]:
    """All rows of all departments that have a public page each."""
    return [rows for department in departments() if department.pages for rows in department.pages(at)]
