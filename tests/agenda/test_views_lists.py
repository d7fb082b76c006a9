"""What overview, Ist-Stand and lists say: coverage, sources, filters that survive any address."""

import re
from datetime import date

import pytest
from django.urls import reverse

from agenda.models import AssessmentRound
from portal.models import MunicipalityPopulation
from tests.factories import (
    AgendaFactory,
    AssessmentFactory,
    DecisionFactory,
    FieldFactory,
    FindingFactory,
    MilestoneFactory,
    MunicipalityFactory,
    PackageFactory,
    ProjectFactory,
    RoundFactory,
    ValueFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def agenda():
    return AgendaFactory(public=True, title="Agenda 2032")


@pytest.fixture
def package(agenda):
    return PackageFactory(agenda=agenda, public=True)


def _text(client, name, query=""):
    response = client.get(reverse(f"agenda:{name}") + query)
    assert response.status_code == 200
    html = response.content.decode()
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html[html.index("<main") : html.index("</main>")]))


def test_overview_says_how_far_the_agenda_is_and_who_reports(client, package):
    ProjectFactory(package=package, public=True, progress_mode="manual", manual_progress=40)
    ProjectFactory(package=package, public=True)
    text = _text(client, "overview")
    assert "40 % mittlerer Fortschritt; 1 von 2 Projekten melden" in text
    assert "Stand der Angaben: 30.09.2026" in text


def test_overview_without_data_has_no_percentage(client, package):
    ProjectFactory(package=package, public=True)
    assert "keine Angabe mittlerer Fortschritt: noch kein Projekt meldet" in _text(client, "overview")


def test_overview_says_that_nothing_is_decided_yet(client, agenda):
    assert "Diese Agenda ist noch nicht beschlossen." in _text(client, "overview")


def test_overview_shows_the_decision(client, agenda):
    DecisionFactory(agenda=agenda, reference_no="07/2026")
    agenda.status = "adopted"
    agenda.save()
    text = _text(client, "overview")
    assert "Gremium Kreistag Datum 18.06.2026 Nummer 07/2026" in text
    assert "noch nicht beschlossen" not in text


def test_overview_shows_milestones_reached_and_ahead(client, package):
    project = ProjectFactory(package=package, public=True)
    MilestoneFactory(project=project, title="Geschafft", due_on=date(2020, 1, 1), done_on=date(2020, 1, 2))
    MilestoneFactory(project=project, title="Kommt", due_on=date(2999, 1, 1))
    text = _text(client, "overview")
    assert "1 von 2 Meilensteine erreicht" in text
    assert "Zuletzt erreicht erreicht am 02.01.2020 Geschafft" in text
    assert "Als Nächstes fällig fällig am 01.01.2999 Kommt" in text


def test_overview_marks_an_example(client, agenda):
    agenda.is_example = True
    agenda.save()
    assert "Beispielinhalt" in client.get(reverse("agenda:overview")).content.decode()


def test_overview_asks_for_the_pdf_without_a_cookie(client, agenda):
    response = client.get(reverse("agenda:overview"))
    assert 'action="/berichte/agenda/"' in response.content.decode()
    assert not response.cookies


def test_assessment_gives_each_figure_its_place_date_and_source(client, agenda):
    ValueFactory(
        indicator__title="Fläche des Kreises",
        indicator__unit="km²",
        indicator__decimals=2,
        value="2424.01",
        as_of="2023",
        source="Kreisverwaltung",
    )
    assert "Fläche des Kreises 2.424,01 km² 2023 Landkreis Stendal Kreisverwaltung" in _text(client, "assessment")


def test_assessment_tells_three_kinds_of_missing_apart(client, agenda):
    fields = FieldFactory.create_batch(3)
    row = RoundFactory(agenda=agenda)
    AssessmentFactory(round=row, field=fields[0], current_level=0, status="confirmed")
    AssessmentFactory(
        round=row, field=fields[1], applicability="not_applicable", current_level=None, status="confirmed"
    )
    AssessmentRound.objects.update(state="published")
    text = _text(client, "assessment")
    assert "Landkreis als Ganzes Stufe 0 trifft nicht zu noch nicht eingeschätzt" in text


