"""Filters and orders: what each option keeps, and the numbers beside them."""

import pytest

from careers.models import GuideListing
from careers.search.facets import FIXED
from careers.tests.factories import make_field
from careers.tests.search.guides import facts, guide, search, titles

pytestmark = pytest.mark.django_db

DOLLARS = {"currency": "USD"}


@pytest.mark.parametrize(
    ("option", "inside", "outside"),
    [
        ("pay=under-40k", {**DOLLARS, "pay_median": 39_999}, {**DOLLARS, "pay_median": 40_000}),
        ("pay=40-60k", {**DOLLARS, "pay_median": 40_000}, {**DOLLARS, "pay_median": 60_000}),
        ("pay=60-80k", {**DOLLARS, "pay_median": 79_999}, {**DOLLARS, "pay_median": 80_000}),
        ("pay=80k-plus", {**DOLLARS, "pay_median": 80_000}, {**DOLLARS, "pay_median": 79_999}),
        ("pay=80k-plus", {**DOLLARS, "pay_median": 80_000}, {"currency": "JPY", "pay_median": 4_000_000}),
        ("pay=unknown", {"currency": "", "pay_median": None}, {**DOLLARS, "pay_median": 1}),
        ("pay=unknown", {"currency": "EUR", "pay_median": 50_000}, {**DOLLARS, "pay_median": 1}),
        ("time=6-months", {"min_months": 6}, {"min_months": 7}),
        ("time=1-year", {"min_months": 7}, {"min_months": 6}),
        ("time=1-year", {"min_months": 12}, {"min_months": 13}),
        ("time=2-years", {"min_months": 24}, {"min_months": 25}),
        ("time=longer", {"min_months": 25}, {"min_months": None}),
        ("education=none", {"education": 1}, {"education": 2}),
        ("education=high-school", {"education": 2}, {"education": None}),
        ("education=certificate", {"education": 4}, {"education": 5}),
        ("education=associate", {"education": 5}, {"education": 6}),
        ("education=bachelor", {"education": 6}, {"education": 7}),
        ("education=graduate", {"education": 8}, {"education": 6}),
        ("demand=very-high", {"demand": 5}, {"demand": 4}),
        ("demand=very-low", {"demand": 1}, {"demand": None}),
        ("stress=low", {"stress": 2}, {"stress": 3}),
        ("remote=on-site", {"remote": 1}, {"remote": 2}),
        ("remote=remote-first", {"remote": 5}, {"remote": None}),
    ],
)
def test_an_option_keeps_what_it_names(option, inside, outside):
    facts("Inside", **inside)
    facts("Outside", **outside)
    assert titles(option) == ["Inside"]


def test_every_option_of_a_facet_can_be_counted():
    facts("Nothing known", demand=None, stress=None, remote=None, education=None, min_months=None, pay_median=None)
    found = search("")
    assert set(found.tally.options) >= {(facet.name, option.value) for facet in FIXED for option in facet.options}
    assert {key for key, count in found.tally.options.items() if count} == {("field", "crafts"), ("pay", "unknown")}


def test_options_widen_and_facets_narrow():
    facts("Calm here", stress=1, remote=1)
    facts("Calmer away", stress=2, remote=5)
    facts("Hectic away", stress=5, remote=5)
    assert titles("stress=very-low&stress=low") == ["Calm here", "Calmer away"]
    assert titles("stress=very-low&stress=low&remote=remote-first") == ["Calmer away"]


def test_a_count_leaves_its_own_facet_out_and_all_others_in():
    facts("Calm here", stress=1, remote=1)
    facts("Calm away", stress=1, remote=5)
    facts("Hectic away", stress=5, remote=5)
    counts = search("stress=very-low&remote=remote-first").tally.options
    assert (counts["stress", "very-low"], counts["stress", "very-high"]) == (1, 1)
    assert (counts["remote", "remote-first"], counts["remote", "on-site"]) == (1, 1)
    assert counts["demand", "high"] == 1


def test_fields_are_counted_and_unknown_ones_are_ignored():
    make_field("water", position=2)
    guide("Kite maker")
    guide("Diver", field="water")
    found = search("field=water&field=atlantis")
    assert found.asked.field == ("water",)
    assert [listing.title for listing in found.guides] == ["Diver"]
    assert (found.tally.options["field", "water"], found.tally.options["field", "crafts"]) == (1, 1)


@pytest.mark.parametrize(
    ("sort", "column", "best", "worse"),
    [("pay", "pay_median", 50_000, 40_000), ("growth", "growth_percent", 4.5, -3.0), ("quick", "min_months", 1, 6)],
)
def test_an_order_puts_the_best_first_and_the_unknown_last(sort, column, best, worse):
    facts("B worse", **{column: worse})
    facts("A unknown", **{column: None})
    facts("C best", **{column: best})
    assert titles(f"sort={sort}") == ["C best", "B worse", "A unknown"]


def test_amounts_of_two_currencies_are_not_put_in_one_order():
    facts("Yen", currency="JPY", pay_median=5_000_000)
    facts("Dollars", currency="USD", pay_median=50_000)
    assert titles("sort=pay") == ["Dollars", "Yen"]


def test_the_newest_come_first_when_asked():
    old, new = guide("Old"), guide("New")
    GuideListing.objects.filter(pk=old.pk).update(first_published_at="2020-01-01T00:00Z")
    assert titles("sort=newest") == [new.title, old.title]


def test_titles_are_in_alphabetical_order_whatever_their_accents():
    for title in ("Zoologist", "Éclair baker", "Archivist"):
        guide(title, slug=title.split()[0].lower().replace("é", "e"))
    assert titles("") == ["Archivist", "Éclair baker", "Zoologist"]
