"""Child processes that never outlive their parent, however the parent ends."""

from __future__ import annotations

import ctypes
import os
import signal
import subprocess
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

PR_SET_PDEATHSIG = 1
LOG_BYTES = 10_000_000  # a log above this makes room for a new one at the next start


class StartError(RuntimeError):
    """A part of the portal did not start; the German sentence is for the person at the terminal."""


def environment(extra: Mapping[str, str] | None = None) -> dict[str, str]:
    """Our environment with a locale that exists everywhere and no PG* variable that points elsewhere."""
    kept = {key: value for key, value in os.environ.items() if not key.startswith(("LC_", "PG"))}
    return kept | {"LANG": "C.UTF-8", "LC_ALL": "C.UTF-8"} | dict(extra or {})


def die_with_parent(death: signal.Signals) -> Callable[[], None]:
    """A preexec function: the kernel sends `death` to the child when the thread that made it ends."""
    libc = ctypes.CDLL(None)

    def ask() -> None:
        libc.prctl(PR_SET_PDEATHSIG, death)

    return ask


@dataclass
class Part:
    """A running child, the signal that ends it politely, and where it writes what it says."""

    name: str
    process: subprocess.Popen[bytes]
    farewell: signal.Signals
    patience: float
    log: Path

    def is_alive(self) -> bool:
        """Whether the child still runs."""
        return self.process.poll() is None

    def stop(self) -> None:
        """Ask politely, wait `patience` seconds, then end it with all its own children."""
        if not self.is_alive():
            return
        self.process.send_signal(self.farewell)
        try:
            self.process.wait(self.patience)
        except subprocess.TimeoutExpired:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()

    def last_words(self, lines: int = 12) -> str:
        """The end of the log."""
        return "\n".join(self.log.read_text(errors="replace").splitlines()[-lines:])


def start(  # noqa: PLR0913  each one is a fact about the child
    name: str,
    command: Sequence[str | Path],
    *,
    log: Path,
    env: Mapping[str, str],
    cwd: Path | None = None,
    farewell: signal.Signals = signal.SIGTERM,
    patience: float = 10,
) -> Part:
    """Start a child in a session of its own, so that Ctrl-C reaches only the supervisor."""
    log.parent.mkdir(parents=True, exist_ok=True)
    if log.is_file() and log.stat().st_size > LOG_BYTES:
        log.replace(log.with_suffix(".log.1"))
    with log.open("ab") as out:
        process = subprocess.Popen(  # noqa: S603  our own programs with arguments as a list
            [str(word) for word in command],
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=subprocess.STDOUT,
            env=dict(env),
            cwd=cwd,
            start_new_session=True,
            preexec_fn=die_with_parent(farewell),  # noqa: PLW1509  called from the main thread only
        )
    return Part(name, process, farewell, patience, log)


def finish(
    command: Sequence[str | Path], *, env: Mapping[str, str], cwd: Path | None = None, is_quiet: bool = False
) -> subprocess.CompletedProcess[str]:
    """Run a child to its end; like `start`, Ctrl-C does not reach it and it does not outlive us."""
    return subprocess.run(  # noqa: S603  our own programs with arguments as a list
        [str(word) for word in command],
        stdin=subprocess.DEVNULL,
        capture_output=is_quiet,
        text=True,
        env=dict(env),
        cwd=cwd,
        start_new_session=True,
        preexec_fn=die_with_parent(signal.SIGKILL),
        check=False,
    )


def living(number: str, *, name: str, folder: Path) -> int | None:
    """The process with this number if it is the one we mean. An old note may name a stranger, who must live."""
    proc = Path("/proc") / number
    try:
        is_ours = (proc / "comm").read_text().strip() == name and (proc / "cwd").resolve() == folder.resolve()
    except OSError:
        return None
    return int(number) if number.isdigit() and is_ours else None


def end_leftover(find: Callable[[], int | None], farewell: signal.Signals, *, seconds: float = 30) -> None:
    """End a server whose supervisor was killed and that is still on its way down."""
    number = find()
    if number is None:
        return
    os.kill(number, farewell)
    end = time.monotonic() + seconds
    while find() is not None and time.monotonic() < end:
        time.sleep(0.1)


def say(text: str) -> None:
    """For the person at the terminal, who may have closed it; a signal may come in the middle of another line."""
    with suppress(OSError, RuntimeError):
        print(text, flush=True)  # noqa: T201  the terminal is the surface of these two commands


def wait_until(ready: Callable[[], bool], part: Part, *, seconds: float, slow: str = "") -> None:
    """Wait for `ready`; say `slow` after three seconds; fail with the child's last words."""
    begun = time.monotonic()
    said = not slow
    while not ready():
        if not part.is_alive():
            raise StartError(f"{part.name} ist nicht gestartet:\n{part.last_words()}")
        waited = time.monotonic() - begun
        if waited > seconds:
            raise StartError(f"{part.name} antwortet nach {seconds:.0f} Sekunden nicht:\n{part.last_words()}")
        if waited > 3 and not said:
            say(slow)
            said = True
        time.sleep(0.05)
