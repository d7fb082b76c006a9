"""How the words of the files become values, and files that contradict themselves."""

from __future__ import annotations

from datetime import date

import pytest

from agenda.importing import maturity, texts
from agenda.importing.figures import period_end
from agenda.models import ActionField, AssessmentRound, Evidence, Indicator, IndicatorValue
from portal.shared.importing import contents
from tests import factories as make
from tests.agenda.example_files import change, files, loaded, refusal, replace

LONG = "Ein Wort folgt dem anderen, und der Satz will gar kein Ende nehmen, obwohl er längst alles gesagt hat, was er "
AIM = {"unit": "%", "baseline": 40, "baseline_as_of": "2024", "target": 65, "target_date": "2030-12-31"}


@pytest.fixture
def given(tmp_path):
    return files(tmp_path)


@pytest.mark.parametrize(
    ("text", "teaser"),
    [
        ("Kurz.", "Kurz."),
        ("Erster Satz. Zweiter Satz.", "Erster Satz. Zweiter Satz."),
        (f"Erster Satz. {LONG}{LONG}.", "Erster Satz."),
        ("Bis 2,5 z. B. klein. Dann groß.", "Bis 2,5 z. B. klein. Dann groß."),
        (f"{LONG}{LONG}.", f"{(LONG + LONG)[:198].rpartition(' ')[0].rstrip(',')} …"),
    ],
)
def test_teaser_holds_whole_sentences(text, teaser):
    assert texts.teaser(text) == teaser
    assert len(texts.teaser(text)) <= texts.TEASER


@pytest.mark.parametrize(
    ("as_of", "end"),
    [
        ("2024", date(2024, 12, 31)),
        ("2024-02", date(2024, 2, 29)),
        ("2024-13", None),
        ("2019 bis 2024", date(2024, 12, 31)),
        ("0000", None),
        ("0000-01", None),
        ("um 2021", None),
        ("２０２４", None),
    ],
)
def test_period_ends_where_the_source_says_so(as_of, end):
    assert period_end(as_of) == end


def test_texts_of_a_file_cannot_bring_markup():
    assert texts.paragraph("a < b & <script>") == "<p>a &lt; b &amp; &lt;script&gt;</p>"
    assert texts.bullets(["<b>"]) == "<ul><li>&lt;b&gt;</li></ul>"


def append_aim(**values):
    def act(document):
        document["measures"][1]["indicators"].append(
            {"name": "Anschlussquote im Ausbaugebiet", "frequency": "jährlich"} | AIM | values
        )

    return act


@pytest.mark.parametrize(
    ("act", "fault"),
    [
        (append_aim(target=66), "Für diesen Tag gibt es schon einen anderen Zielwert (agenda.json, Zeile 274)."),
        (append_aim(baseline=41), "Für diesen Stand gibt es schon einen anderen Wert (agenda.json, Zeile 274)."),
        (append_aim(frequency="stündlich"), "„stündlich“ ist hier nicht bekannt; möglich:"),
        (lambda d: d["funding_programmes"].append(d["funding_programmes"][0]), "„FP1“ kommt mehrfach vor."),
        (lambda d: d["measures"][0]["cost"].update(running_per_year_eur=-1), "Kosten sind nicht negativ."),
        (lambda d: d["packages"][0].update(measures=["M01"]), "Die Liste stimmt nicht mit den Paketen überein"),
        (
            lambda d: d["packages"][0].update(horizon="bald"),
            "„bald“ ist hier nicht bekannt; möglich: kurz, mittel, lang.",
        ),
        (lambda d: d["evidence"][2]["csv_ref"].update(as_of="1999"), "Diese Kennzahl steht nicht in der Tabelle"),
        (lambda d: d["measures"][0].update(status="completed"), "Abgeschlossen, aber das Ende liegt nach dem Stand"),
        (lambda d: d["measures"][0]["milestones"][1].update(status="done"), "Erledigt, aber fällig nach dem Stand"),
        (lambda d: d["measures"][0]["term"].update(end="2027-07-01"), "Die Maßnahme endet nach ihrem Paket."),
        (lambda d: d["horizons"].pop(), "Erwartet werden kurz, mittel und lang; der letzte endet mit der Laufzeit."),
        (lambda d: d["cross_cutting_topics"].update(evidence="Q99"), "„Q99“ ist hier nicht bekannt"),
        (lambda d: d["measures"][0].update(milestones=[3]), "Erwartet wird ein Objekt, nicht Zahl."),
        (lambda d: d["challenges"][0].update(fields=[]), "Die Liste ist leer."),
        (lambda d: d["challenges"][0].update(fields=[3]), "Erwartet wird eine Liste von Texten."),
        (lambda d: d["findings"][0].update(title=[]), "Erwartet wird Text, nicht Liste."),
        (lambda d: d["packages"][0].update(cost_min_eur=None), "Erwartet wird eine Zahl, nicht null."),
    ],
)
def test_file_that_contradicts_itself_is_refused(given, act, fault):
    change(given["agenda"], act)
    assert [found for found in refusal(given) if fault in found] != []


