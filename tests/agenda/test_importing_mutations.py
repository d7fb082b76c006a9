"""Whatever is done to the file: it is loaded whole or refused whole, and never fails in another way."""

from __future__ import annotations

import json
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from agenda.models import Agenda, Indicator, Milestone, Project
from portal.models import Municipality, Topic
from portal.shared.importing import ImportRefusedError
from tests.agenda.example_files import DATA, files, loaded

VALUES = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(allow_nan=False),
    st.text(max_size=30),
    st.sampled_from(
        ["F02", "M05", "E16", "P1", "2026-09-30", "2024", "kurz", "\ud800", "\x00", "９", "Stadt Nirgends"]
    ),
    st.lists(st.sampled_from(["C1", "F04", "M01", "15090270", 7, None]), max_size=3),
    st.dictionaries(st.text(max_size=5), st.integers(), max_size=2),
)
ACTS = st.sampled_from(["replace", "remove", "add", "double"])


def spots(value, path=()):
    """Every place in a document."""
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, part in inner:
        yield (*path, key)
        yield from spots(part, (*path, key))


CHANGED = [Topic, Municipality, Agenda, Indicator, Project, Project.history.model, Milestone]
DOCUMENT = json.loads((DATA / "agenda.json").read_text(encoding="utf-8"))
SPOTS = list(spots(DOCUMENT))


def mutated(document, spot, act, value):
    """The document after one act at one place."""
    home = document
    for key in spot[:-1]:
        home = home[key]
    key = spot[-1]
    if act == "replace":
        home[key] = value
    elif act == "remove":
        del home[key]
    elif isinstance(home, list):
        home.append(home[key] if act == "double" else value)
    else:
        home["neu"] = value
    return document


def size():
    return {model: model.objects.count() for model in CHANGED}


def attempt(there):
    """The report of a load, or its refusal; any other error fails the test."""
    try:
        return loaded(there)
    except ImportRefusedError as refusal:
        return refusal


@contextmanager
def taken_back():
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.mark.django_db
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(spot=st.sampled_from(SPOTS), act=ACTS, value=VALUES)
def test_agenda_changed_anywhere_is_loaded_or_refused_as_a_whole(spot, act, value):
    document = mutated(json.loads(json.dumps(DOCUMENT)), spot, act, value)
    with TemporaryDirectory() as folder, taken_back():
        there = files(Path(folder))
        there["agenda"].write_text(json.dumps(document, indent=1), encoding="utf-8")
        before = size()
        outcome = attempt(there)
        if isinstance(outcome, ImportRefusedError):
            assert (bool(outcome.faults), size()) == (True, before)
        else:
            assert loaded(there).unchanged.total() == outcome.new.total() > 50


@settings(max_examples=100, deadline=None)
@given(option=st.sampled_from(["agenda", "figures", "boundaries", "municipalities"]), data=st.data())
def test_bytes_changed_anywhere_are_refused_or_planned(option, data):
    """Without a database: a plan that could be loaded would fail for want of one, so the change makes a fault."""
    with TemporaryDirectory() as folder:
        there = files(Path(folder))
        raw = bytearray(there[option].read_bytes())
        at = data.draw(st.integers(0, len(raw) - 1))
        raw[at : at + data.draw(st.integers(0, 40))] = data.draw(st.binary(max_size=5))
        there[option].write_bytes(raw)
        # A fault elsewhere keeps the load from ever reaching the database.
        there["maturity"].unlink()
        with pytest.raises(ImportRefusedError):
            loaded(there)
