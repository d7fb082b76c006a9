"""A broken file is refused as a whole, each fault with file, line, field and reason."""

from __future__ import annotations

import shutil

import pytest
from django.apps import apps

from tests.agenda.example_files import DATA, change, files, refusal, replace

SAVE_AS = "Bitte speichern Sie die Datei als „UTF-8“ ohne Signatur (BOM)."
NOT_UTF8 = "Die Datei ist nicht in UTF-8 geschrieben, vermutlich in Latin-1 oder Windows-1252."


@pytest.fixture
def given(tmp_path):
    return files(tmp_path)


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        (
            '"kind": "document"',
            '"kind": "gossip"',
            "Zeile 154, Feld „evidence[0].kind“: „gossip“ ist hier nicht bekannt",
        ),
        ('"type": "weakness",', "", "Zeile 223, Feld „findings[0].type“: Die Angabe fehlt."),
        (
            '"effort": 2',
            '"effort": 2, "colour": 1',
            "Zeile 256, Feld „findings[1].colour“: Das Feld ist hier unbekannt.",
        ),
        (
            '"effort": 2',
            '"effort": 5',
            "Feld „findings[1].effort“: Erwartet wird eine ganze Zahl von 1 bis 4, nicht 5.",
        ),
        (
            '"effort": 2',
            '"effort": 2, "urgency": 1',
            "Feld „findings[1].urgency“: Dringlichkeit gehört nur zu einem Bedarf",
        ),
        (
            '"effort": 2',
            '"effort": true',
            "Zeile 256, Feld „findings[1].effort“: „True“ ist keine Zahl (Wahrheitswert).",
        ),
        ('"effort": 2', '"effort": 2, "effort": 2', "Feld „findings[1].effort“: Das Feld steht hier zweimal."),
        ('"id": "F04"', '"id": "F02"', "Zeile 240, Feld „findings[1].id“: „F02“ kommt mehrfach vor"),
        (
            '"E16",\n    "E17"',
            '"E99",\n    "E17"',
            "Zeile 229, Feld „findings[0].evidence“: „E99“ ist hier nicht bekannt",
        ),
        (
            '"value": 2300.0',
            '"value": 2301',
            "Zeile 208, Feld „evidence[4].value“: „2301“ weicht von der Tabelle ab; dort steht „2300“",
        ),
        (
            '"ends_on": "2027-06-30"',
            '"ends_on": "30.06.2027"',
            "Zeile 301, Feld „packages[0].ends_on“: „30.06.2027“ ist kein Tag in der Form JJJJ-MM-TT.",
        ),
        (
            '"ends_on": "2027-06-30"',
            '"ends_on": "2027-06-31"',
            "Zeile 301, Feld „packages[0].ends_on“: „2027-06-31“ ist kein Tag",
        ),
        (
            '"ends_on": "2027-06-30"',
            '"ends_on": "2026-01-31"',
            "Zeile 301, Feld „packages[0].ends_on“: Das Ende liegt vor dem Beginn.",
        ),
        (
            '"ends_on": "2027-06-30"',
            '"ends_on": "2027-07-01"',
            "Zeile 301, Feld „packages[0].ends_on“: Das Ende des Pakets liegt nicht in seinem Horizont.",
        ),
        (
            '"cost_max_eur": 180000',
            '"cost_max_eur": 1',
            "Zeile 303, Feld „packages[0].cost_max_eur“: Die Summe der Maßnahmen ist 180000, nicht 1.",
        ),
        (
            '"min_eur": 40000',
            '"min_eur": "40.000"',
            "Zeile 338, Feld „measures[0].cost.min_eur“: „40.000“ ist keine Zahl (Text).",
        ),
        ('"max_eur": 80000', '"max_eur": 1', "Zeile 339, Feld „measures[0].cost.max_eur“: Kosten sind nicht negativ"),
        (
            '"due": "2026-05-31"',
            '"due": "2028-05-31"',
            "Zeile 353, Feld „measures[0].milestones[0].due“: Der Meilenstein liegt nicht in der Laufzeit",
        ),
        ('"15090535"', '"15090999"', "Feld „measures[1].municipalities“: „15090999“ ist hier nicht bekannt"),
        (
            '"progress_percent": 45',
            '"progress_percent": 145',
            "Zeile 349, Feld „measures[0].progress_percent“: Erwartet wird eine ganze Zahl von 0 bis 100",
        ),
        ('"statuses": [', '"statuses": 3, "x": [', "Zeile 83, Feld „statuses“: Erwartet wird eine Liste, nicht Zahl."),
        (
            '"until": "2029-12-31"',
            '"until": "2026-12-31"',
            "Zeile 75, Feld „horizons[1].until“: Die Horizonte müssen aufeinander folgen.",
        ),
        (
            '"title": "Kleine Agenda – Beispielinhalt"',
            '"title": ""',
            "Zeile 3, Feld „meta.title“: Die Angabe ist leer.",
        ),
        (
            '"title": "Kleine Agenda – Beispielinhalt"',
            '"title": "A\\u0000B"',
            "Zeile 3, Feld „meta.title“: Der Text enthält Steuerzeichen.",
        ),
        ('"language": "de"', '"language": null', "Zeile 6, Feld „meta.language“: Die Angabe ist null."),
        (
            '"target": 50.0',
            '"target": 1e40',
            "Zeile 372, Feld „measures[0].indicators[0].target“: Die Zahl ist zu groß.",
        ),
        (
            '"target": 50.0',
            '"target": 50.0001',
            "Feld „measures[0].indicators[0].target“: Die Zahl hat mehr als drei Nachkommastellen.",
        ),
        ('"target": 50.0', '"target": NaN', "Zeile 1: Kein lesbares JSON (eine Zahl, die keine ist)."),
        (
            '"Ortsbürgermeister"',
            '"Netzbetreiber DNS:NET"',
            "Zeile 323, Feld „measures[0].partners“: Ein Eintrag steht mehrfach in der Liste.",
        ),
    ],
)
def test_agenda_with_a_fault_is_refused(given, old, new, fault):
    text = given["agenda"].read_text(encoding="utf-8")
    given["agenda"].write_text(text.replace(old, new, 1), encoding="utf-8")
    assert [found for found in refusal(given) if found.startswith("agenda.json") and fault in found] != []


