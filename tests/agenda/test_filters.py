"""Filters of the lists: what they find, what nonsense they ignore."""

from datetime import date

import pytest
from django.http import QueryDict

from agenda.filters import FindingFilter, IgnoredFilter, ProjectFilter
from agenda.models import Finding, Project, ProjectParty
from tests.factories import (
    NOON,
    FieldFactory,
    FindingFactory,
    MunicipalityFactory,
    OrganisationFactory,
    PackageFactory,
    ProjectFactory,
)

pytestmark = pytest.mark.django_db


def _filter(query):
    return ProjectFilter(QueryDict(query), queryset=Project.objects.public(NOON))


def _codes(query):
    return [project.code for project in _filter(query).qs]


def _project(code, **fields):
    return ProjectFactory(public=True, code=code, **fields)


def test_project_filter_without_parameters_keeps_all_in_order_of_their_number():
    _project("M02")
    _project("M01")
    assert _codes("") == ["M01", "M02"]


def test_project_filter_by_field_finds_further_fields_too():
    field = FieldFactory(slug="netz")
    _project("M01", field=field)
    _project("M02").extra_fields.add(field)
    _project("M03")
    assert _codes("feld=netz") == ["M01", "M02"]


def test_project_filter_by_horizon_is_that_of_the_package():
    _project("M01")
    _project("M02", package=PackageFactory(public=True, horizon="long", ends_on=date(2032, 1, 1)))
    assert _codes("horizont=long") == ["M02"]


def test_project_filter_by_phase():
    _project("M01", phase="running")
    _project("M02")
    assert _codes("stand=running") == ["M01"]


def test_project_filter_by_municipality_includes_the_whole_county():
    here, there = MunicipalityFactory(slug="osterburg"), MunicipalityFactory()
    _project("M01").municipalities.add(here, there)
    _project("M02").municipalities.add(there)
    _project("M03")
    assert _codes("gemeinde=osterburg") == ["M01", "M03"]


def test_project_filter_by_organisation_means_lead_and_partner():
    club, other = OrganisationFactory(), OrganisationFactory()
    _project("M01", lead=club)
    partner = _project("M02", lead=other)
    funded = _project("M03", lead=other)
    ProjectParty.objects.create(project=partner, organisation=club, role="partner")
    ProjectParty.objects.create(project=funded, organisation=club, role="funder")
    assert _codes(f"organisation={club.pk}") == ["M01", "M02"]


@pytest.mark.parametrize("text", ["glasfaser", "GLASFASER", "lotse im dorf", "Heimatverein", "m01", "1.7", "100%"])
def test_project_filter_by_text_reads_title_texts_number_and_parties(text):
    _project(
        "M01",
        number="1.7",
        title="Glasfaser für alle",
        teaser="Der Lotse kommt",
        description="<p>Im Dorf zu 100% da.</p>",
        lead=OrganisationFactory(name="Heimatverein"),
    )
    _project("M02", title="Anderes zu 100 Teilen")
    assert _codes("q=" + text.replace("%", "%25")) == ["M01"]


@pytest.mark.parametrize(
    ("sort", "codes"),
    [
        ("nummer", ["M01", "M02", "M03"]),
        ("titel", ["M02", "M03", "M01"]),
        ("ende", ["M02", "M01", "M03"]),
        ("stand", ["M01", "M03", "M02"]),
    ],
)
def test_project_filter_sorts(sort, codes):
    _project("M01", title="Zebra", planned_end=date(2027, 5, 1), status_on=date(2026, 9, 1))
    _project("M02", title="Ähre", planned_end=date(2027, 4, 1))
    _project("M03", title="Baum", planned_end=None, status_on=date(2026, 8, 1))
    assert _codes(f"sortierung={sort}") == codes


def test_project_filter_offers_only_what_public_projects_have():
    field, hidden = FieldFactory(slug="netz", title="Netz"), FieldFactory()
    club = OrganisationFactory(name="Verein")
    _project("M01", field=field, lead=club)
    ProjectFactory(field=hidden)
    found = _filter("").form.fields
    assert list(found["feld"].choices)[1:] == [("netz", "Netz")]
    assert list(found["organisation"].choices)[1:] == [(str(club.pk), "Verein")]


@pytest.mark.parametrize(
    "value", ["unsinn", "%00", "1+OR+1=1", "-1", "99999999999999999999", "%F0%9F%92%A9", "x" * 5000]
)
@pytest.mark.parametrize("name", ["feld", "horizont", "stand", "gemeinde", "organisation", "sortierung"])
def test_project_filter_ignores_nonsense_and_filters_by_the_rest(name, value):
    _project("M01", title="Netz")
    _project("M02", title="Anderes")
    found = _filter(f"{name}={value}&q=netz")
    assert [project.code for project in found.qs] == ["M01"]
    assert [ignored.label for ignored in found.ignored] == [found.form.fields[name].label]


def test_project_filter_ignores_a_text_with_a_null_character():
    _project("M01")
    found = _filter("q=a%00b")
    assert [project.code for project in found.qs] == ["M01"]
    assert found.ignored == [IgnoredFilter("Suchwort", "ab")]


def test_finding_filter_by_kind_and_field():
    field = FieldFactory(slug="netz")
    first = FindingFactory(public=True, field=field)
    FindingFactory(public=True, field=field, kind="strength", urgency=None)
    FindingFactory(public=True)
    found = FindingFilter(QueryDict("art=need&feld=netz"), queryset=Finding.objects.public(NOON))
    assert list(found.qs) == [first]