def test_assessment_without_round_says_so(client, agenda):
    assert "ist noch nicht veröffentlicht. Nicht eingeschätzt heißt nicht „Stufe 0“." in _text(client, "assessment")


@pytest.mark.parametrize("query", ["", "?kennzahl=dichte", "?kennzahl=%00", "?runde=unsinn&kennzahl=projekte"])
def test_assessment_shows_the_county_by_municipality(client, package, query):
    place = MunicipalityFactory(name="Osterburg", area_km2="50.00")
    for day, count in ((date(2022, 5, 15), 1000), (date(2025, 12, 31), 950)):
        MunicipalityPopulation.objects.create(municipality=place, counted_on=day, inhabitants=count, source="x")
    ProjectFactory(package=package, public=True).municipalities.add(place)
    assert "Osterburg 1.000 950 31.12.2025 −50 (−5,0 %) 19,0 1" in _text(client, "assessment", query)


def test_assessment_says_which_projects_belong_to_no_municipality(client, package):
    ProjectFactory.create_batch(2, package=package, public=True)
    assert "Dazu kommen 2 Projekte, die für den ganzen Landkreis gelten" in _text(client, "assessment")


def test_packages_stand_under_their_horizon(client, agenda):
    PackageFactory(agenda=agenda, public=True, title="Bald")
    PackageFactory(agenda=agenda, public=True, title="Später", horizon="long", ends_on=date(2032, 1, 1))
    text = _text(client, "package_list")
    assert text.index("Kurzfristig") < text.index("Bald") < text.index("Mittelfristig") < text.index("Langfristig")
    assert text.index("Langfristig") < text.index("Später")
    assert "Kurzfristig 01.01.2026 bis 30.06.2027" in text


def test_lists_show_only_the_agenda_in_force(client, package):
    older = AgendaFactory(public=True, period_start=date(2020, 1, 1))
    FindingFactory(agenda=older, public=True, title="Von früher")
    assert "Von früher" not in _text(client, "finding_list")


def test_projects_can_be_narrowed_and_counted(client, package):
    ProjectFactory(package=package, public=True, title="Glasfaser")
    ProjectFactory(package=package, public=True, title="Rufbus")
    text = _text(client, "project_list", "?q=glas")
    assert "1 Projekt für diese Auswahl" in text
    assert "Rufbus" not in text


def test_projects_say_what_they_ignored(client, package):
    ProjectFactory(package=package, public=True, title="Glasfaser")
    text = _text(client, "project_list", "?feld=gibtesnicht&page=99&stand=running%00")
    assert "Handlungsfeld: „gibtesnicht“ gibt es hier nicht und wurde übergangen." in text
    assert "Glasfaser" in text


@pytest.mark.parametrize("page", ["0", "-1", "abc", "99", "%00", "9" * 400])
def test_projects_survive_any_page_number(client, package, page):
    ProjectFactory(package=package, public=True, title="Glasfaser")
    assert "Glasfaser" in _text(client, "project_list", f"?page={page}")


def test_projects_are_paged_without_losing_the_filter(client, package):
    ProjectFactory.create_batch(13, package=package, public=True, title="Glasfaser")
    html = client.get(reverse("agenda:project_list"), {"q": "glas"}).content.decode()
    assert 'href="?q=glas&amp;page=2"' in html
    assert _text(client, "project_list", "?q=glas&page=2").count("Glasfaser") == 1


def test_projects_that_are_not_found_are_told_where_to_go(client, package):
    assert "Nichts gefunden" in _text(client, "project_list", "?q=xyz")


def test_municipality_filter_says_that_the_whole_county_is_included(client, package):
    assert "Projekte für den ganzen Landkreis sind immer dabei." in _text(client, "project_list")
