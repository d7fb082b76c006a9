"""The county by municipality: unknown figures stay unknown, series are not mixed."""

from datetime import date
from decimal import Decimal

import pytest

from agenda import county
from agenda.models import Project
from portal.models import MunicipalityPopulation
from tests.factories import NOON, MunicipalityFactory, ProjectFactory

pytestmark = pytest.mark.django_db


def _count(municipality, day, inhabitants):
    MunicipalityPopulation.objects.create(
        municipality=municipality, counted_on=day, inhabitants=inhabitants, source="Beispiel"
    )


def _places():
    return county.places(Project.objects.public(NOON))


def test_places_compare_with_the_census_only():
    place = MunicipalityFactory(area_km2="50.00")
    _count(place, date(2018, 12, 31), 2000)
    _count(place, county.CENSUS, 1000)
    _count(place, date(2025, 12, 31), 950)
    [found] = _places()
    assert (found.inhabitants, found.change, found.change_percent, found.density) == (950, -50, Decimal(-5), 19)


def test_places_without_count_have_no_figures():
    MunicipalityFactory()
    [found] = _places()
    assert (found.inhabitants, found.change, found.change_percent, found.density) == (None, None, None, None)
    assert county.figure("einwohner").text(found) == "keine Angabe"


def test_places_with_the_census_alone_have_no_change():
    _count(MunicipalityFactory(), county.CENSUS, 1000)
    assert _places()[0].change is None


def test_places_count_public_projects_only():
    place = MunicipalityFactory()
    ProjectFactory(public=True).municipalities.add(place)
    ProjectFactory().municipalities.add(place)
    assert _places()[0].projects == 1


def test_places_take_one_query(django_assert_num_queries):
    MunicipalityFactory.create_batch(3)
    with django_assert_num_queries(1):
        assert len(_places()) == 3


def test_figure_with_an_unknown_key_is_the_first():
    assert county.figure("unsinn").key == "einwohner"


def test_figure_writes_change_with_sign():
    place = MunicipalityFactory()
    _count(place, county.CENSUS, 1000)
    _count(place, date(2025, 12, 31), 950)
    assert county.figure("veraenderung").text(_places()[0]) == "\u22125,0\u00a0%"


def test_sums_need_every_municipality_on_one_day():
    first, second = MunicipalityFactory.create_batch(2)
    for place in (first, second):
        _count(place, county.CENSUS, 1000)
    _count(first, date(2025, 12, 31), 950)
    found = county.sums(_places())
    assert (found.at_census, found.inhabitants, found.counted_on) == (2000, None, None)


def test_sources_are_named_once():
    for place in MunicipalityFactory.create_batch(2):
        _count(place, county.CENSUS, 1000)
    assert county.sources(_places()) == ["Beispiel"]


def test_sums_of_nothing_are_unknown():
    assert county.sums([]) == county.Counted(None, None, None)
