"""The printed agenda: the real example, two independent checkers, and nothing in it that is not public."""

from __future__ import annotations

from io import StringIO

import outloud
import pdfua
import pikepdf
import pymupdf
import pytest
from django.core.management import call_command
from django.utils import timezone

from agenda.models import Agenda, Project
from portal.shared import reports

RIGHT_MARGIN = 20 * 72 / 25.4  # 20 mm, as static/reports/report.css says

pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("agenda_pdf")]


@pytest.fixture(scope="module")
def files(tmp_path_factory, django_db_setup, django_db_blocker):
    """Both documents of the example agenda, made once through the command that staff use."""
    from django.db import transaction  # noqa: PLC0415

    folder = tmp_path_factory.mktemp("agenda")
    whole, sheet = folder / "agenda.pdf", folder / "steckbrief.pdf"
    with django_db_blocker.unblock(), transaction.atomic():
        call_command("load_example", stdout=StringIO())
        call_command("render_report", "agenda", output=whole, stdout=StringIO())
        slug = Project.objects.get(code="M01").slug
        call_command("render_report", "steckbrief", output=sheet, option=[f"project={slug}"], stdout=StringIO())
        transaction.set_rollback(True)
    return {"agenda": whole, "steckbrief": sheet}


@pytest.mark.parametrize("name", ["agenda", "steckbrief"])
def test_outloud_finds_no_error(files, name):
    result = outloud.check(str(files[name]))
    faults = [found for found in result.sorted_findings() if str(found.severity).upper().endswith("ERROR")]
    assert [f"{found.rule} {found.page}: {found.message}" for found in faults] == []


@pytest.mark.parametrize("name", ["agenda", "steckbrief"])
def test_pdfua_finds_no_error(files, name):
    report = pdfua.validate(str(files[name]))
    assert [str(finding) for finding in report.findings] == []


def test_agenda_has_its_chapters_as_bookmarks(files):
    with pikepdf.open(files["agenda"]) as pdf, pdf.open_outline() as outline:
        chapters = [str(item.title) for item in outline.root[-1].children or outline.root]
        titles = chapters if len(chapters) > 3 else [str(item.title) for item in outline.root]
        assert titles[-9:] == [
            "Wie weit die Agenda ist",
            "Ist-Stand",
            "Strategische Herausforderungen",
            "Maßnahmenpakete",
            "Steckbriefe der Projekte",
            "Kennzahlen und Zielwerte",
            "Belege und Quellen",
            "Verzeichnis der Organisationen",
            "Über dieses Dokument",
        ]
        assert 60 < len(pdf.pages) < 130


@pytest.mark.parametrize("name", ["agenda", "steckbrief"])
def test_no_word_runs_out_of_the_right_margin(files, name):
    outside = []
    with pymupdf.open(files[name]) as pdf:
        for page in pdf.pages(1 if name == "agenda" else 0):  # the cover has margins of its own
            edge = page.rect.width - RIGHT_MARGIN + 1
            outside += [(page.number + 1, word[4]) for word in page.get_text("words") if word[2] > edge]
    assert outside == []


def test_documents_say_title_language_and_standard(files):
    with pikepdf.open(files["agenda"]) as pdf:
        assert str(pdf.Root.Lang) == "de"
        assert pdf.Root.ViewerPreferences.DisplayDocTitle
        with pdf.open_metadata() as metadata:
            assert metadata["pdfuaid:part"] == "1"
            assert "Digitale Agenda" in metadata["dc:title"]


def test_empty_portal_has_no_agenda_to_print():
    with pytest.raises(reports.ReportRefusedError, match="keine Agenda veröffentlicht"):
        reports.request("agenda", {}, by=None, is_public=True, at=timezone.now())
    assert not Agenda.objects.exists()