def test_indicator_in_two_fields_is_refused(given):
    rows = given["figures"].read_text(encoding="utf-8")
    row = "Digitale Verwaltung,Geplante Tiefbaulänge des geförderten Netzes,km,1,2018,Landkreis Stendal,Quelle,found\n"
    given["figures"].write_text(rows + row, encoding="utf-8")
    assert refusal(given) == [
        (
            "ist_stand.csv, Zeile 6, Feld „handlungsfeld“: Diese Kennzahl steht schon in einem anderen Handlungsfeld "
            "(ist_stand.csv, Zeile 3)."
        )
    ]


@pytest.mark.django_db
def test_common_knowledge_is_called_so(given):
    replace(given["figures"], "Gemeindewert),found", "Gemeindewert),known")
    change(given["agenda"], lambda document: document["evidence"][0].update(certainty="known"))
    loaded(given)
    assert IndicatorValue.objects.get(place="Gemeinde Iden").note == "Allgemeinwissen, ohne Fundstelle"
    assert Evidence.objects.get(code="Q06").summary.endswith(" (Allgemeinwissen, ohne Fundstelle)")


@pytest.mark.django_db
@pytest.mark.parametrize(("baseline", "direction"), [(40, "increase"), (90, "decrease"), (65, "keep"), (None, "none")])
def test_direction_leads_from_baseline_to_target(given, baseline, direction):
    def act(document):
        aim = document["challenges"][0]["target_values"][0]
        aim.update(indicator="Neue Quote", baseline=baseline)

    change(given["agenda"], act)
    loaded(given)
    assert Indicator.objects.get(title="Neue Quote").direction == direction


@pytest.mark.django_db
def test_waiting_project_without_a_reason_says_that_none_is_named(given):
    change(given["agenda"], lambda document: document["measures"][1].update(status="on_hold", risks=""))
    loaded(given)
    project = Evidence.objects.first().agenda.projects.get(code="M05")
    assert (project.phase, project.phase_reason) == ("on_hold", "Der Beispielinhalt nennt keinen Grund.")


@pytest.mark.django_db
def test_round_of_a_person_stays_open(given):
    loaded(given)
    mine = make.RoundFactory(agenda=AssessmentRound.objects.get().agenda)
    make.AssessmentFactory(round=mine, field=ActionField.objects.first(), status="confirmed")
    maturity.finish(at=make.NOON)
    mine.refresh_from_db()
    assert mine.state == "open"


@pytest.mark.django_db
def test_round_that_cannot_be_closed_refuses_the_load(given):
    """The acts of a content that follow the rows may refuse, too."""
    loaded(given)
    AssessmentRound.objects.update(state="open")
    other = make.FieldFactory(code="HF99")
    make.AssessmentFactory(round=AssessmentRound.objects.get(), field=other, status="draft")
    assert refusal(given) == ["Abschluss: 1 Einschätzung ist noch nicht bestätigt."]


def test_files_of_the_contents_are_there():
    paths = [file.default for content in contents() for file in content.files]
    assert [path for path in paths if not path.is_file()] == []
