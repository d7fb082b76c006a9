"""The 25 municipalities, their counts and boundaries, and what is refused."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import transaction

from portal import places
from portal.models import MunicipalAssociation, Municipality, MunicipalityPopulation
from portal.shared.slugs import german_slug
from tests.agenda.example_files import change, files, refusal


@pytest.fixture(scope="module")
def loaded(django_db_setup, django_db_blocker):
    """The whole example, loaded by its command once for this module."""
    with django_db_blocker.unblock(), transaction.atomic():
        call_command("load_example", stdout=StringIO())
        yield
        transaction.set_rollback(True)


@pytest.fixture
def given(tmp_path):
    return files(tmp_path)


@pytest.mark.django_db
def test_county_has_its_municipalities(loaded):
    assert Municipality.objects.count() == 25
    assert list(MunicipalAssociation.objects.values_list("name", flat=True)) == [
        "Arneburg-Goldbeck",
        "Elbe-Havel-Land",
        "Seehausen (Altmark)",
    ]
    kinds = list(Municipality.objects.values_list("kind", flat=True))
    assert (kinds.count("unitary"), kinds.count("member")) == (6, 19)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("day", "people"),
    [
        (date(2018, 12, 31), 111_982),
        (date(2022, 5, 15), 107_250),
        (date(2024, 12, 31), 106_538),
        (date(2025, 12, 31), 105_803),
    ],
)
def test_counts_add_up_to_the_county(loaded, day, people):
    counts = MunicipalityPopulation.objects.filter(counted_on=day)
    assert (counts.count(), sum(count.inhabitants for count in counts)) == (25, people)


@pytest.mark.django_db
def test_counts_before_and_after_the_census_name_different_sources(loaded):
    sources = dict(
        MunicipalityPopulation.objects.filter(municipality__name="Stendal").values_list("counted_on", "source")
    )
    assert "Zensus 2011" in sources[date(2018, 12, 31)]
    assert "Zensus 2022" in sources[date(2024, 12, 31)]


@pytest.mark.django_db
def test_municipality_has_all_it_needs(loaded):
    place = Municipality.objects.get(ags="15090520")
    assert (place.full_name, place.slug) == ("Hansestadt Seehausen (Altmark)", "seehausen-altmark")
    assert (str(place.association), place.postcode) == ("Verbandsgemeinde Seehausen (Altmark)", "39615")
    assert (place.area_km2, place.is_county_seat) == (Decimal("107.02"), False)
    assert place.geometry["type"] in {"Polygon", "MultiPolygon"}
    assert places.ATTRIBUTION in place.source
    assert Municipality.objects.get(is_county_seat=True).name == "Stendal"


@pytest.mark.django_db
def test_areas_add_up_to_the_county(loaded):
    assert sum(place.area_km2 for place in Municipality.objects.all()) == Decimal("2423.41")


def test_outline_of_the_county_has_two_parts_and_is_read_once():
    outline = places.county_outline()
    assert (outline["type"], len(outline["coordinates"])) == ("MultiPolygon", 2)
    assert places.county_outline() is outline


@pytest.mark.parametrize(
    ("option", "old", "new", "fault"),
    [
        (
            "municipalities",
            ",Iden,Iden,",
            ",Eden,Iden,",
            "Feld „name“: Die Angabe weicht von der Datei mit den Grenzen ab.",
        ),
        ("municipalities", ",ja,", ",vielleicht,", "Feld „kreisstadt“: „vielleicht“ ist hier nicht bekannt"),
        ("municipalities", ",37.37,", ",-1,", "Feld „flaeche_km2_2018“: Die Fläche muss größer als null sein."),
        ("municipalities", ",743,", ",74.5,", "Feld „einwohner_zensus_2022_05_15“: Erwartet wird eine ganze Zahl"),
        (
            "municipalities",
            ",150905051,",
            ",,",
            "Feld „verbandsgemeinde“: Name und Schlüssel der Verbandsgemeinde gehören",
        ),
        (
            "municipalities",
            "15090270,",
            "15090271,",
            "Feld „ags“: Für diesen Schlüssel fehlt die Grenze in grenzen.geojson.",
        ),
        (
            "boundaries",
            "[[[12.",
            '[[["x", 12.',
            "Feld „features[0].properties.geometry“: Die Grenze ist kein geschlossener",
        ),
        (
            "boundaries",
            '"label": [11.',
            '"label": [1.',
            "Feld „features[0].properties.label“: Erwartet werden Länge und",
        ),
        ("municipalities", "15090270,", "15090 70,", "Feld „ags“: Für diesen Schlüssel fehlt die Grenze"),
        (
            "boundaries",
            '"ags": "15090270"',
            '"ags": "15090535"',
            "Feld „features[1].properties.ags“: Diese Gemeinde steht zweimal",
        ),
    ],
)
def test_municipality_with_a_fault_is_refused(given, option, old, new, fault):
    text = given[option].read_text(encoding="utf-8")
    assert old in text
    given[option].write_text(text.replace(old, new, 1), encoding="utf-8")
    assert [found for found in refusal(given) if fault in found] != []


@pytest.mark.parametrize(
    "geometry",
    [
        {"type": "Point", "coordinates": [11.8, 52.6]},
        {"type": "Polygon", "coordinates": []},
        {"type": "Polygon", "coordinates": [[[11.8, 52.6], [11.9, 52.6], [11.8, 52.6]]]},
        {"type": "Polygon", "coordinates": [[[11.8, 52.6], [11.9, 52.6], [11.9, 52.7], [11.8, 52.7]]]},
        {"type": "Polygon", "coordinates": [[[52.6, 11.8], [52.6, 11.9], [52.7, 11.9], [52.6, 11.8]]]},
        {"type": "MultiPolygon", "coordinates": 3},
    ],
)
def test_boundary_that_is_none_is_refused(given, geometry):
    change(given["boundaries"], lambda document: document["features"][0].update(geometry=geometry))
    assert [fault for fault in refusal(given) if "Linienzug" in fault or "„Point“" in fault] != []


def test_key_of_another_county_is_refused(given):
    for option in ("municipalities", "boundaries"):
        text = given[option].read_text(encoding="utf-8")
        given[option].write_text(text.replace("15090270", "15091270"), encoding="utf-8")
    assert refusal(given) == [
        "gemeinden.csv, Zeile 2, Feld „ags“: Der AGS beginnt mit 15090 (Landkreis Stendal) und hat acht Ziffern."
    ]


def test_association_with_two_names_is_refused(given):
    for option in ("municipalities", "boundaries"):
        text = given[option].read_text(encoding="utf-8")
        text = text.replace(",Hansestadt,Einheitsgemeinde,,,", ",Hansestadt,Einheitsgemeinde,Anders,150905051,")
        given[option].write_text(
            text.replace('"verbandsgemeinde": null', '"verbandsgemeinde": "Anders"'), encoding="utf-8"
        )
    reasons = [fault.partition("“: ")[2] for fault in refusal(given)]
    assert "Dieser Schlüssel gehört schon zu „Arneburg-Goldbeck“." in reasons
    assert "Genau die Mitgliedsgemeinden gehören zu einer Verbandsgemeinde." in reasons


def test_boundary_without_its_municipality_is_refused(given):
    rows = given["municipalities"].read_text(encoding="utf-8").splitlines()
    given["municipalities"].write_text("\n".join(rows[:-1]) + "\n", encoding="utf-8")
    assert [fault for fault in refusal(given) if fault.endswith("Diese Gemeinde fehlt in gemeinden.csv.")] != []


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("Öffentliche Straßen", "oeffentliche-strassen"),
        ("Wust-Fischbeck", "wust-fischbeck"),
        ("C1 Größe (rund)", "c1-groesse-rund"),
        ("eins zwei drei", "eins-zwei"),
        ("einszweidreivier", "einszweidr"),
    ],
)
def test_slug_is_german_and_cut_between_words(text, slug):
    assert german_slug(text, limit=22 if len(slug) > 10 else 10) == slug
