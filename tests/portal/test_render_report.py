"""`manage.py render_report`: a PDF from the command line, whole or not at all."""

from __future__ import annotations

import hashlib
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from portal.models import Report
from tests.factories import PageFactory


@pytest.fixture(autouse=True)
def page(db):
    return PageFactory(public=True, slug="impressum", title="Impressum")


def run(*arguments, **options):
    out = StringIO()
    call_command("render_report", *arguments, stdout=out, skip_checks=True, **options)
    return out.getvalue()


def test_writes_the_file_and_says_what_it_is(tmp_path):
    path = tmp_path / "impressum.pdf"
    said = run("seite", f"--output={path}", "--option=seite=impressum")
    content = path.read_bytes()
    assert said == f"{path}: 2 Seiten, {len(content)} Byte, SHA-256 {hashlib.sha256(content).hexdigest()}\n"
    assert [found.name for found in tmp_path.iterdir() if found.name.startswith(".")] == []
    assert Report.objects.count() == 0


def test_internal_shows_what_is_not_public(tmp_path):
    PageFactory(slug="entwurf")
    path = tmp_path / "entwurf.pdf"
    with pytest.raises(CommandError, match="nicht öffentlich"):
        run("seite", f"--output={path}", "--option=seite=entwurf")
    assert not path.exists()
    assert "2 Seiten" in run("seite", f"--output={path}", "--option=seite=entwurf", "--internal")


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (["nichts"], "gibt es nicht"),
        (["seite"], "welche Seite"),
        (["seite", "--option=impressum"], "keine Angabe der Form"),
        (["seite", "--option==impressum"], "keine Angabe der Form"),
    ],
)
def test_refuses_in_german(tmp_path, arguments, reason):
    with pytest.raises(CommandError, match=reason):
        run(*arguments, f"--output={tmp_path / 'x.pdf'}")


def test_says_when_the_file_cannot_be_written(tmp_path):
    with pytest.raises(CommandError, match="kann nicht geschrieben werden"):
        run("seite", f"--output={tmp_path / 'gibt' / 'es' / 'nicht.pdf'}", "--option=seite=impressum")
