"""The embedded PostgreSQL: one cluster in a folder, reached by a socket in a private folder, no port."""

from __future__ import annotations

import os
import shutil
import signal
from typing import TYPE_CHECKING

import psycopg

from portal.embedded import processes, wheels
from portal.embedded.processes import Part, StartError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

DATABASE = "portal"
# Small containers give little or no /dev/shm.
SHARED_MEMORY = ("-c", "dynamic_shared_memory_type=mmap")
# Faster and unsafe against a power cut: only for clusters that are thrown away.
THROWAWAY = ("-c", "fsync=off", "-c", "synchronous_commit=off", "-c", "full_page_writes=off")
CRASH_RECOVERY_SECONDS = 120


def start(data: Path, sockets: Path, *, log: Path, options: Sequence[str] = ()) -> Part:
    """Make the cluster if there is none and start it; `await_answer` says when it can be used."""
    _make_cluster(data, log=log)
    _refuse_foreign(data)
    _clear_stale_note(data)
    command: list[str | Path] = [wheels.postgresql() / "postgres", "-D", data, "-c", "listen_addresses="]
    command += ["-c", f"unix_socket_directories={sockets}", "-c", "unix_socket_permissions=0700"]
    return processes.start(
        "Die Datenbank",
        [*command, *SHARED_MEMORY, *options],
        log=log,
        env=processes.environment(),
        farewell=signal.SIGINT,  # “fast shutdown”: ends sessions, writes everything, stops
        patience=60,
    )


def await_answer(part: Part, data: Path, sockets: Path) -> None:
    """Wait until the server answers, then make the portal's database if there is none."""
    processes.wait_until(
        lambda: is_ready(data), part, seconds=CRASH_RECOVERY_SECONDS, slow="Die Datenbank prüft ihre Daten …"
    )
    with psycopg.connect(host=str(sockets), user="postgres", dbname="postgres", autocommit=True) as server:
        if not server.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE]).fetchone():
            server.execute(f"CREATE DATABASE {DATABASE}")


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
    """Number of the living server of this cluster."""
    number = "".join(note(data)[:1])
    return processes.living(number, name="postgres", folder=data) if number.isdigit() else None


def _make_cluster(data: Path, *, log: Path) -> None:
    if (data / "PG_VERSION").exists():
        return
    new = data.with_name(f"{data.name}.new")  # half an initdb never looks like a whole one
    if new.exists():
        shutil.rmtree(new)
    data.parent.mkdir(parents=True, exist_ok=True)
    log.parent.mkdir(parents=True, exist_ok=True)
    command: list[str | Path] = [wheels.postgresql() / "initdb", "-D", new, "-U", "postgres", "--auth=trust"]
    # The locale decides for ever what the search finds; this one depends on no environment.
    command += ["--encoding=UTF8", "--locale-provider=builtin", "--locale=C.UTF-8", "--data-checksums"]
    done = processes.finish([*command, *SHARED_MEMORY], env=processes.environment(), is_quiet=True)
    log.write_text(done.stdout + done.stderr)
    if done.returncode:
        raise StartError(f"Die Datenbank konnte nicht angelegt werden:\n{done.stderr.strip()}")
    new.rename(data)


def _refuse_foreign(data: Path) -> None:
    owner = data.stat().st_uid
    if owner != os.geteuid():
        raise StartError(f"Der Datenordner {data} gehört einem anderen Konto (Nummer {owner}).")


def _clear_stale_note(data: Path) -> None:
    """End a server left over from a killed supervisor; remove a note that names nobody of ours."""
    processes.end_leftover(lambda: running(data), signal.SIGINT)
    if running(data) is None:
        (data / "postmaster.pid").unlink(missing_ok=True)
