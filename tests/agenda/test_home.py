"""The agenda on home page and municipality pages."""

from datetime import date

import pytest

from agenda import home
from tests.factories import (
    NOON,
    AgendaFactory,
    DecisionFactory,
    FindingFactory,
    IndicatorFactory,
    MunicipalityFactory,
    PackageFactory,
    ProjectFactory,
)

pytestmark = pytest.mark.django_db


def _counts():
    return [(step.label, step.count) for step in home.chain(NOON)]


def test_chain_without_agenda_is_empty():
    assert home.chain(NOON) == []


def test_chain_counts_public_rows_of_each_step():
    project = ProjectFactory(public=True)
    ProjectFactory(package=project.package)
    FindingFactory(agenda=project.agenda)
    IndicatorFactory.create_batch(2, public=True)
    IndicatorFactory()
    assert _counts() == [
        ("Ist-Stand", 2),
        ("Befunde", 1),
        ("Herausforderungen", 1),
        ("Maßnahmenpakete", 1),
        ("Projekte", 1),
    ]


def test_chain_is_that_of_the_adopted_agenda(django_assert_num_queries):
    adopted = AgendaFactory(public=True, period_start=date(2025, 1, 1))
    DecisionFactory(agenda=adopted)
    adopted.status = "adopted"
    adopted.save()
    ProjectFactory(package=PackageFactory(agenda=adopted, public=True), public=True)
    ProjectFactory.create_batch(2, public=True)
    with django_assert_num_queries(1):
        assert _counts()[-1] == ("Projekte", 1)


def test_teasers_are_the_projects_that_moved_last(django_assert_num_queries):
    package = PackageFactory(public=True)
    for day in (3, 1, 2):
        ProjectFactory(package=package, public=True, title=f"vom {day}.", status_on=date(2026, 9, day))
    ProjectFactory(package=package, public=True, title="nie gemeldet", status_on=None)
    with django_assert_num_queries(1):
        assert [teaser.title for teaser in home.teasers(at=NOON)] == ["vom 3.", "vom 2.", "vom 1."]


def test_teasers_of_a_municipality_put_its_own_projects_first():
    package, here, there = PackageFactory(public=True), MunicipalityFactory(), MunicipalityFactory()
    ProjectFactory(package=package, public=True, title="überall", status_on=date(2026, 9, 3))
    ProjectFactory(package=package, public=True, title="hier").municipalities.add(here, there)
    ProjectFactory(package=package, public=True, title="dort").municipalities.add(there)
    assert [teaser.title for teaser in home.teasers(at=NOON, municipality=here)] == ["hier", "überall"]


def test_teaser_says_where_the_project_stands():
    ProjectFactory(public=True, phase="on_hold", phase_reason="Geld fehlt.", title="Netz", slug="netz")
    [teaser] = home.teasers(at=NOON)
    assert (teaser.title, teaser.url, teaser.badge, teaser.badge_kind) == (
        "Netz",
        "/agenda/projekte/netz/",
        "zurückgestellt",
        "warning",
    )
