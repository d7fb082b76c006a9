"""Two people at once cannot get around a rule; beside each race a control without the lock that does."""

from __future__ import annotations

from contextlib import suppress
from threading import Barrier, BrokenBarrierError

import pytest
from django.db import IntegrityError, connection, transaction

from agenda import rules_sql
from agenda.models import Challenge, ChallengeFinding, ProjectDependency
from portal.shared import publishing, violations
from tests import factories as make
from tests.races import together

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.race]


def remove_each(links) -> list:
    """Delete each link in a transaction of its own; nobody commits before all are checked, or one has to wait."""
    checked = Barrier(len(links))

    def remove(pk):
        @transaction.atomic
        def act():
            ChallengeFinding.objects.filter(pk=pk).delete()
            with connection.cursor() as cursor:
                cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            with suppress(BrokenBarrierError):
                checked.wait(timeout=1)
            return "removed"

        return act

    return together([remove(link.pk) for link in links])


def challenge_with_two_findings() -> Challenge:
    agenda = make.AgendaFactory(public=True)
    return make.ChallengeFactory(
        agenda=agenda, public=True, findings=[make.FindingFactory(agenda=agenda) for _ in range(2)]
    )


def test_last_two_findings_removed_at_once_leave_one():
    challenge = challenge_with_two_findings()
    results = remove_each(challenge.finding_links.all())
    assert sorted(type(result) for result in results if result != "removed") == [IntegrityError]
    assert challenge.finding_links.count() == 1


def test_last_two_findings_removed_at_once_control_without_lock_loses_both():
    rule = rules_sql.CHALLENGE_HAS_FINDING
    with connection.cursor() as cursor:
        cursor.execute(rule.drop())
        cursor.execute(rule.create().replace(" FOR NO KEY UPDATE", ""))
    try:
        challenge = challenge_with_two_findings()
        results = remove_each(challenge.finding_links.all())
        assert results == ["removed", "removed"]
        assert challenge.finding_links.count() == 0
    finally:
        Challenge.objects.update(state="draft")
        with connection.cursor() as cursor:
            cursor.execute(rule.drop())
            cursor.execute(rule.create())


def test_circle_closed_from_both_ends_is_refused_once():
    package = make.PackageFactory()
    first, second = make.ProjectFactory(package=package), make.ProjectFactory(package=package)
    results = together(
        [
            lambda: ProjectDependency.objects.create(predecessor=first, successor=second),
            lambda: ProjectDependency.objects.create(predecessor=second, successor=first),
        ]
    )
    refusals = [result for result in results if isinstance(result, IntegrityError)]
    assert [violations.constraint_name(error) for error in refusals] == ["agenda_projectdependency_acyclic"]
    assert ProjectDependency.objects.count() == 1


def test_published_at_once_is_published_once():
    project = make.ProjectFactory()
    results = together([lambda: publishing.publish(project, by=None, at=make.NOON)] * 4)
    assert [result.state for result in results] == ["published"] * 4
    assert project.history.filter(history_change_reason="Veröffentlicht").count() == 1