def test_text_longer_than_its_field_is_refused_with_the_fields_name(given):
    replace(given["agenda"], '"title": "Vom Netz zur Nutzung"', f'"title": "{"N" * 201}"')
    assert refusal(given) == [
        (
            "agenda.json, Zeile 260, Feld „Titel“: Bitte sicherstellen, dass der Wert aus höchstens 200 Zeichen "
            "besteht. (Er besteht aus 201 Zeichen.)"
        )
    ]


def test_other_label_than_example_is_refused(given):
    change(given["agenda"], lambda document: document["challenges"][0].update(label="amtlich"))
    assert refusal(given)[0].endswith("Hier muss „Beispielinhalt“ stehen: Dieser Weg lädt nur Beispielinhalte.")


def test_project_outside_the_challenges_of_its_package_is_refused(given):
    def act(document):
        other = document["challenges"][0] | {"id": "C2", "target_values": []}
        document["challenges"].append(other)
        document["measures"][0]["challenges"] = ["C2"]

    change(given["agenda"], act)
    assert [fault.partition(": ")[2] for fault in refusal(given)] == [
        "„C2“ gehört nicht zu den Herausforderungen des Pakets."
    ]


def test_dependency_on_itself_is_refused(given):
    change(given["agenda"], lambda document: document["measures"][0].update(depends_on=["M01"]))
    assert refusal(given)[0].endswith("Eine Maßnahme kann nicht von sich selbst abhängen.")


@pytest.mark.django_db
def test_circle_of_dependencies_is_refused_by_the_database(given):
    change(given["agenda"], lambda document: document["measures"][0].update(depends_on=["M05"]))
    (fault,) = refusal(given)
    assert fault.endswith("Diese Abhängigkeit ergäbe einen Kreis: Das Projekt würde auf sich selbst warten.")
    assert {
        model.__name__: n for model in apps.get_models() if _is_content(model) and (n := model.objects.count())
    } == {}


def _is_content(model):
    return model._meta.app_label in {"agenda", "portal"}


