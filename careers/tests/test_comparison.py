"""Two to four guides side by side."""

import re

import pytest
from django.urls import reverse

from careers.comparison import Comparison
from careers.differences import sentences
from careers.listings import guides_to_compare
from careers.models import GuideListing
from careers.tests.factories import PLAIN, published_guide

pytestmark = pytest.mark.django_db

START = reverse("careers:compare")


def url(*slugs):
    return reverse("careers:compare_guides", args=["-vs-".join(slugs)])


def kite(slug, title=None, **changes):
    return published_guide(slug=slug, title=title or slug.capitalize(), **changes)


def pay(**changes):
    return {"pay": [PLAIN["pay"][0] | changes]}


def editors(low, median, high, currency="USD"):
    band = {"method": "editor", "place": "Here", "country": "US", "currency": currency, "unit": "year"}
    return {"pay": [band | {"range_min": low, "median": median, "range_max": high}]}


def compared(*slugs):
    return Comparison.of(guides_to_compare(slugs))


def text(client, address):
    html = client.get(address).content.decode()
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


# --- addresses -----------------------------------------------------------------------------------
def test_a_comparison_has_one_address(client):
    for slug in ("alpha", "beta", "gamma"):
        kite(slug)
    assert client.get(url("alpha", "beta", "gamma")).status_code == 200
    moved = client.get(url("beta", "gamma", "alpha"))
    assert (moved.status_code, moved["Location"]) == (301, url("alpha", "beta", "gamma"))


@pytest.mark.parametrize("slugs", [["alpha"], ["alpha", "alpha"], ["alpha", "nobody"], ["nobody", "alpha"], list("abcde"), ["", "alpha"]])
def test_other_addresses_do_not_exist(client, slugs):
    for slug in ("alpha", *"abcde"):
        kite(slug)
    assert client.get(url(*slugs)).status_code == 404


def test_a_draft_cannot_be_compared(client):
    kite("alpha")
    kite("beta")
    GuideListing.objects.get(slug="beta").delete()
    assert client.get(url("alpha", "beta")).status_code == 404


# --- the form ------------------------------------------------------------------------------------
def test_a_guide_in_the_link_is_chosen_already(client):
    kite("alpha")
    html = client.get(START, {"a": "alpha"}).content.decode()
    assert '<option value="alpha" selected>' in html
    assert "There is a problem" not in html


def test_two_guides_lead_to_their_comparison_in_any_order_and_by_title_too(client):
    kite("alpha")
    kite("beta", "Beta tester")
    for query in ({"a": "beta", "b": "alpha"}, {"a": "alpha", "b": "", "d": "beta"}, {"a": "BETA tester", "b": "alpha"}):
        assert client.get(START, query)["Location"] == url("alpha", "beta")


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ({"a": "alpha", "b": "alpha"}, "Choose a different guide: this one is chosen above"),
        ({"a": "alpha", "b": "beta", "c": "beta"}, "Choose a different guide: this one is chosen above"),
        ({"a": "alpha", "b": "unicorn"}, "There is no guide called “unicorn”"),
        ({"a": "alpha", "b": ""}, "Choose the second guide"),
        ({"a": "", "b": "beta"}, "Choose the first guide"),
        ({"a": "x" * 5_000, "b": "\x01²"}, "Choose a guide from the list"),
    ],
)
def test_what_is_wrong_is_said_beside_the_field_and_values_stay(client, query, message):
    kite("alpha")
    kite("beta")
    response = client.get(START, query)
    html = response.content.decode()
    assert response.status_code == 200
    assert f'<span class="vh">Error: </span>{message}' in html
    assert "<title>Error: " in html
    if "alpha" in query.values():
        assert '<option value="alpha" selected>' in html


def test_very_many_guides_are_typed_instead_of_chosen(client, monkeypatch):
    monkeypatch.setattr("careers.comparison_form.MOST_CHOICES", 1)
    kite("alpha")
    kite("beta")
    assert '<input class="input" id="compare-a" name="a" value="alpha"' in client.get(START, {"a": "alpha"}).content.decode()


def test_guides_can_be_added_swapped_and_removed(client):
    for slug in ("alpha", "beta", "gamma"):
        kite(slug)
    first = compared("alpha", "beta", "gamma")
    assert first.columns[0].remove_url == url("beta", "gamma")
    form = client.get(first.columns[0].swap_url).content.decode()
    assert '<option value="beta" selected>' in form
    assert '<option value="gamma" selected>' in form
    assert '<option value="alpha" selected>' not in form
    assert compared("alpha", "beta").columns[0].remove_url == ""
    kite("delta")
    assert compared("alpha", "beta", "gamma", "delta").add_url == ""


