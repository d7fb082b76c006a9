"""Every page of the agenda opens, says what it has, and takes as many queries for three rows as for one."""

import pytest
from django.urls import reverse

from tests.agenda.chains import make_chain
from tests.factories import AgendaFactory, FieldFactory

pytestmark = pytest.mark.django_db
MOST_QUERIES = 12
LISTS = [
    "agenda:overview",
    "agenda:assessment",
    "agenda:finding_list",
    "agenda:challenge_list",
    "agenda:package_list",
    "agenda:project_list",
]


@pytest.fixture
def agenda():
    return AgendaFactory(public=True)


@pytest.mark.parametrize("name", LISTS)
def test_list_without_agenda_opens(client, name):
    assert client.get(reverse(name)).status_code == 200


@pytest.mark.parametrize("name", LISTS)
def test_list_takes_the_same_queries_for_one_row_and_three(client, agenda, name, django_assert_max_num_queries):
    field = FieldFactory()
    make_chain(agenda, field)
    with django_assert_max_num_queries(MOST_QUERIES) as one:
        client.get(reverse(name))
    make_chain(agenda, field)
    make_chain(agenda, field)
    with django_assert_max_num_queries(MOST_QUERIES) as three:
        client.get(reverse(name))
    assert len(one) == len(three)


@pytest.mark.parametrize("index", range(4), ids=["finding", "challenge", "package", "project"])
def test_detail_takes_at_most_twelve_queries(client, agenda, index, django_assert_max_num_queries):
    field = FieldFactory()
    rows = [make_chain(agenda, field) for _ in range(3)]
    with django_assert_max_num_queries(MOST_QUERIES):
        response = client.get(rows[1][index].get_absolute_url())
    assert response.status_code == 200


def test_field_takes_at_most_twelve_queries(client, agenda, django_assert_max_num_queries):
    field = FieldFactory()
    for _ in range(3):
        make_chain(agenda, field)
    with django_assert_max_num_queries(MOST_QUERIES):
        response = client.get(field.get_absolute_url())
    assert response.status_code == 200
