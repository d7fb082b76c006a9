"""What machines ask for: health, security.txt, robots.txt, and files with their gate."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from django.utils import timezone

from tests.factories import DocumentFactory, ImageFactory

ROOT = Path(__file__).resolve().parent.parent.parent
NOBODY_LISTENS = "127.0.0.1:1"
ASK = """
import django; django.setup()
from django.test import Client
response = Client(headers={"host": "localhost"}).get("/gesundheit/")
print(response.status_code, response.content.decode())
"""


@pytest.mark.django_db
def test_health_is_good_while_everything_answers(client):
    response = client.get("/gesundheit/")
    assert (response.status_code, response.json()) == (200, {"status": "ok"})


@pytest.mark.parametrize(
    "broken",
    [
        {"DATABASE_URL": f"postgres://portal:geheim@{NOBODY_LISTENS}/portal"},
        {"REDIS_URL": f"redis://:geheim@{NOBODY_LISTENS}/0"},
    ],
    ids=["database", "broker"],
)
def test_health_is_bad_when_a_server_does_not_answer(broken):
    """In a process of its own, with an address at which really nobody listens."""
    env = {**os.environ, "DJANGO_SETTINGS_MODULE": "portal.settings", "DJANGO_SECRET_KEY": "x" * 50, **broken}
    done = subprocess.run([sys.executable, "-c", ASK], cwd=ROOT, env=env, capture_output=True, text=True, check=True)
    assert done.stdout.startswith("503 ")
    assert "geheim" not in done.stdout
    assert "127.0.0.1" not in done.stdout


def test_security_txt_has_its_fields(client):
    response = client.get("/.well-known/security.txt")
    assert response.headers["Content-Type"] == "text/plain; charset=utf-8"
    fields = dict(line.split(": ", 1) for line in response.content.decode().splitlines())
    assert fields["Contact"].startswith(("mailto:", "https://"))
    assert fields["Canonical"] == "http://testserver/.well-known/security.txt"
    assert "de" in fields["Preferred-Languages"]
    left = datetime.fromisoformat(fields["Expires"]) - timezone.now()
    assert timedelta(days=30) < left < timedelta(days=365)


def test_robots_txt_names_the_doors_and_the_sitemap(client):
    lines = client.get("/robots.txt").content.decode().splitlines()
    assert "Disallow: /verwaltung/" in lines
    assert "Sitemap: http://testserver/sitemap.xml" in lines


def content(response) -> bytes:
    return b"".join(response.streaming_content)


@pytest.mark.django_db
def test_published_document_can_be_downloaded(client):
    response = client.get(DocumentFactory(public=True).file.url)
    assert content(response) == b"%PDF-1.7 Beispiel"
    assert response.headers["Content-Disposition"].startswith("attachment")


@pytest.mark.django_db
def test_draft_document_is_only_for_staff(client, staff):
    url = DocumentFactory().file.url
    assert client.get(url).status_code == 404
    assert content(staff("Redaktion").get(url)).startswith(b"%PDF")


@pytest.mark.django_db
def test_image_opens_in_the_browser(client):
    response = client.get(ImageFactory().file.url)
    assert response.headers["Content-Type"] == "image/png"
    assert "attachment" not in response.headers.get("Content-Disposition", "")
    assert content(response).startswith(b"\x89PNG")


@pytest.mark.django_db
@pytest.mark.parametrize(
    "path",
    ["../settings.py", "%2e%2e/%2e%2e/etc/passwd", "/etc/passwd", "bilder/", "gibt-es-nicht.pdf", "a%00b"],
)
def test_files_outside_do_not_exist(client, path):
    DocumentFactory(public=True)
    assert client.get(f"/medien/{path}").status_code == 404


@pytest.mark.django_db
def test_file_that_is_gone_from_the_disk_does_not_exist(client):
    document = DocumentFactory(public=True)
    document.file.storage.delete(document.file.name)
    assert client.get(document.file.url).status_code == 404
