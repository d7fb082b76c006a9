"""Single commands: `manage.py` brings the servers along for its length when nobody else runs them."""

from __future__ import annotations

import os
import shutil
import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from portal.embedded import postgresql, servers

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
UNSHARE = ("unshare", "--user", "--map-user=33", "--map-group=33", "--")


@contextmanager
def servers_for(arguments: Sequence[str]) -> Iterator[None]:
    """The servers a command needs: those of a running portal, or our own for as long as it takes."""
    data = data_folder()
    if not needs_own_servers(arguments, data):
        yield
        return
    leave_root()
    with servers.sole_user(data), servers.running(data):
        yield


def needs_own_servers(arguments: Sequence[str], data: Path) -> bool:
    """Whether the command wants a database that neither the environment nor a running portal gives."""
    if len(arguments) < 2 or arguments[1] in WITHOUT_DATABASE or {"--help", "-h"} & set(arguments):
        return False
    return "DATABASE_URL" in servers.wanted() and postgresql.running(data / "postgres") is None


def data_folder() -> Path:
    """Where the embedded servers keep their data."""
    default = Path(__file__).resolve().parents[2] / "var"
    return Path(os.environ.get("PORTAL_DATA") or default).resolve()


def leave_root() -> None:
    """PostgreSQL refuses root: go on as www-data inside a user namespace; outside, files stay root's."""
    if os.geteuid() == 0 and shutil.which("unshare"):
        os.execvp(UNSHARE[0], [*UNSHARE, sys.executable, *sys.argv])  # noqa: S606  our own program again
