"""The agenda's rules across rows hold in the database, whoever writes, and refuse in German."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import IntegrityError, connection, transaction

from agenda.models import Agenda, AssessmentRound, Decision, Project, ProjectDependency, ProjectParty
from portal.models import OrganisationUnit
from portal.shared import violations
from tests import factories as make

pytestmark = pytest.mark.django_db


def refused(name: str, change) -> str:
    """Run `change`, demand that the rule `name` refuses it by the end of the transaction, give the sentence."""

    @transaction.atomic
    def act() -> None:
        change()
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")

    with pytest.raises(IntegrityError) as error:
        act()
    assert violations.constraint_name(error.value) == name
    return violations.message(error.value)


def holds() -> None:
    """Demand that every rule holds now."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")


def test_agenda_adopted_needs_decision():
    agenda = make.AgendaFactory()
    sentence = refused(
        "agenda_agenda_adopted_has_decision",
        lambda: Agenda.objects.filter(pk=agenda.pk).update(status="adopted"),
    )
    assert sentence == "Eine beschlossene Agenda braucht einen Beschluss."


def test_agenda_adopted_keeps_its_decision():
    decision = make.DecisionFactory()
    Agenda.objects.update(status="adopted")
    holds()
    refused("agenda_agenda_adopted_has_decision", Decision.objects.all().delete)
    decision.outcome = "rejected"
    refused("agenda_agenda_adopted_has_decision", decision.save)


def test_challenge_published_needs_finding():
    challenge = make.ChallengeFactory(public=True)
    holds()
    sentence = refused("agenda_challenge_published_has_finding", lambda: challenge.finding_links.get().delete())
    assert sentence == "Eine veröffentlichte Herausforderung braucht mindestens einen Befund."


def test_challenge_draft_may_lose_its_last_finding():
    challenge = make.ChallengeFactory()
    challenge.finding_links.get().delete()
    holds()


def test_package_published_needs_challenge_and_lead():
    package = make.PackageFactory(public=True)
    holds()
    refused("agenda_measurepackage_published_has_challenge", package.challenges.clear)
    package.lead = None
    refused("agenda_measurepackage_published_has_lead", package.save)


@pytest.mark.parametrize(
    ("horizon", "ends_on", "fits"),
    [
        ("short", date(2027, 6, 30), True),
        ("short", date(2027, 7, 1), False),
        ("medium", date(2027, 6, 30), False),
        ("medium", date(2027, 7, 1), True),
        ("medium", date(2029, 12, 31), True),
        ("long", date(2029, 12, 31), False),
        ("long", date(2032, 12, 31), True),
        ("long", date(2033, 1, 1), False),
    ],
)
def test_package_ends_in_its_horizon(horizon, ends_on, fits):
    package = make.PackageFactory.build(agenda=make.AgendaFactory(), lead=None, horizon=horizon, ends_on=ends_on)
    if fits:
        package.save()
        holds()
    else:
        refused("agenda_measurepackage_ends_in_horizon", package.save)


def test_agenda_cannot_move_horizons_away_from_packages():
    package = make.PackageFactory(ends_on=date(2027, 6, 30))
    holds()
    package.agenda.short_until = date(2027, 6, 29)
    refused("agenda_agenda_horizons_hold_packages", package.agenda.save)


def test_project_published_needs_lead_and_challenge():
    project = make.ProjectFactory(public=True)
    holds()
    refused("agenda_project_published_has_lead", lambda: project.parties.all().delete())
    refused("agenda_project_published_has_challenge", project.challenges.clear)


def test_project_has_one_lead():
    project = make.ProjectFactory()
    other = make.OrganisationFactory()
    sentence = refused(
        "agenda_projectparty_one_lead",
        lambda: ProjectParty.objects.create(project=project, organisation=other, role="lead"),
    )
    assert sentence == "Ein Projekt hat nur eine Federführung."


def test_project_challenges_are_those_of_its_package():
    project = make.ProjectFactory()
    foreign = make.ChallengeFactory(agenda=project.agenda)
    holds()
    refused("agenda_project_challenges_of_package", lambda: project.challenges.add(foreign))
    used = project.challenges.get()
    refused("agenda_measurepackage_challenges_in_use", lambda: project.package.challenges.remove(used))


def test_project_agenda_is_that_of_its_package():
    project = make.ProjectFactory()
    holds()
    other = make.AgendaFactory()
    refused(
        "agenda_project_agenda_of_package",
        lambda: Project.objects.filter(pk=project.pk).update(agenda=other),
    )


def test_dependency_circle_is_refused():
    package = make.PackageFactory()
    first, second, third = (make.ProjectFactory(package=package) for _ in range(3))
    ProjectDependency.objects.create(predecessor=first, successor=second)
    ProjectDependency.objects.create(predecessor=second, successor=third)
    sentence = refused(
        "agenda_projectdependency_acyclic",
        lambda: ProjectDependency.objects.create(predecessor=third, successor=first),
    )
    assert sentence == "Diese Abhängigkeit ergäbe einen Kreis: Das Projekt würde auf sich selbst warten."


def test_dependency_stays_in_one_agenda():
    here, elsewhere = make.ProjectFactory(), make.ProjectFactory()
    refused(
        "agenda_projectdependency_same_agenda",
        lambda: ProjectDependency.objects.create(predecessor=here, successor=elsewhere),
    )


def test_assessment_of_closed_round_is_read_only():
    assessment = make.AssessmentFactory()
    rating = assessment.ratings.create(criterion=make.CriterionFactory(), level=2)
    AssessmentRound.objects.update(state="closed")
    assessment.summary = "Nachtrag"
    refused("agenda_assessment_round_open", assessment.save)
    refused("agenda_assessment_round_open", lambda: make.AssessmentFactory(round=assessment.round))
    rating.level = 3
    refused("agenda_criterionrating_round_open", rating.save)
    refused("agenda_criterionrating_round_open", rating.delete)


@pytest.mark.parametrize("factory", [make.UnitFactory, make.FieldFactory])
def test_tree_has_two_levels(factory):
    top = factory()
    middle = factory(parent=top)
    table = middle._meta.db_table
    refused(f"{table}_depth_two", lambda: factory(parent=middle))
    other = factory()
    top.parent = other
    refused(f"{table}_depth_two", top.save)


def test_tree_refuses_third_level_in_forms():
    middle = make.UnitFactory(parent=make.UnitFactory())
    with pytest.raises(Exception, match="höchstens zwei Ebenen"):
        OrganisationUnit(name="Sachgebiet", parent=middle).clean()
