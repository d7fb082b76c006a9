"""Rounds move from open to closed to published, and only forward."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction

from agenda import rounds
from agenda.models import Assessment, AssessmentRound
from portal import roles
from tests import factories as make
from tests.races import together

State = AssessmentRound.State


def round_with(*statuses):
    round_ = make.RoundFactory()
    for status in statuses:
        make.AssessmentFactory(round=round_, status=status)
    return round_


@pytest.mark.django_db
def test_round_is_closed_and_published(role):
    person = role(roles.BEAUFTRAGTE)
    round_ = round_with("confirmed")
    assert rounds.close(round_, by=person).state == State.CLOSED
    published = rounds.publish(round_, by=person)
    assert (published.state, published.history.first().history_user) == (State.PUBLISHED, person)
    assert published.history.first().history_change_reason == "Erhebungsrunde veröffentlicht"
    assert Assessment.objects.public(make.NOON).count() == 1


@pytest.mark.django_db
def test_round_moved_twice_changes_nothing():
    round_ = round_with("confirmed")
    rounds.close(round_, by=None)
    rounds.close(round_, by=None)
    rounds.publish(round_, by=None)
    rounds.publish(round_, by=None)
    assert rounds.close(round_, by=None).state == State.PUBLISHED
    assert round_.history.count() == 3


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("statuses", "sentence"),
    [
        ([], "Die Erhebungsrunde hat noch keine Einschätzung."),
        (["confirmed", "draft"], "1 Einschätzung ist noch nicht bestätigt."),
        (["submitted", "draft"], "2 Einschätzungen sind noch nicht bestätigt."),
    ],
)
def test_round_with_open_ends_is_not_closed(statuses, sentence):
    with pytest.raises(rounds.RoundRefusedError, match=sentence):
        rounds.close(round_with(*statuses), by=None)


@pytest.mark.django_db
def test_open_round_is_not_published():
    with pytest.raises(rounds.RoundRefusedError, match="zuerst ab"):
        rounds.publish(round_with("confirmed"), by=None)


@pytest.mark.django_db
@pytest.mark.parametrize("act", [rounds.close, rounds.publish])
def test_round_is_not_moved_without_the_right(act, role):
    with pytest.raises(rounds.RoundRefusedError, match="Sie dürfen"):
        act(round_with("confirmed"), by=role(roles.REDAKTION))


@pytest.mark.django_db(transaction=True)
@pytest.mark.race
def test_entry_and_closing_at_once_leave_no_unconfirmed_entry():
    """Either the entry comes first and the round stays open, or the round is closed and the entry refused."""
    round_ = round_with("confirmed")
    field = make.FieldFactory()

    @transaction.atomic
    def enter():
        return Assessment.objects.create(round=round_, field=field, status="draft")

    results = together([enter, lambda: rounds.close(round_, by=None)])
    refusals = [result for result in results if isinstance(result, IntegrityError | rounds.RoundRefusedError)]
    assert len(refusals) == 1
    round_.refresh_from_db()
    waiting = round_.assessments.exclude(status="confirmed").exists()
    assert (round_.state == State.CLOSED) is not waiting
