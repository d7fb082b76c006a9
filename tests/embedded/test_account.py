"""Root leaves: as the owner of the clone, in a namespace, or as www-data where namespaces are forbidden."""

from __future__ import annotations

import os
import pwd
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import pytest

from portal.embedded import account

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parents[2]
AS_ROOT = ("unshare", "--user", "--map-root-user", "--")
LEAVE = """
import os, sys, pathlib
from portal.embedded import account
account.leave_root(pathlib.Path(sys.argv[1]))
print(os.geteuid(), sys.argv[1:])
"""


@pytest.fixture
def folder() -> Iterator[Path]:
    """Not below the folders of pytest: everything above it may be opened."""
    with TemporaryDirectory(prefix="account-") as name:
        yield Path(name)


def test_leave_root_lets_everybody_else_be(folder: Path) -> None:
    assert os.geteuid() != 0
    account.leave_root(folder / "data")
    assert list(folder.iterdir()) == []


def test_leave_root_goes_on_as_www_data_with_the_same_words(folder: Path) -> None:
    if subprocess.run([*AS_ROOT, "true"], capture_output=True, check=False).returncode:
        pytest.skip("this machine forbids user namespaces")
    done = subprocess.run(
        [*AS_ROOT, sys.executable, "-W", "error", "-c", LEAVE, "Müller's Ablage", "x y"],
        cwd=ROOT,
        env=os.environ | {"PYTHONUTF8": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stdout == """33 ["Müller's Ablage", 'x y']\n""", done.stderr


def test_leave_root_becomes_the_owner_of_the_clone(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(account, "ROOT", folder)
    monkeypatch.setenv("HOME", "/root")
    owner = pwd.getpwuid(os.getuid())
    assert account._as_owner() == [
        "setpriv",
        f"--reuid={owner.pw_uid}",
        f"--regid={owner.pw_gid}",
        "--init-groups",
        "--",
    ]
    assert os.environ["HOME"] == owner.pw_dir


def test_leave_root_asks_whether_namespaces_are_allowed(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    refusing = folder / "unshare"
    refusing.write_text("#!/bin/sh\necho 'Operation not permitted' >&2\nexit 1\n")
    refusing.chmod(0o755)
    monkeypatch.setenv("PATH", f"{folder}:{os.environ['PATH']}")
    assert account._in_namespace() == []
    monkeypatch.setenv("PATH", str(folder / "nowhere"))
    assert account._in_namespace() == []


def test_leave_root_without_namespaces_opens_only_what_bars_the_way_and_says_so(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    clone, data = folder / "clone", folder / "closed" / "data"
    clone.mkdir(mode=0o755)
    (folder / "closed").mkdir(mode=0o700)
    monkeypatch.setattr(account, "ROOT", clone)
    monkeypatch.setattr(account, "NUMBER", os.getuid())  # nobody but root may give files away
    monkeypatch.setattr(account, "GROUP", os.getgid())
    monkeypatch.setenv("HOME", "/root")
    words = account._as_www_data(data)
    assert words == ["setpriv", f"--reuid={os.getuid()}", f"--regid={os.getgid()}", "--clear-groups", "--"]
    assert capsys.readouterr().out.splitlines() == [
        f"Für die Datenbank wurde {folder} zum Durchgehen geöffnet.",
        f"Für die Datenbank wurde {folder / 'closed'} zum Durchgehen geöffnet.",
    ]
    modes = {path.name: path.stat().st_mode & 0o777 for path in (folder / "closed", clone, data)}
    assert modes == {"closed": 0o701, "clone": 0o755, "data": 0o700}
    assert os.environ["HOME"] == str(data)
    account._as_www_data(data)
    assert capsys.readouterr().out == ""


def test_leave_root_names_the_way_out_where_nothing_helps(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(folder))
    with pytest.raises(account.StartError, match="als gewöhnliches Konto"):
        account._as_www_data(folder / "data")
