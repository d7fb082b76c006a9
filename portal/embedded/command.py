"""Single commands: `manage.py` brings the servers along for its length when nobody else runs them."""

from __future__ import annotations

import os
import signal
import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import environ

from portal.embedded import account, postgresql, processes, servers
from portal.embedded.processes import StartError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

# These look at the code only.
WITHOUT_DATABASE = {
    "help",
    "collectstatic",
    "makemessages",
    "compilemessages",
    "diffsettings",
    "startapp",
    "findstatic",
}


@contextmanager
def servers_for(arguments: Sequence[str]) -> Iterator[None]:
    """The servers a command needs: those of a running portal, or our own for as long as it takes."""
    read_settings_file()
    data = data_folder()
    if not needs_own_servers(arguments, data):
        yield
        return
    account.leave_root(data)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that the way down is taken at all
    with servers.sole_user(data), servers.running(data):
        if is_ours(arguments[1]) and not (data / "anmeldungen.txt").is_file():
            _prepare()
        yield


def is_ours(name: str) -> bool:
    """Whether a department wrote the command; those expect tables and content, Django's own do not."""
    return name != "prepare" and any(account.ROOT.glob(f"*/management/commands/{name}.py"))


def _prepare() -> None:
    """Do what the first start of the portal would have done; standard output belongs to the command."""
    print("Das Portal wird zum ersten Mal vorbereitet …", file=sys.stderr, flush=True)  # noqa: T201  takes a while
    words: list[str | Path] = [sys.executable, account.ROOT / "manage.py", "prepare"]
    done = processes.finish(words, env=processes.environment(), cwd=account.ROOT, is_quiet=True)
    if done.returncode:
        raise StartError(f"Die Vorbereitung ist gescheitert:\n{done.stderr.strip()}")


def needs_own_servers(arguments: Sequence[str], data: Path) -> bool:
    """Whether the command wants a database that neither the environment nor a running portal gives."""
    if len(arguments) < 2 or arguments[1] in WITHOUT_DATABASE or {"--help", "-h"} & set(arguments):
        return False
    return "DATABASE_URL" in servers.wanted() and postgresql.running(data / "postgres") is None


def data_folder() -> Path:
    """Where the embedded servers keep their data."""
    return Path(os.environ.get("PORTAL_DATA") or account.ROOT / "var").resolve()


def read_settings_file() -> None:
    """Variables of `.env` that the environment does not set; the same file that portal.settings reads."""
    path = Path(os.environ.get("PORTAL_ENV_FILE") or account.ROOT / ".env")
    if path.is_file():
        environ.Env.read_env(path)