# --- the table -----------------------------------------------------------------------------------
def test_the_table_says_how_much_more_it_pays_and_where_the_figure_is_from(client):
    kite("alpha")
    kite("beta", **pay(median=51_300))
    page = text(client, url("alpha", "beta"))
    assert "$51,300 $6,300 more" in page
    assert "Measured; 8 in 10 earn this range. Wind Office, May 2024, United States." in page
    assert "Beta pays more: $51,300 a year at the median, $6,300 more than alpha." in page


def test_less_and_the_same_are_said_too_and_of_many_against_whom():
    kite("alpha")
    kite("beta", **pay(median=44_000))
    kite("gamma")
    assert [words for _, words, _ in compared("alpha", "beta").pay] == ["", "$1,000 less"]
    assert [words for _, words, _ in compared("alpha", "beta", "gamma").pay] == ["", "$1,000 less than alpha", "the same as alpha"]


def test_ranges_stand_on_one_scale():
    kite("alpha")
    kite("beta", **pay(p10=40_000, p25=41_000, p90=90_000))
    table = compared("alpha", "beta")
    assert (table.scale.low, table.scale.high) == (30_000, 90_000)
    bars = [(bar.x, bar.width, bar.median) for _, bar in table.ranges]
    assert bars == [("0.0%", "66.7%", "25.0%"), ("16.7%", "83.3%", "25.0%")]


def test_two_currencies_are_not_compared():
    kite("alpha")
    kite("beta", **editors(30_000, 40_000, 50_000, "EUR"))
    table = compared("alpha", "beta")
    assert table.scale is None
    assert [words for _, words, _ in table.pay] == ["", ""]
    assert not any("pays" in sentence for sentence in sentences(table))


def test_an_editors_figure_beside_a_measured_one_is_a_rough_comparison():
    kite("alpha")
    kite("beta", **editors(50_000, 60_000, 70_000))
    assert "take the gap as a rough one" in sentences(compared("alpha", "beta"))[0]


def test_what_is_the_same_or_unknown_makes_no_sentence():
    kite("alpha")
    kite("beta")
    assert sentences(compared("alpha", "beta")) == ["Both guides list 6 skills by the same name."]


def test_what_differs_is_said():
    kite("alpha")
    kite("beta", time_to_start={"min_months": 1, "max_months": 2}, stress_balance=PLAIN["stress_balance"] | {"stress": "high"})
    found = sentences(compared("alpha", "beta"))
    assert "Beta has the quicker start: 1–2 months." in found
    assert "Alpha is rated the calmer job, with low stress." in found


def test_growth_over_different_years_is_not_set_side_by_side():
    outlook = PLAIN["outlook"][0]
    kite("alpha")
    kite("beta", outlook=[outlook | {"percent": 9.0}])
    kite("gamma", outlook=[outlook | {"percent": 9.0, "period_from": 2020, "period_to": 2030}])
    assert "Beta jobs grow faster: +9%, against +5.2% for alpha." in sentences(compared("alpha", "beta"))
    assert not any("grow" in sentence for sentence in sentences(compared("alpha", "gamma")))


def test_skills_are_shared_or_only_in_one():
    kite("alpha", soft_skills={"items": ["Patience", "Humor"]})
    kite("beta", soft_skills={"items": ["Patience", *(f"Skill {n}" for n in range(10))]})
    table = compared("alpha", "beta")
    assert table.shared_skills == ["Measuring", "Patience", "Reading the wind", "Sewing", "Spar bending"]
    assert table.own_skills == [(["Humor"], 0), ([f"Skill {n}" for n in range(8)], 2)]


def test_unknown_figures_are_said_to_be_unknown(client):
    kite("alpha")
    kite("beta")
    GuideListing.objects.filter(slug="beta").update(
        pay_median=None, pay_low=None, demand=None, min_months=None, stress=None, balance=None, remote=None, education=None
    )
    assert text(client, url("alpha", "beta")).count("Not known yet") == 8


def test_the_hours_of_a_day_are_counted(client):
    kite("alpha")
    kite("beta")
    assert "5.5 hours, between 9 am and 3:30 pm" in text(client, url("alpha", "beta"))
