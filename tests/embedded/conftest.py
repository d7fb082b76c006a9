"""What the tests of the servers share: a folder nobody expects, and an environment without addresses."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
# What the servers of this test run put into the environment; a start of its own must not see it.
OURS = ("DATABASE_URL", "REDIS_URL", "PORTAL_DATA", "PORTAL_EMBEDDED", "DJANGO_SECRET_KEY", "PORTAL_TEST_SERVERS")


@pytest.fixture
def bare(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """The environment of somebody who has set nothing."""
    for name in [*OURS, *(key for key in os.environ if key.startswith("PYTEST_"))]:
        if name != "PYTEST_CURRENT_TEST":
            monkeypatch.delenv(name, raising=False)
    return monkeypatch


@pytest.fixture(scope="module")
def odd_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A space, an umlaut, an apostrophe, and more bytes than a socket's path may have."""
    folder = tmp_path_factory.mktemp("servers") / ("Müller's Ablage " * 8).strip() / "Daten"
    assert len(os.fsencode(folder)) > 107
    return folder
