"""Both servers together, for the supervisor, for single commands and for the tests."""

from __future__ import annotations

import fcntl
import os
import shutil
import tempfile
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from portal.embedded import addresses, postgresql, valkey
from portal.embedded.processes import StartError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from portal.embedded.processes import Part

NAMES = ("DATABASE_URL", "REDIS_URL")
PREFIX = "portal-"
LONGEST_FOLDER = 60  # bytes; a socket's whole path has at most 107


def wanted() -> set[str]:
    """Which servers nobody else provides; `NAME_FILE` names a file with the address, as containers do it."""
    return {name for name in NAMES if not (os.environ.get(name) or os.environ.get(f"{name}_FILE"))}


@contextmanager
def sole_user(data: Path) -> Iterator[None]:
    """Hold the data folder; a second portal on it is refused before anything starts."""
    try:
        data.mkdir(mode=0o700, parents=True, exist_ok=True)
        lock = (data / "lock").open("w")
    except OSError as error:
        raise StartError(f"Der Datenordner {data} ist für dieses Konto nicht beschreibbar: {error.strerror}.") from None
    with lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise StartError(f"Der Datenordner {data} wird schon von einem laufenden Portal benutzt.") from None
        yield


@contextmanager
def running(data: Path, *, options: Sequence[str] = ()) -> Iterator[list[Part]]:
    """Start what is wanted, set its addresses in our environment, stop it at the end in reverse order."""
    missing = wanted()
    cluster, queue, logs = data / "postgres", data / "valkey", data / "log"
    _sweep(cluster)
    with ExitStack() as stack:
        sockets = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix=PREFIX, dir=_short_folder())))
        parts: list[Part] = []
        if "DATABASE_URL" in missing:
            parts.append(postgresql.start(cluster, sockets, log=logs / "postgresql.log", options=options))
            stack.callback(parts[-1].stop)
            postgresql.await_answer(parts[-1], cluster, sockets)
            stack.enter_context(_set("PORTAL_EMBEDDED", "1"))
        if "REDIS_URL" in missing:
            parts.append(valkey.start(queue, sockets, log=logs / "valkey.log"))
            stack.callback(parts[-1].stop)
            valkey.await_answer(parts[-1], sockets)
        found = addresses.at_sockets(sockets)
        for key in missing:
            stack.enter_context(_set(key, found[key]))
        yield parts


@contextmanager
def _set(key: str, value: str) -> Iterator[None]:
    os.environ[key] = value
    try:
        yield
    finally:
        os.environ.pop(key, None)


def _short_folder() -> str:
    """Where the sockets live: never below the data folder, whose path may be long or hold anything."""
    usual = tempfile.gettempdir()
    is_plain = usual.isascii() and usual.replace("/", "").replace("-", "").replace("_", "").replace(".", "").isalnum()
    return usual if is_plain and len(usual) <= LONGEST_FOLDER else "/tmp"  # noqa: S108  made private below


def _sweep(cluster: Path) -> None:
    """Remove the sockets of a portal that was killed before it could tidy up."""
    old = addresses.sockets(cluster.parent)
    is_ours = old.name.startswith(PREFIX) and str(old.parent) == _short_folder()
    if is_ours and postgresql.running(cluster) is None:
        shutil.rmtree(old, ignore_errors=True)
