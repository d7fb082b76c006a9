"""Loading again: what changed in the files is written, what people changed stays, nothing is doubled."""

from __future__ import annotations

import pytest

from agenda.models import AssessmentRound, Challenge, Finding, Milestone, Project
from portal.models import Organisation, Page, Topic
from portal.shared import publishing
from portal.shared.importing import REASON
from tests.agenda.example_files import change, files, loaded, refusal, replace
from tests.factories import MunicipalityFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def given(tmp_path):
    """The small files, loaded once."""
    found = files(tmp_path)
    loaded(found)
    return found


@pytest.fixture
def person():
    return UserFactory()


def by_hand(row, person, **values):
    """What a person does in the administration."""
    for name, value in values.items():
        setattr(row, name, value)
    row._history_user = person
    row._change_reason = ""
    row.save()
    return row


def test_changed_field_is_written_and_told(given):
    replace(given["agenda"], '"title": "Anschlusslotsen für Glasfaser"', '"title": "Glasfaserlotsen"')
    report = loaded(given)
    project = Project.objects.get(code="M01")
    assert (project.title, project.slug) == ("Glasfaserlotsen", "m01-glasfaserlotsen")
    assert [str(line) for line in report.changed] == [
        (
            "Projekt „M01 Anschlusslotsen für Glasfaser“: Titel: Anschlusslotsen für Glasfaser → Glasfaserlotsen; "
            "Adresse: m01-anschlusslotsen-fuer-glasfaser → m01-glasfaserlotsen"
        )
    ]
    assert project.history.first().history_change_reason == REASON
    assert (report.new.total(), project.state) == (0, "published")


def test_changed_relation_is_written_and_told(given):
    change(given["agenda"], lambda document: document["measures"][1].update(municipalities=["15090270"]))
    report = loaded(given)
    assert [str(line) for line in report.changed] == [
        "Projekt „M05 Freies WLAN an Treffpunkten“: Gemeinden: Stendal → Iden"
    ]
    assert [place.name for place in Project.objects.get(code="M05").municipalities.all()] == ["Iden"]
    assert loaded(given).changed == []


def test_rehearsal_tells_the_same_and_writes_nothing(given):
    replace(given["agenda"], '"title": "Anschlusslotsen für Glasfaser"', '"title": "Glasfaserlotsen"')
    rehearsed = loaded(given, is_rehearsal=True)
    assert Project.objects.get(code="M01").title == "Anschlusslotsen für Glasfaser"
    assert Project.history.filter(title="Glasfaserlotsen").count() == 0
    assert str(rehearsed).startswith("Vorschau, es wurde nichts geschrieben.")
    assert rehearsed.changed == loaded(given).changed


def test_row_changed_by_hand_is_kept_and_told(given, person):
    by_hand(Challenge.objects.get(), person, goal="Neues Ziel.")
    report = loaded(given)
    assert Challenge.objects.get().goal == "Neues Ziel."
    assert (len(report.kept), report.changed) == (1, [])
    assert str(report.kept[0]).startswith("Herausforderung „C1 Vom Netz zur Nutzung“: weicht ab (Ziel: Neues Ziel. → ")


def test_row_changed_by_hand_is_overwritten_on_request(given, person):
    by_hand(Challenge.objects.get(), person, goal="Neues Ziel.")
    report = loaded(given, overwrite=True)
    assert Challenge.objects.get().goal.startswith("Die meisten Haushalte")
    assert (len(report.changed), report.kept) == (1, [])


def test_row_changed_without_a_reason_counts_as_changed_by_hand(given):
    Challenge.objects.get().save()
    replace(given["agenda"], '"title": "Vom Netz zur Nutzung"', '"title": "Nutzung"')
    assert len(loaded(given).kept) == 1


def test_relation_changed_by_hand_is_kept(given, person):
    project = Project.objects.get(code="M05")
    by_hand(project, person).municipalities.clear()
    assert len(loaded(given).kept) == 1
    assert project.municipalities.count() == 0


