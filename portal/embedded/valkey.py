"""The embedded Valkey: queue and cache by a socket, no port, kept over restarts."""

from __future__ import annotations

import signal
import socket
from typing import TYPE_CHECKING

from portal.embedded import processes, wheels

if TYPE_CHECKING:
    from pathlib import Path

    from portal.embedded.processes import Part

SOCKET = "valkey"
NOTE = "valkey.pid"


def start(data: Path, sockets: Path, *, log: Path) -> Part:
    """Start it in its folder. All settings are arguments: its file and its paths do not survive spaces."""
    data.mkdir(parents=True, exist_ok=True)
    processes.end_leftover(lambda: running(data), signal.SIGTERM)  # two servers on one journal would break it
    command: list[str | Path] = [wheels.valkey(), "--port", "0", "--pidfile", NOTE]
    command += ["--unixsocket", sockets / SOCKET, "--unixsocketperm", "700"]
    command += ["--dir", ".", "--appendonly", "yes", "--appendfsync", "everysec", "--save", ""]
    return processes.start("Die Warteschlange", command, log=log, env=processes.environment(), cwd=data)


def await_answer(part: Part, sockets: Path) -> None:
    """Wait until it has read its journal and answers."""
    processes.wait_until(
        lambda: _answers(sockets / SOCKET), part, seconds=60, slow="Die Warteschlange liest ihre Daten …"
    )


def running(data: Path) -> int | None:
    """Number of the living server of this folder."""
    try:
        number = (data / NOTE).read_text().strip()
    except (OSError, UnicodeDecodeError):
        return None
    return processes.living(number, name="valkey-server", folder=data) if number.isdigit() else None


def _answers(path: Path) -> bool:
    with socket.socket(socket.AF_UNIX) as asking:
        asking.settimeout(5)
        try:
            asking.connect(str(path))
            asking.sendall(b"PING\r\n")
            return asking.recv(16).startswith(b"+PONG")
        except OSError:
            return False
