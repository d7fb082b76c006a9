"""`python -m portal.embedded.supervisor`: starts every part of the portal, watches them, ends them in order."""

from __future__ import annotations

import os
import signal
import socket
import sys
import time
from contextlib import ExitStack
from pathlib import Path

from portal.embedded import account, command, health, processes, servers
from portal.embedded.processes import Part, StartError, say

HOST = "127.0.0.1"
STOP_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class Stopped(BaseException):
    """Somebody asked the portal to end; like KeyboardInterrupt no error, and not to be swallowed."""


def main() -> int:
    """Run the portal until somebody ends it; 0 after a wish, 1 after a failure."""
    try:
        command.read_settings_file()
        account.leave_root(command.data_folder())
        for number in STOP_SIGNALS:
            signal.signal(number, _stop)
        with ExitStack() as stack:
            try:
                _run(stack)
            finally:
                _deaf()
    except Stopped:
        say("Das Portal ist beendet. Die Daten bleiben erhalten.")
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
    parts = [*stack.enter_context(servers.running(data))]
    _prepare(data)
    for name, words in reversed(_commands(port).items()):  # stopped in the opposite order: the website first
        log = data / "log" / f"{name.rsplit(maxsplit=1)[-1].lower()}.log"
        parts.append(processes.start(name, words, log=log, env=processes.environment(), cwd=account.ROOT))
        stack.callback(parts[-1].stop)
    processes.wait_until(lambda: health.answers(port, host=HOST), parts[-1], seconds=60, slow="Die Website startet …")
    say(f"\nDas Portal läuft: http://{HOST}:{port}/ (Ende mit Strg+C)")
    if (logins := data / "anmeldungen.txt").is_file():
        say(logins.read_text())
    _watch(parts)


def _commands(port: int) -> dict[str, list[str]]:
    # Never the scripts of .venv/bin: in a moved copy their first line leads to the old one.
    python = sys.executable
    celery = [python, "-m", "celery", "-A", "portal"]
    web = [python, "-m", "granian", "--interface", "wsgi", "--host", HOST, "--port", str(port)]
    return {
        "Die Website": [*web, "--workers", "2", "--no-ws", "portal.wsgi:application"],
        "Der Arbeitsprozess": [*celery, "worker", "--concurrency", "2", "--without-mingle", "--without-gossip"],
        "Der Zeitgeber": [*celery, "beat"],
    }


def _prepare(data: Path) -> None:
    """Migrate, collect files, load the example, make the logins: one process, as Django takes a second to start."""
    say("Das Portal wird vorbereitet …")
    words: list[str | Path] = [sys.executable, account.ROOT / "manage.py", "prepare"]
    env = processes.environment({"PYTHONUNBUFFERED": "1"})  # progress, also through a pipe
    if processes.finish(words, env=env, cwd=account.ROOT).returncode:
        raise StartError(f"Die Vorbereitung ist gescheitert. Protokolle liegen in {data / 'log'}.")


def _port() -> int:
    text = os.environ.get("PORT") or "8000"
    if not (text.isascii() and text.isdigit() and 0 < int(text) < 65536):
        raise StartError(f"PORT muss eine Zahl zwischen 1 und 65535 sein, nicht „{text}“.")
    return int(text)


def _refuse_taken(port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except PermissionError:
            raise StartError(f"Port {port} ist diesem Konto nicht erlaubt. Anderer Port: PORT=8000 bin/run") from None
        except OSError:
            raise StartError(f"Port {port} ist belegt. Anderer Port: PORT={port % 65535 + 1} bin/run") from None


def _watch(parts: list[Part]) -> None:
    """Sleep until a part dies by itself, which ends all."""
    while True:
        for part in parts:
            if not part.is_alive():
                raise StartError(f"{part.name} ist unerwartet beendet worden:\n{part.last_words()}")
        time.sleep(0.5)


def _stop(_number: int, _frame: object) -> None:
    _deaf()
    say("\nDas Portal wird beendet …")
    raise Stopped


def _deaf() -> None:
    """A second Ctrl-C in the middle of the way down would leave a part behind."""
    for number in STOP_SIGNALS:
        signal.signal(number, signal.SIG_IGN)


if __name__ == "__main__":
    sys.exit(main())
