"""The embedded Valkey: queue and cache by a socket, no port, kept over restarts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from portal.embedded import processes, wheels

if TYPE_CHECKING:
    from pathlib import Path

    from portal.embedded.processes import Part

SOCKET = "valkey"


def start(data: Path, sockets: Path, *, log: Path) -> Part:
    """Start it in its folder. All settings are arguments: its file and its paths do not survive spaces."""
    data.mkdir(parents=True, exist_ok=True)
    command: list[str | Path] = [
        wheels.valkey(),
        "--port",
        "0",
        "--unixsocket",
        sockets / SOCKET,
        "--unixsocketperm",
        "700",
    ]
    command += ["--dir", ".", "--appendonly", "yes", "--appendfsync", "everysec", "--save", ""]
    part = processes.start("Die Warteschlange", command, log=log, env=processes.environment(), cwd=data)
    processes.wait_until((sockets / SOCKET).exists, part, seconds=30)
    return part
