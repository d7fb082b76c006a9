"""The contract of loading: reading with lines, asking by type, the report, and rows without any department."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from portal.models import MunicipalityPopulation, OrganisationUnit, Page, Topic
from portal.shared.importing import Content, Entry, Fault, Faults, ImportRefusedError, Report, Row, Where, contents
from portal.shared.importing.checking import check
from portal.shared.importing.reading import read_csv, read_json
from portal.shared.importing.settling import Settlement
from tests.agenda.example_files import files
from tests.factories import NOON, MunicipalityFactory, UserFactory

HERE = Where("liste.csv", 3)
REASON = "Geladen"


def entry(**values):
    faults = Faults()
    return Entry(values, Where("datei.json", 7), faults), faults


def settled(*rows, overwrite=False):
    report = Report()
    settlement = Settlement(report, reason=REASON, overwrite=overwrite)
    for row in rows:
        settlement.settle(row)
    return settlement, report


def test_fault_names_file_line_field_and_reason():
    assert str(Fault(HERE, "wert", "Falsch.")) == "liste.csv, Zeile 3, Feld „wert“: Falsch."
    assert str(Fault(Where("Datenbank", 0), "", "Falsch.")) == "Datenbank: Falsch."


def test_refusal_lists_each_fault_once_in_order():
    late, early = Fault(HERE, "b", "B."), Fault(Where("liste.csv", 1), "a", "A.")
    refusal = ImportRefusedError([late, early, late])
    assert str(refusal) == (
        "Nichts geladen: Die Dateien enthalten 2 Fehler.\n"
        "  liste.csv, Zeile 1, Feld „a“: A.\n"
        "  liste.csv, Zeile 3, Feld „b“: B."
    )
    assert str(ImportRefusedError([late])).startswith("Nichts geladen: Die Dateien enthalten einen Fehler.")


def test_json_knows_the_line_of_every_value(tmp_path):
    path = tmp_path / "a.json"
    path.write_text('{"x": 1,\n "y": [\n  {"z":\n   2}\n ]\n}', encoding="utf-8")
    top = read_json(path, Faults())
    (inner,) = top.entries("y")
    assert (top.where.line, top.values.lines) == (1, {"x": 1, "y": 2})
    assert (inner.where.line, inner.values.lines, inner.path) == (3, {"z": 4}, "y[0].")


def test_json_keeps_numbers_exact(tmp_path):
    path = tmp_path / "a.json"
    path.write_text('{"x": 0.1}', encoding="utf-8")
    assert read_json(path, Faults()).number("x") == Decimal("0.1")


def test_json_nested_without_end_is_refused(tmp_path):
    path = tmp_path / "a.json"
    path.write_text('{"x":' * 100_000, encoding="utf-8")
    faults = Faults()
    assert read_json(path, faults) is None
    assert [str(fault) for fault in faults] == ["a.json, Zeile 1: Kein lesbares JSON (zu tief verschachtelt)."]


def test_csv_row_over_two_lines_counts_from_its_first(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text('name,text\r\nA,"eins\r\nzwei"\r\n\r\nB,drei\r\n', encoding="utf-8", newline="")
    rows = read_csv(path, ("name", "text"), Faults())
    assert [(row.where.line, row.text("name")) for row in rows] == [(2, "A"), (5, "B")]


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        (b'name,text\nA,"offen\n', "Keine gültige CSV-Zeile: Bitte prüfen Sie die Anführungszeichen."),
        (b"name,text\nA,\xe4\n", "Die Datei ist nicht in UTF-8 geschrieben"),
        (b"\xff\xfen\x00", "Die Datei beginnt mit einer Unicode-Signatur."),
        (b"", "Die Datei ist leer."),
        (b"x" * 20_000_001, "Die Datei ist größer als 20 MB."),
    ],
)
def test_csv_that_cannot_be_read_is_refused(tmp_path, raw, reason):
    path = tmp_path / "a.csv"
    path.write_bytes(raw)
    faults = Faults()
    assert read_csv(path, ("name", "text"), faults) == []
    assert [fault.reason.startswith(reason) for fault in faults] == [True]


def test_folder_in_place_of_a_file_is_refused(tmp_path):
    faults = Faults()
    assert read_json(tmp_path, faults) is None
    assert [fault.reason for fault in faults] == ["Die Datei lässt sich nicht lesen."]


def test_entry_gives_values_by_type():
    row, faults = entry(a=" Text ", b=["x", "y"], c=3, d="2026-09-30", e=None, f={"g": 1}, h=Decimal("1.50"))
    assert (row.text("a"), row.texts("b"), row.whole("c", least=1, most=4)) == ("Text", ["x", "y"], 3)
    assert (row.day("d"), row.number_or_none("e"), row.number("h")) == (date(2026, 9, 30), None, Decimal("1.50"))
    assert row.entry("f").whole("g", least=0, most=1) == 1
    row.close()
    assert faults == []


def test_entry_offers_what_is_known_when_the_list_is_short():
    row, faults = entry(a="rot")
    assert row.one_of("a", {"grün": 1, "blau": 2}) is None
    assert [fault.reason for fault in faults] == ["„rot“ ist hier nicht bekannt; möglich: grün, blau."]


def test_missing_object_is_one_fault_not_many():
    row, faults = entry()
    inner = row.entry("term")
    inner.day("start")
    assert [fault.field for fault in faults] == ["term"]


def test_rows_that_share_a_unique_value_are_refused():
    faults = Faults()
    rows = [Row(Topic, {"slug": slug}, Where("t.csv", line), {"name": "Netz"}) for line, slug in ((2, "a"), (3, "b"))]
    check(rows, faults)
    assert [str(fault) for fault in faults] == [
        "t.csv, Zeile 3, Feld „Name“: „Netz“ kommt mehrfach vor, zuerst in t.csv, Zeile 2."
    ]


@pytest.mark.django_db
def test_row_is_made_updated_and_left_alone():
    topic = Row(Topic, {"slug": "netz"}, HERE, {"name": "Netz"})
    assert settled(topic)[1].new == {"Themen": 1}
    assert settled(topic)[1].unchanged == {"Themen": 1}
    topic.values["name"] = "Netze"
    assert [str(line) for line in settled(topic)[1].changed] == ["Thema „Netz“: Name: Netz → Netze"]
    assert [version.history_change_reason for version in Topic.history.all()] == [REASON, REASON]


@pytest.mark.django_db
def test_rich_text_is_compared_as_it_is_stored():
    page = Row(Page, {"slug": "a"}, HERE, {"title": "A", "body": "<p onclick='x'>Text<script>1</script></p>"})
    settled(page)
    assert settled(page)[1].changed == []


@pytest.mark.django_db
def test_row_without_history_is_never_overwritten_unasked():
    """Nobody can tell who changed it last."""
    place = MunicipalityFactory()
    count = MunicipalityPopulation.objects.create(
        municipality=place, counted_on=date(2025, 12, 31), inhabitants=10, source="Amt"
    )
    row = Row(MunicipalityPopulation, {"municipality": place, "counted_on": count.counted_on}, HERE)
    row.values["inhabitants"] = 11
    assert len(settled(row)[1].kept) == 1
    assert len(settled(row, overwrite=True)[1].changed) == 1


@pytest.mark.django_db
def test_draft_of_a_person_is_not_published():
    page = Page(title="A", slug="a", body="<p>Text</p>")
    page._history_user = UserFactory()
    page.save()
    row = Row(Page, {"slug": "a"}, HERE, {"title": "A"}, is_public=True)
    settlement, report = settled(row)
    settlement.publish(row, at=NOON)
    assert ([str(line) for line in report.kept], Page.objects.get().state) == (["Seite „A“: Entwurf"], "draft")


@pytest.mark.django_db
def test_row_that_may_not_be_published_refuses_the_load():
    row = Row(Page, {"slug": "a"}, HERE, {"title": "A"}, is_public=True)
    settlement, _report = settled(row)
    with pytest.raises(ImportRefusedError, match=r"liste\.csv, Zeile 3: Die Seite hat noch keinen Text\."):
        settlement.publish(row, at=NOON)


@pytest.mark.django_db
def test_row_that_the_database_refuses_is_named():
    settled(Row(OrganisationUnit, {"name": "Amt"}, HERE))
    other = Row(Topic, {"slug": "a"}, HERE, {"name": "A"})
    settled(other)
    with pytest.raises(ImportRefusedError, match=r"liste\.csv, Zeile 3: "):
        settled(Row(Topic, {"slug": "b"}, HERE, {"name": "A"}))


def test_report_reads_as_german_text():
    report = Report(is_rehearsal=True)
    report.new["Themen"] += 2
    report.unchanged["Seiten"] += 1
    assert str(report) == (
        "Vorschau, es wurde nichts geschrieben.\n  Seiten: 0 neu, 1 unverändert\n  Themen: 2 neu, 0 unverändert"
    )


def test_contents_come_in_the_order_in_which_they_stand_on_each_other():
    assert [content.name for content in contents()][:2] == ["gazetteer", "agenda"]
    assert all(isinstance(content, Content) for content in contents())


@pytest.mark.django_db
def test_command_refuses_with_every_fault(tmp_path):
    path = tmp_path / "agenda.json"
    path.write_text(json.dumps({"meta": 3}), encoding="utf-8")
    with pytest.raises(CommandError) as refusal:
        call_command("load_example", agenda=path)
    assert refusal.value.returncode == 1
    assert "agenda.json, Zeile 1, Feld „meta“: Erwartet wird ein Objekt, nicht Zahl." in str(refusal.value)
    assert Topic.objects.count() == 0


@pytest.mark.django_db
def test_command_rehearses_without_writing(tmp_path):
    given = files(tmp_path)
    told = StringIO()
    call_command("load_example", dry_run=True, stdout=told, **given)
    assert told.getvalue().startswith("Vorschau, es wurde nichts geschrieben.\n")
    assert Topic.objects.count() == 0


@pytest.mark.django_db
def test_command_loads_into_an_empty_portal_only_when_asked(tmp_path):
    given = files(tmp_path)
    first, second = StringIO(), StringIO()
    call_command("load_example", "--if-empty", stdout=first, **given)
    call_command("load_example", "--if-empty", stdout=second, **given)
    assert first.getvalue().startswith("Geladen.\n")
    assert second.getvalue() == "Es sind schon Inhalte da; nichts geladen.\n"
