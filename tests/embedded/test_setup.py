"""What bin/run and bin/test do before Python can: see what is missing, and judge `.venv`."""

from __future__ import annotations

import os
import shutil
import subprocess
import time
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
LIBRARIES = "libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"
FONTS = "fontconfig fonts-dejavu-core"
WORDS = (
    "bash",
    "cat",
    "chown",
    "cut",
    "dirname",
    "flock",
    "getent",
    "grep",
    "mkdir",
    "readlink",
    "rm",
    "sed",
    "sha256sum",
)
MORE_WORDS = ("sleep", "stat", "tail", "touch", "tr", "uname")

# Judges no library and no module as there; says only its version.
BARE_PYTHON = """#!/bin/sh
case "$*" in
-V) echo "Python 3.11.2" ;;
*ensurepip* | *CDLL*) exit 1 ;;
esac
"""


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    """A copy of the two commands, in a folder with a space."""
    folder = tmp_path / "Ein Klon"
    shutil.copytree(ROOT / "bin", folder / "bin")
    for name in ("requirements.txt", "requirements-test.txt"):
        (folder / name).write_text(f"# {name}\n")
    return folder


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A PATH of a machine that has the ordinary words, an ordinary account and nothing of ours."""
    folder = tmp_path / "path"
    folder.mkdir()
    for name in (*WORDS, *MORE_WORDS):
        found = shutil.which(name)
        assert found, name
        (folder / name).symlink_to(found)
    program(folder / "python3", BARE_PYTHON)
    program(folder / "apt-get", "#!/bin/sh\necho apt-get must not be called >&2\nexit 9\n")
    program(folder / "id", '#!/bin/sh\n[ "$1" = -un ] && echo anna || echo 1000\n')
    return folder


def program(path: Path, text: str) -> None:
    path.write_text(text)
    path.chmod(0o755)


def bash(script: str, clone: Path, path: Path | str) -> subprocess.CompletedProcess[str]:
    """Source bin/setup as the two commands do, then run the script."""
    words = ["bash", "-c", f"arguments=(); source bin/setup; {script}"]
    env = {"PATH": str(path), "HOME": str(clone)}
    return subprocess.run(
        words, cwd=clone, env=env, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=60, check=False
    )


@pytest.mark.parametrize(
    ("command", "packages"),
    [
        ("setup_portal requirements.txt", f"python3-venv {LIBRARIES} {FONTS}"),
        ("setup_portal requirements-test.txt test", f"python3-venv {LIBRARIES} {FONTS} chromium libatomic1"),
    ],
)
def test_setup_without_rights_prints_the_whole_line_and_ends_at_once(
    command: str, packages: str, clone: Path, path: Path
) -> None:
    begun = time.monotonic()
    done = bash(command, clone, path)
    assert time.monotonic() - begun < 5
    assert done.returncode == 1
    assert "anna darf keine einrichten" in done.stderr
    assert f"    apt-get update && apt-get install -y --no-install-recommends {packages}\n" in done.stderr
    assert "must not be called" not in done.stderr
    assert not (clone / ".venv").exists()


def test_setup_asks_no_sudo_that_nobody_can_answer(clone: Path, path: Path) -> None:
    program(path / "sudo", '#!/bin/sh\n[ "$1" = -n ] && exit 1\necho asked; sleep 30\n')
    done = bash("setup_portal requirements.txt", clone, path)
    assert done.returncode == 1
    assert "asked" not in done.stdout
    assert "Bitte einmal von der Systemverwaltung" in done.stderr


def test_setup_installs_with_a_sudo_that_does_not_ask(clone: Path, path: Path) -> None:
    program(path / "sudo", '#!/bin/sh\nshift\n[ "$1" = true ] || echo "$@"\n')
    done = bash("install_packages", clone, path)
    assert done.returncode == 0, done.stderr
    said = (clone / "var" / "setup-apt.log").read_text().splitlines()
    assert said[0].endswith(" update")
    assert said[1].endswith(f" install -y --no-install-recommends python3-venv {LIBRARIES} {FONTS}")


def test_setup_shows_the_end_of_the_protocol_when_installing_fails(clone: Path, path: Path) -> None:
    program(path / "sudo", '#!/bin/sh\nshift\n[ "$1" = true ] || { echo "E: no such host"; exit 100; }\n')
    done = bash("install_packages", clone, path)
    assert done.returncode == 1
    assert "E: no such host" in done.stderr
    assert "Von Hand: apt-get update" in done.stderr


def test_setup_names_a_machine_the_embedded_database_does_not_run_on(clone: Path, path: Path) -> None:
    program(path / "python3", '#!/bin/sh\ncase "$*" in -V) echo Python 3.14.0 ;; *platform*) exit 1 ;; esac\n')
    done = bash("check_python", clone, path)
    assert done.returncode == 1
    assert "Python 3.14.0" in done.stderr
    assert "DATABASE_URL und REDIS_URL" in done.stderr
    (clone / ".env").write_text("DATABASE_URL=postgresql://db/portal\n")
    assert bash("check_python", clone, path).returncode == 0


def test_setup_makes_the_venv_anew_in_a_moved_clone_and_otherwise_leaves_it_alone(clone: Path) -> None:
    path = os.environ["PATH"]
    # A venv that costs no time: its Python only says that all is well.
    made = 'mkdir -p .venv/bin; ln -sf "$(type -P true)" .venv/bin/python'
    pip = f'python3() {{ if [ "${{2:-}}" = venv ]; then {made}; else command python3 "$@"; fi; }}'
    make = f"{pip}; make_venv requirements.txt"
    first = bash(make, clone, path)
    assert first.returncode == 0, first.stderr
    assert "Python-Umgebung wird angelegt" in first.stdout
    assert bash(make, clone, path).stdout == ""

    moved = clone.rename(clone.with_name("Umgezogen"))
    again = bash(make, moved, path)
    assert "Python-Umgebung wird angelegt" in again.stdout
    assert (moved / ".venv" / ".folder").read_text() == str(moved)
    assert bash(make, moved, path).stdout == ""

    (moved / "requirements.txt").write_text("# another list\n")
    listed = bash(make, moved, path).stdout
    assert "Python-Pakete werden eingerichtet" in listed
    assert "Python-Umgebung wird angelegt" not in listed


def test_setup_makes_the_venv_anew_after_an_interrupted_installation(clone: Path) -> None:
    (clone / ".venv" / "bin").mkdir(parents=True)
    (clone / ".venv" / "bin" / "python").symlink_to(shutil.which("true") or "true")
    (clone / ".venv" / ".folder").write_text(str(clone))
    assert bash("is_whole", clone, os.environ["PATH"]).returncode == 0
    (clone / ".venv" / ".unfinished").touch()
    assert bash("is_whole", clone, os.environ["PATH"]).returncode == 1


@pytest.mark.parametrize("name", ["run", "test", "setup", "lock"])
def test_command_is_sound_bash(name: str) -> None:
    assert subprocess.run(["bash", "-n", ROOT / "bin" / name], check=False).returncode == 0
    assert os.access(ROOT / "bin" / name, os.X_OK)
