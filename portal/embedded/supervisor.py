"""`python -m portal.embedded.supervisor`: starts every part of the portal, watches them, ends them in order."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from contextlib import ExitStack
from http.client import HTTPConnection, HTTPException
from pathlib import Path

from portal.embedded import command, processes, servers
from portal.embedded.processes import Part, StartError

ROOT = Path(__file__).resolve().parents[2]
HOST = "127.0.0.1"
STOP_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class Stopped(BaseException):
    """Somebody asked the portal to end; like KeyboardInterrupt no error, and not to be swallowed."""


def main() -> int:
    """Run the portal until somebody ends it; 0 after a wish, 1 after a failure."""
    for number in STOP_SIGNALS:
        signal.signal(number, _stop)
    try:
        with ExitStack() as stack:
            _run(stack)
    except Stopped:
        _say("Das Portal ist beendet. Die Daten bleiben erhalten.")
        return 0
    except StartError as error:
        print(error, file=sys.stderr, flush=True)  # noqa: T201  for the person at the terminal
        return 1
    return 0


def _run(stack: ExitStack) -> None:
    data = command.data_folder()
    port = _port()
    stack.enter_context(servers.sole_user(data))
    _refuse_taken(port)
    running = stack.enter_context(servers.running(data))
    _prepare(data)
    parts = [*running]
    for name, words in reversed(_commands(port).items()):  # stopped in the opposite order: the website first
        log = data / "log" / f"{name.rsplit(maxsplit=1)[-1].lower()}.log"
        parts.append(processes.start(name, words, log=log, env=processes.environment(), cwd=ROOT))
        stack.callback(parts[-1].stop)
    stack.callback(_deaf)
    processes.wait_until(lambda: _answers(port), parts[-1], seconds=60, slow="Die Website startet …")
    _say(f"\nDas Portal läuft: http://{HOST}:{port}/ (Ende mit Strg+C)")
    if (logins := data / "anmeldungen.txt").is_file():
        _say(logins.read_text())
    _watch(parts)


def _commands(port: int) -> dict[str, list[str]]:
    python = sys.executable
    celery = [python, "-m", "celery", "-A", "portal"]
    web = [python, "-m", "granian", "--interface", "wsgi", "--host", HOST, "--port", str(port)]
    return {
        "Die Website": [*web, "--workers", "2", "--no-ws", "portal.wsgi:application"],
        "Der Arbeitsprozess": [*celery, "worker", "--concurrency", "2", "--without-mingle", "--without-gossip"],
        "Der Zeitgeber": [*celery, "beat"],
    }


def _prepare(data: Path) -> None:
    """Migrate, collect files, load the example, make the logins: one process, because Django takes a second to start."""
    _say("Das Portal wird vorbereitet …")
    done = subprocess.run(  # noqa: S603  our own program
        [sys.executable, str(ROOT / "manage.py"), "prepare"], env=processes.environment(), cwd=ROOT, check=False
    )
    if done.returncode:
        raise StartError(f"Die Vorbereitung ist gescheitert. Protokolle liegen in {data / 'log'}.")


def _port() -> int:
    text = os.environ.get("PORT") or "8000"
    if not text.isdigit() or not 0 < int(text) < 65536:
        raise StartError(f"PORT muss eine Zahl zwischen 1 und 65535 sein, nicht „{text}“.")
    return int(text)


def _refuse_taken(port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError:
            raise StartError(f"Port {port} ist belegt. Anderer Port: PORT={port + 1} bin/run") from None


def _answers(port: int) -> bool:
    asking = HTTPConnection(HOST, port, timeout=5)
    try:
        asking.request("GET", "/gesundheit/")
        return asking.getresponse().status == 200
    except (OSError, HTTPException):
        return False
    finally:
        asking.close()


def _watch(parts: list[Part]) -> None:
    """Sleep until a part dies by itself, which ends all."""
    while True:
        for part in parts:
            if not part.is_alive():
                raise StartError(f"{part.name} ist unerwartet beendet worden:\n{part.last_words()}")
        time.sleep(0.5)


def _stop(_number: int, _frame: object) -> None:
    _deaf()
    _say("\nDas Portal wird beendet …")
    raise Stopped


def _deaf() -> None:
    """A second Ctrl-C in the middle of the way down would leave a part behind."""
    for number in STOP_SIGNALS:
        signal.signal(number, signal.SIG_IGN)


def _say(text: str) -> None:
    print(text, flush=True)  # noqa: T201  for the person at the terminal


if __name__ == "__main__":
    sys.exit(main())
