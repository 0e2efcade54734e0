import pytest
from django.urls import reverse

from careers.tests import factories

pytestmark = pytest.mark.django_db


def test_without_guides_the_home_page_offers_only_what_exists(client):
    html = client.get(reverse("home")).content.decode()
    assert "What would you like to do?" in html
    for heading in ("Guides to start with", "Browse by field", "Torn between two?"):
        assert heading not in html


def test_it_shows_the_guide_its_field_and_its_figures(client):
    factories.published_guide()
    html = client.get(reverse("home")).content.decode()
    assert reverse("careers:guide", args=["kite-maker"]) in html
    assert "$45,000" in html
    assert "Demand high" in html
    assert "3–12 months" in html
    assert "1 guide<" in html


def test_comparing_needs_two_guides(client):
    factories.published_guide()
    assert "Torn between two?" not in client.get(reverse("home")).content.decode()


def test_two_careers_are_picked_from_all_guides(client):
    factories.published_guide()
    factories.published_guide(slug="sail-maker", title="Sail maker")
    html = client.get(reverse("home")).content.decode()
    assert f'action="{reverse("careers:compare")}"' in html
    assert html.count('<option value="kite-maker"') == 2
    assert '<option value="sail-maker" selected>' in html


def test_it_costs_the_same_queries_with_more_guides(client, django_assert_max_num_queries):
    for number in range(6):
        factories.published_guide(slug=f"kite-{number}", title=f"Kite {number}")
    with django_assert_max_num_queries(6):
        client.get(reverse("home"))
