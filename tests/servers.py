"""Servers of the tests: a PostgreSQL and a Valkey that are thrown away, started before Django reads its settings."""

from __future__ import annotations

import os
from collections.abc import Generator
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest

from portal.embedded import account, command, postgresql, servers

SHARED = "PORTAL_TEST_SERVERS"

if os.geteuid() == 0 and servers.wanted() and SHARED not in os.environ:
    # PostgreSQL refuses root. A test run is one command like others, so all of it goes on as somebody else.
    account.leave_root(command.data_folder())


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_load_initial_conftests() -> Generator[None, Any, Any]:
    """Before pytest-django looks at the settings; workers of xdist inherit the addresses."""
    if SHARED not in os.environ:
        os.environ.setdefault("DJANGO_SECRET_KEY", "only-for-tests-" + "x" * 40)
        os.environ["PORTAL_ENV_FILE"] = os.devnull  # a file for this copy of the portal says nothing about the code
        _stack.enter_context(_thrown_away())
        os.environ[SHARED] = "1"
    _own_queue()
    return (yield)


_stack = ExitStack()


def pytest_unconfigure(config: pytest.Config) -> None:
    """Stop what this process started."""
    if not hasattr(config, "workerinput"):
        _stack.close()


def _thrown_away() -> Any:
    stack = ExitStack()
    folder = Path(stack.enter_context(TemporaryDirectory(prefix="portal-tests-")))
    os.environ["PORTAL_DATA"] = str(folder)
    stack.enter_context(servers.running(folder, options=postgresql.THROWAWAY))
    return stack


def _own_queue() -> None:
    """Each worker gets a database number of Valkey for itself."""
    worker = os.environ.get("PYTEST_XDIST_WORKER", "")
    if worker and "virtual_host" not in os.environ["REDIS_URL"] and os.environ["REDIS_URL"].startswith("redis+socket"):
        os.environ["REDIS_URL"] += f"?virtual_host={int(worker.removeprefix('gw')) + 1}"