@pytest.mark.parametrize(
    ("name", "fault"),
    [
        ("ist_stand_latin1.csv", f"Zeile 2: {NOT_UTF8} {SAVE_AS}"),
        ("ist_stand_bom.csv", f"Zeile 1: Die Datei beginnt mit einer Unicode-Signatur. {SAVE_AS}"),
        ("ist_stand_semikolon.csv", "Zeile 1: Die Spalten sind mit Semikolon getrennt; erwartet wird ein Komma."),
        ("ist_stand_spalten.csv", "Zeile 3: Die Zeile hat 9 Spalten statt 8."),
    ],
)
def test_table_saved_in_another_way_is_refused(given, name, fault):
    shutil.copy(DATA / name, given["figures"])
    assert f"ist_stand.csv, {fault}" in refusal(given)


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        (
            ",726,",
            ",„726“,",
            "Zeile 2, Feld „value“: „„726““ ist keine Zahl (erwartet wird ein Dezimalpunkt, keine Tausenderpunkte).",
        ),
        (",12200,", ",12.200.000,", "Zeile 4, Feld „value“: „12.200.000“ ist keine Zahl"),
        (
            "Gemeinde Iden",
            "Gemeinde Eden",
            "Zeile 2, Feld „place“: „Gemeinde Eden“ ist keine Gemeinde des Landkreises.",
        ),
        ("Rahmenbedingungen,", "Wetter,", "Zeile 2, Feld „handlungsfeld“: „Wetter“ ist hier nicht bekannt"),
        (
            "Gemeindewert),found",
            "Gemeindewert),heard",
            "Zeile 2, Feld „certainty“: „heard“ ist hier nicht bekannt; möglich: found, known.",
        ),
        ("Personen,726", "ja/nein,726", "Zeile 2, Feld „value“: Bei „ja/nein“ ist der Wert 1 oder 0."),
        (",certainty", ",sicherheit", "Zeile 1: Es fehlen Spalten: certainty."),
        (",certainty", ",sicherheit", "Zeile 1: Unbekannte Spalten: sicherheit."),
        (
            "source,certainty",
            "certainty,source",
            "Zeile 1: Die Spalten müssen in dieser Reihenfolge stehen: handlungsfeld",
        ),
    ],
)
def test_table_with_a_fault_is_refused(given, old, new, fault):
    replace(given["figures"], old, new)
    assert [found for found in refusal(given) if found.startswith(f"ist_stand.csv, {fault}")] != []


def test_row_of_the_table_given_twice_is_refused(given):
    rows = given["figures"].read_text(encoding="utf-8")
    given["figures"].write_text(rows + rows.splitlines()[1] + "\n", encoding="utf-8")
    assert refusal(given)[0] == (
        "ist_stand.csv, Zeile 6, Feld „indicator“: Für diesen Ort und Stand gibt es schon einen Wert "
        "(ist_stand.csv, Zeile 2)."
    )


def test_broken_json_names_line_and_column(given):
    shutil.copy(DATA / "agenda_kein_json.json", given["agenda"])
    assert refusal(given) == [
        "agenda.json, Zeile 3: Kein gültiges JSON (Spalte 18: ein Zeilenumbruch oder Steuerzeichen mitten im Text)."
    ]


@pytest.mark.parametrize("text", ["[]", "3", "", "  "])
def test_file_that_is_no_object_is_refused(given, text):
    given["agenda"].write_text(text, encoding="utf-8")
    assert len(refusal(given)) == 1


def test_missing_file_is_refused(given):
    given["maturity"].unlink()
    assert refusal(given) == ["reifegrad.json, Zeile 1: Die Datei fehlt."]


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        (
            '"current_level": 2',
            '"current_level": 5',
            "Feld „assessments[0].current_level“: Erwartet wird eine ganze Zahl von 0 bis 4",
        ),
        (
            '"current_level": null',
            '"current_level": 0',
            "Feld „assessments[1].current_level“: Eine Stufe gehört genau dann dazu",
        ),
        (
            '"criterion": "K1.1"',
            '"criterion": "K2.1"',
            "Feld „assessments[0].ratings[0].criterion“: Dieses Kriterium gehört zu einem anderen",
        ),
        (
            '"ratings": []',
            '"ratings": [{"criterion": "K2.1", "level": 1, "rationale": "x"}]',
            "Feld „assessments[1].ratings“: Stufen je Kriterium",
        ),
        ('"Es gibt keinen Überblick.",', "", "Feld „criteria[1].levels“: Erwartet werden 5 Stufen, von 0 bis 4."),
    ],
)
def test_maturity_with_a_fault_is_refused(given, old, new, fault):
    replace(given["maturity"], old, new)
    assert [found for found in refusal(given) if found.startswith("reifegrad.json") and fault in found] != []


def test_all_faults_are_told_at_once(given):
    replace(given["figures"], "Gemeinde Iden", "Gemeinde Eden")
    replace(given["agenda"], '"effort": 2', '"effort": 9')
    replace(given["maturity"], '"current_level": 2', '"current_level": 9')
    assert [fault.split(",")[0] for fault in refusal(given)] == ["agenda.json", "ist_stand.csv", "reifegrad.json"]
