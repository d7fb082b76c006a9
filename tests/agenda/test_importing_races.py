"""Two loads at once make one portal; beside it a control without the lock, in which they collide."""

from __future__ import annotations

from functools import partial
from threading import Barrier

import pytest

from agenda.models import Agenda, Project
from portal.models import Municipality
from portal.shared.importing import Report, loading
from tests.agenda.example_files import files, loaded
from tests.races import together

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.race]


def test_two_loads_at_once_load_once(tmp_path):
    given = files(tmp_path)
    reports = together([partial(loaded, given)] * 2)
    assert [type(report) for report in reports] == [Report, Report]
    first, second = sorted(reports, key=lambda report: report.new.total())
    assert (first.new.total(), first.unchanged) == (0, second.new)
    assert (Agenda.objects.count(), Municipality.objects.count(), Project.objects.count()) == (1, 2, 2)


def test_two_loads_into_an_empty_portal_load_once(tmp_path):
    given = files(tmp_path)
    reports = together([partial(loaded, given, only_if_empty=True)] * 2)
    assert sorted(report.was_skipped for report in reports) == [False, True]


def test_two_loads_at_once_control_without_lock_collide(tmp_path, monkeypatch):
    # Both are inside their transactions before either writes.
    inside = Barrier(2)
    monkeypatch.setattr(loading, "_wait_for_others", lambda: inside.wait(timeout=30))
    given = files(tmp_path)
    results = together([partial(loaded, given)] * 2)
    assert [isinstance(result, Report) and result.new.total() > 0 for result in results].count(True) == 1
    assert [isinstance(result, Exception) for result in results].count(True) == 1
