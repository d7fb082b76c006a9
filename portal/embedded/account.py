"""Under which account the portal runs: PostgreSQL refuses root, and nobody's folder may become root's."""

from __future__ import annotations

import os
import pwd
import shutil
import stat
import subprocess
import sys
from pathlib import Path

from portal.embedded.processes import StartError

ROOT = Path(__file__).resolve().parents[2]
NUMBER = GROUP = 33  # www-data; exists on every Debian, and initdb wants a number that has a name
IN_NAMESPACE = ("unshare", "--user", f"--map-user={NUMBER}", f"--map-group={GROUP}", "--")


def leave_root(data: Path) -> None:
    """Root starts this program again as somebody else; for everybody else nothing happens."""
    if os.geteuid() != 0:
        return
    words = _as_owner() or _in_namespace() or _as_www_data(data)
    os.execvp(words[0], [*words, sys.executable, *sys.orig_argv[1:]])  # noqa: S606  our own program again


def _as_owner() -> list[str]:
    """A copy of the portal that belongs to somebody else stays theirs."""
    owner = ROOT.stat()
    if owner.st_uid == 0:
        return []
    try:
        person = pwd.getpwuid(owner.st_uid)
    except KeyError:
        return ["setpriv", f"--reuid={owner.st_uid}", f"--regid={owner.st_gid}", "--clear-groups", "--"]
    os.environ["HOME"] = person.pw_dir
    return ["setpriv", f"--reuid={person.pw_uid}", f"--regid={person.pw_gid}", "--init-groups", "--"]


def _in_namespace() -> list[str]:
    """Inside we are www-data, outside all files stay root's: no account is made, no folder opened."""
    if not shutil.which(IN_NAMESPACE[0]):
        return []
    tried = subprocess.run([*IN_NAMESPACE, "true"], capture_output=True, check=False)  # noqa: S603  fixed words
    return list(IN_NAMESPACE) if tried.returncode == 0 else []


def _as_www_data(data: Path) -> list[str]:
    """Containers forbid namespaces: be www-data, own the data folder, open only what bars the way, and say so."""
    if not shutil.which("setpriv"):
        raise StartError("PostgreSQL läuft nicht als root. Bitte starten Sie das Portal als gewöhnliches Konto.")
    data.mkdir(mode=0o700, parents=True, exist_ok=True)
    subprocess.run(["/bin/chown", "-R", f"{NUMBER}:{GROUP}", str(data)], check=True)  # noqa: S603  our own folder
    for folder in sorted({*data.parents, *ROOT.parents, ROOT}):
        mode = folder.stat().st_mode
        if not mode & stat.S_IXOTH:
            folder.chmod(stat.S_IMODE(mode) | stat.S_IXOTH)
            print(f"Für die Datenbank wurde {folder} zum Durchgehen geöffnet.", flush=True)  # noqa: T201  a change to tell
    os.environ["HOME"] = str(data)
    return ["setpriv", f"--reuid={NUMBER}", f"--regid={GROUP}", "--clear-groups", "--"]
