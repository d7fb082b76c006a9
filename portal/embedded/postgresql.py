"""The embedded PostgreSQL: one cluster in a folder, reached by a socket in a private folder, no port."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from pathlib import Path
from typing import TYPE_CHECKING

import psycopg

from portal.embedded import processes, wheels
from portal.embedded.processes import Part, StartError

if TYPE_CHECKING:
    from collections.abc import Sequence

DATABASE = "portal"
# Small containers give little or no /dev/shm.
SHARED_MEMORY = ("-c", "dynamic_shared_memory_type=mmap")
# Faster and unsafe against a power cut: only for clusters that are thrown away.
THROWAWAY = ("-c", "fsync=off", "-c", "synchronous_commit=off", "-c", "full_page_writes=off")
CRASH_RECOVERY_SECONDS = 120


def start(data: Path, sockets: Path, *, log: Path, options: Sequence[str] = ()) -> Part:
    """Make the cluster if there is none, start it, wait until it answers, make the database."""
    _make_cluster(data, log=log)
    _refuse_foreign(data)
    _clear_stale_note(data)
    command: list[str | Path] = [wheels.postgresql() / "postgres", "-D", data, "-c", "listen_addresses="]
    command += ["-c", f"unix_socket_directories={sockets}", "-c", "unix_socket_permissions=0700"]
    part = processes.start(
        "Die Datenbank",
        [*command, *SHARED_MEMORY, *options],
        log=log,
        env=processes.environment(),
        farewell=signal.SIGINT,  # “fast shutdown”: ends sessions, writes everything, stops
        patience=60,
    )
    processes.wait_until(
        lambda: is_ready(data),
        part,
        seconds=CRASH_RECOVERY_SECONDS,
        slow="Die Datenbank prüft ihre Daten …",
    )
    _make_database(sockets)
    return part


def is_ready(data: Path) -> bool:
    """Whether the server's own note says so; the note grows while it starts."""
    return note(data)[7:8] == ["ready"]


def note(data: Path) -> list[str]:
    """Lines of `postmaster.pid`, stripped; none when there is no file or it cannot be read."""
    try:
        return [line.strip() for line in (data / "postmaster.pid").read_text().splitlines()]
    except (OSError, UnicodeDecodeError):
        return []


def running(data: Path) -> int | None:
    """Number of the living server of this cluster. An old note may name a stranger: only ours counts."""
    lines = note(data)
    if not lines or not lines[0].isdigit():
        return None
    proc = Path("/proc") / lines[0]
    try:
        is_ours = (proc / "comm").read_text().strip() == "postgres" and (proc / "cwd").resolve() == data.resolve()
    except OSError:
        return None
    return int(lines[0]) if is_ours else None


def _make_cluster(data: Path, *, log: Path) -> None:
    if (data / "PG_VERSION").exists():
        return
    new = data.with_name(f"{data.name}.new")  # half an initdb never looks like a whole one
    if new.exists():
        subprocess.run(["/bin/rm", "-rf", "--", str(new)], check=True)  # noqa: S603  our own folder
    data.parent.mkdir(parents=True, exist_ok=True)
    log.parent.mkdir(parents=True, exist_ok=True)
    command = [str(wheels.postgresql() / "initdb"), "-D", str(new), "-U", "postgres", "--auth=trust"]
    # The locale decides for ever what the search finds; this one depends on no environment.
    command += ["--encoding=UTF8", "--locale-provider=builtin", "--locale=C.UTF-8", "--data-checksums"]
    done = subprocess.run(  # noqa: S603  our own program
        [*command, *SHARED_MEMORY], env=processes.environment(), capture_output=True, text=True, check=False
    )
    log.write_text(done.stdout + done.stderr)
    if done.returncode:
        raise StartError(f"Die Datenbank konnte nicht angelegt werden:\n{done.stderr.strip()}")
    new.rename(data)


def _refuse_foreign(data: Path) -> None:
    owner = data.stat().st_uid
    if owner != os.geteuid():
        raise StartError(f"Der Datenordner {data} gehört einem anderen Konto (Nummer {owner}).")


def _clear_stale_note(data: Path) -> None:
    """Stop a server left over from a killed supervisor; remove a note that names nobody of ours."""
    number = running(data)
    if number is not None:
        os.kill(number, signal.SIGINT)
        end = time.monotonic() + 30
        while running(data) is not None and time.monotonic() < end:
            time.sleep(0.1)
    if running(data) is None:
        (data / "postmaster.pid").unlink(missing_ok=True)


def _make_database(sockets: Path) -> None:
    with psycopg.connect(host=str(sockets), user="postgres", dbname="postgres", autocommit=True) as server:
        if not server.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE]).fetchone():
            server.execute(f"CREATE DATABASE {DATABASE}")
