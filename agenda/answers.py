"""What answers a finding: challenges that take it up, their packages, and the projects in them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, Prefetch

from agenda import standing, thread
from agenda.models import Challenge, ChallengeFinding, MeasurePackage, Project

if TYPE_CHECKING:
    from agenda.models import Finding
    from agenda.standing import Standing
    from agenda.thread import Gate


@dataclass(frozen=True)
class PackageAnswer:
    """A package with the projects in it that serve the challenge."""

    package: MeasurePackage
    projects: list[Standing]


@dataclass(frozen=True)
class Answer:
    """A challenge, why the finding leads to it, and its packages."""

    challenge: Challenge
    note: str
    packages: list[PackageAnswer]


def to(finding: Finding, *, gate: Gate) -> list[Answer]:
    """The answers to `finding`, in the order of the challenges; at most seven queries."""
    links = (
        ChallengeFinding.objects.filter(finding=finding, challenge__in=gate.rows(Challenge))
        .select_related("challenge")
        .prefetch_related(Prefetch("challenge__packages", gate.rows(MeasurePackage), to_attr="shown_packages"))
        .order_by("challenge__order", "challenge__code")
    )
    served = [link.challenge_id for link in links]
    standings = standing.of_all(serving(served, gate), at=gate.at)
    return [_answer(link, standings) for link in links]


def serving(challenges: list[int], gate: Gate) -> Any:
    """Projects that serve one of `challenges` (keys), each with the keys of all it serves."""
    own = Project.challenges.through.objects.filter(project=OuterRef("pk"))
    return (
        thread.standings_of(gate)
        .filter(pk__in=Project.challenges.through.objects.filter(challenge__in=challenges).values("project"))
        .annotate(challenge_keys=ArraySubquery(own.values("challenge")))
    )


def serve(standings: list[Standing], challenge: int) -> list[Standing]:
    """Those of `standings` (read by `serving`) whose project serves the challenge with this key."""
    return [item for item in standings if challenge in item.project.challenge_keys]  # type: ignore[attr-defined]


def _answer(link: Any, standings: list[Standing]) -> Answer:
    serve_it = serve(standings, link.challenge_id)
    return Answer(
        link.challenge,
        link.note,
        [
            PackageAnswer(package, [item for item in serve_it if item.project.package_id == package.pk])
            for package in link.challenge.shown_packages
        ],
    )