def test_row_renamed_by_hand_is_not_doubled(given, person):
    by_hand(Organisation.objects.get(name="Vereine"), person, name="Vereine und Verbände")
    report = loaded(given)
    assert Organisation.objects.filter(name__startswith="Vereine").count() == 1
    assert [str(line) for line in report.kept] == [
        "Organisation „Vereine und Verbände“: weicht ab (Name: Vereine und Verbände → Vereine)"
    ]


def test_row_deleted_by_hand_does_not_come_back(given, person):
    milestone = Milestone.objects.get(title="Auswertung der Hemmnisse")
    milestone._history_user = person
    milestone.delete()
    report = loaded(given)
    assert Milestone.objects.filter(title="Auswertung der Hemmnisse").count() == 0
    assert [str(line) for line in report.kept] == ["Meilenstein in agenda.json, Zeile 361: von Hand gelöscht"]


def test_parts_of_a_row_deleted_by_hand_stay_away_with_it(given, person):
    project = Project.objects.get(code="M05")
    project._history_user = person
    project.delete()
    report = loaded(given)
    assert Project.objects.count() == 1
    assert (report.new.total(), report.changed) == (0, [])


def test_row_deleted_by_hand_comes_back_on_request(given, person):
    Milestone.objects.get(title="Auswertung der Hemmnisse").delete()
    assert loaded(given, overwrite=True).new.total() == 1


def test_row_withdrawn_by_hand_stays_withdrawn(given):
    finding = Finding.objects.get(code="F02")
    publishing.withdraw(finding, by=None, reason="Falsche Zahl")
    by_hand(Finding.objects.get(code="F02"), UserFactory())
    report = loaded(given)
    assert Finding.objects.get(code="F02").state == "withdrawn"
    assert [str(line) for line in report.kept] == [
        "Befund „F02 Viele Haushalte nutzen den möglichen Anschluss noch nicht“: zurückgezogen"
    ]


def test_row_no_longer_in_the_files_stays_and_is_told(given):
    change(given["agenda"], lambda document: document["measures"][0]["milestones"].pop())
    report = loaded(given)
    assert [str(line) for line in report.missing] == [
        "Meilenstein „Auswertung der Hemmnisse“: steht nicht in den Dateien"
    ]
    assert Milestone.objects.filter(title="Auswertung der Hemmnisse").exists()


def test_row_made_by_a_person_is_no_concern_of_the_load(given, person):
    by_hand(Topic(name="Klima", slug="klima"), person)
    assert loaded(given).missing == []


def test_closed_round_is_not_changed_by_a_new_file(given):
    replace(given["maturity"], '"current_level": 2', '"current_level": 3')
    (fault,) = refusal(given)
    assert fault.endswith("Die Erhebungsrunde ist abgeschlossen. Eine Berichtigung ist eine neue Runde.")
    assert AssessmentRound.objects.get().assessments.filter(current_level=2).count() == 1


def test_refusal_half_way_writes_nothing(given):
    """The first rows could be written, the last cannot: all are taken back."""
    replace(given["agenda"], '"title": "Anschlusslotsen für Glasfaser"', '"title": "Glasfaserlotsen"')
    replace(given["maturity"], '"current_level": 2', '"current_level": 3')
    assert len(refusal(given)) == 1
    assert Project.objects.filter(title="Glasfaserlotsen").count() == 0


def test_load_into_a_portal_with_content_can_be_skipped(tmp_path):
    MunicipalityFactory()
    report = loaded(files(tmp_path), only_if_empty=True)
    assert str(report) == "Es sind schon Inhalte da; nichts geladen."
    assert (report.was_skipped, Topic.objects.count()) == (True, 0)


def test_pages_alone_do_not_make_the_portal_full(tmp_path):
    Page.objects.create(title="Impressum", slug="impressum")
    assert loaded(files(tmp_path), only_if_empty=True).was_skipped is False
