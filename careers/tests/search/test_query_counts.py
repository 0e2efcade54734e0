"""A list costs the same however many guides there are."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from ads.shelf import shelf as ads
from careers.search import vocabulary
from careers.tests.search.guides import guide
from portal.middleware.pagecache import store

pytestmark = pytest.mark.django_db

LIMIT = 8
LISTS = ["", "sort=pay&stress=low", "q=maker", "q=makre&stress=low&field=crafts", "q=kite+zzz&stress=low", "stress=very-high&remote=hybrid"]


def cost(client, path):
    store.clear()
    ads.clear()
    vocabulary.forget()
    with CaptureQueriesContext(
        connection,
    ) as queries:
        assert client.get(path).status_code == 200
    return len(queries)


@pytest.mark.parametrize("query", LISTS)
def test_the_index_asks_the_same_few_questions_at_n_and_2n(client, query):
    path = f"{reverse('careers:guide_list')}?{query}"
    for number in range(4):  # enough for an ad after the third
        guide(f"Maker {number}")
    few = cost(client, path)
    for number in range(4, 8):
        guide(f"Maker {number}")
    assert few == cost(client, path) <= LIMIT


def test_the_page_of_a_field_too(client):
    path = reverse("careers:field", args=["crafts"])
    guide("Maker 1")
    few = cost(client, path)
    guide("Maker 2")
    assert few == cost(client, path) <= LIMIT


@pytest.mark.parametrize("number", [2, 4])
def test_a_comparison_costs_no_more_for_four_guides_than_for_two(client, number):
    slugs = [guide(f"Maker {n}").slug for n in range(number)]
    assert cost(client, reverse("careers:compare_guides", args=["-vs-".join(slugs)])) <= 5
