"""Both servers together, for the supervisor, for single commands and for the tests."""

from __future__ import annotations

import fcntl
import os
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from portal.embedded import addresses, postgresql, valkey
from portal.embedded.processes import StartError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from portal.embedded.processes import Part


def wanted() -> set[str]:
    """Which servers nobody else provides."""
    return {name for name in ("DATABASE_URL", "REDIS_URL") if not os.environ.get(name)}


@contextmanager
def sole_user(data: Path) -> Iterator[None]:
    """Hold the data folder; a second portal on it is refused before anything starts."""
    data.mkdir(parents=True, exist_ok=True)
    with (data / "lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise StartError(f"Der Datenordner {data} wird schon von einem laufenden Portal benutzt.") from None
        yield


@contextmanager
def running(data: Path, *, options: Sequence[str] = ()) -> Iterator[list[Part]]:
    """Start what is wanted, set its addresses in our environment, stop it at the end in reverse order."""
    parts: list[Part] = []
    # A socket's path has at most 107 bytes, so it never lies below the data folder.
    with TemporaryDirectory(prefix="portal-") as name:
        sockets = Path(name)
        found = addresses.at_sockets(sockets)
        missing = wanted()
        try:
            if "DATABASE_URL" in missing:
                log = data / "log" / "postgresql.log"
                parts.append(postgresql.start(data / "postgres", sockets, log=log, options=options))
                os.environ["PORTAL_EMBEDDED"] = "1"
            if "REDIS_URL" in missing:
                parts.append(valkey.start(data / "valkey", sockets, log=data / "log" / "valkey.log"))
            os.environ.update({key: found[key] for key in missing})
            yield parts
        finally:
            for part in reversed(parts):
                part.stop()
            for key in missing:
                os.environ.pop(key, None)
