"""The supervisor, driven as `bin/run` drives it: what it starts, what it refuses, and that nothing outlives it."""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from typing import TYPE_CHECKING

import psycopg
import pytest

from portal.embedded import addresses
from tests.embedded.conftest import OURS, ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = [pytest.mark.machine, pytest.mark.xdist_group("machine")]

START_SECONDS = 240  # measuring coverage of everything that is started makes the first start slow


@dataclass
class Portal:
    """A portal of its own: a data folder, a port, and the supervisor that was started last."""

    data: Path
    port: int
    process: subprocess.Popen[str] | None = None
    said: list[str] = field(default_factory=list)

    def environment(self, **extra: str) -> dict[str, str]:
        kept = {k: v for k, v in os.environ.items() if k not in OURS and not k.startswith("PYTEST_")}
        return kept | {"PORTAL_DATA": str(self.data), "PORT": str(self.port), "PYTHONUNBUFFERED": "1"} | extra

    def command(self, **extra: str) -> subprocess.Popen[str]:
        return subprocess.Popen(
            [sys.executable, "-m", "portal.embedded.supervisor"],
            cwd=ROOT,
            env=self.environment(**extra),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )

    def start(self) -> None:
        self.process = self.command()
        assert self.process.stdout is not None
        end = time.monotonic() + START_SECONDS
        while time.monotonic() < end:
            line = self.process.stdout.readline()
            self.said.append(line)
            if "Das Portal läuft" in line:
                return
            assert line, "".join(self.said)
        pytest.fail("".join(self.said))

    def end(self, number: signal.Signals) -> tuple[int, str]:
        assert self.process is not None
        self.process.send_signal(number)
        said, _ = self.process.communicate(timeout=40)
        return self.process.returncode, said

    def refusal(self, **extra: str) -> str:
        second = self.command(**extra)
        said, _ = second.communicate(timeout=20)
        assert second.returncode == 1, said
        return said

    def get(self, path: str) -> int:
        asking = HTTPConnection("127.0.0.1", self.port, timeout=10)
        try:
            asking.request("GET", path)
            return asking.getresponse().status
        except (OSError, HTTPException):
            return 0
        finally:
            asking.close()

    def descendants(self) -> set[int]:
        """Everything that was started with our data folder, whoever its parent is now."""
        mark = f"PORTAL_DATA={self.data}".encode()
        found = set()
        for folder in Path("/proc").glob("[0-9]*"):
            with contextlib.suppress(OSError):
                if mark in (folder / "environ").read_bytes().split(b"\0") and "State:\tZ" not in _status(folder):
                    found.add(int(folder.name))
        return found

    def nothing_left(self, seconds: float) -> bool:
        end = time.monotonic() + seconds
        while self.descendants() and time.monotonic() < end:
            time.sleep(0.1)
        return not self.descendants()


def _status(folder: Path) -> str:
    return (folder / "status").read_text(errors="replace")


def free_port() -> int:
    for port in range(8700, 8790):
        with socket.socket() as probe, contextlib.suppress(OSError):
            probe.bind(("127.0.0.1", port))
            return port
    raise AssertionError("no free port")


@pytest.fixture(scope="module")
def portal(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Portal]:
    made = Portal(tmp_path_factory.mktemp("Müller's Portal"), free_port())
    yield made
    for number in made.descendants():
        with contextlib.suppress(ProcessLookupError):
            os.kill(number, signal.SIGKILL)


def ask(portal: Portal, question: str) -> list[tuple[object, ...]]:
    host = str(addresses.sockets(portal.data))
    with psycopg.connect(host=host, user="postgres", dbname="portal", autocommit=True) as server:
        answer = server.execute(question)
        return answer.fetchall() if answer.description else []


def test_portal_from_its_first_start_to_its_last_breath(portal: Portal) -> None:
    """One story, because a start is the dear part: five of them, each ended another way."""
    portal.start()
    assert [portal.get("/"), portal.get("/gesundheit/"), portal.get("/gibt-es-nicht/")] == [200, 200, 404]
    assert (portal.data / "anmeldungen.txt").stat().st_mode & 0o077 == 0
    assert "schon von einem laufenden Portal benutzt" in portal.refusal(PORT=str(portal.port + 1))
    taken = portal.refusal(PORTAL_DATA=str(portal.data.with_name("Anderes Portal")))
    assert f"Port {portal.port} ist belegt. Anderer Port: PORT={portal.port + 1} bin/run" in taken
    ask(portal, "CREATE TABLE kept AS SELECT 42 AS answer")

    assert portal.process is not None
    portal.process.kill()
    portal.process.communicate(timeout=20)
    assert portal.nothing_left(10)

    for number in (signal.SIGTERM, signal.SIGHUP, signal.SIGINT):
        portal.start()
        assert ask(portal, "SELECT answer FROM kept") == [(42,)]
        code, said = portal.end(number)
        assert (code, "Das Portal ist beendet. Die Daten bleiben erhalten." in said) == (0, True), said
        assert "Traceback" not in said
        assert portal.nothing_left(2)

    portal.start()
    os.kill(int((portal.data / "postgres" / "postmaster.pid").read_text().split()[0]), signal.SIGKILL)
    assert portal.process is not None
    said, _ = portal.process.communicate(timeout=40)
    assert portal.process.returncode == 1
    assert "ist unerwartet beendet worden" in said
    assert portal.nothing_left(10)


@pytest.mark.parametrize("port", ["achtzig", "0", "70000"])
def test_supervisor_refuses_what_is_no_port(port: str, tmp_path: Path) -> None:
    said = Portal(tmp_path, 8700).refusal(PORT=port)
    assert said == f"PORT muss eine Zahl zwischen 1 und 65535 sein, nicht „{port}“.\n"
    assert list(tmp_path.iterdir()) == []
