"""An address becomes a search, whatever stands in it, and the same search becomes the same address."""

import random
from urllib.parse import urlencode

import pytest
from django.http import QueryDict

from jobs.search import JobSearch, Sort
from jobs.search.facets import FIXED, NAMES, Named, employer_facet, field_facet, guide_facet
from jobs.search.query import MAX_PAGE

FACETS = (
    *FIXED,
    field_facet([Named(1, "crafts", "Crafts"), Named(2, "ships", "Ships")]),
    guide_facet([Named(1, "kite-maker", "Kite maker"), Named(2, "sail-maker", "Sail maker")]),
    employer_facet([Named(1, "kite-works", "Kite Works"), Named(2, "sail-works", "Sail & Works")]),
)

HOSTILE = [
    "",
    "&&&===",
    "q=%00&page=%00&level=%00&where=%00&no_employer=%00",
    "q=%ff%fe%80&field=%ff&where=%ff",
    "q=%EF%BF%BE%E2%80%AE&where=%E2%80%AE",
    "q=" + "a" * 10_000 + "&where=" + "b" * 10_000 + "&without=" + "c" * 10_000,
    "q=" + "%F0%9F%92%A9" * 3_000,
    "where=" + "%EF%B7%BA" * 3_000,  # one sign that folds into eighteen
    "q=" + "%22" * 500,
    "q=" + "-" * 500,
    "q=" + "(a%2B)%2B%24" * 50,
    "q=%26%7C!():*%3C-%3E&exact=1&without=%26%7C!():*",
    "q=-%22%22%20-%20%22-%22",
    "q=it%20the%20or%20and",
    "page=-1", "page=0", "page=%C2%B2", "page=NaN", "page=1e9", "page=" + "9" * 27, "page=" + "9" * 5_000,
    "sort=pk&sort=-user__password", "sort=best", "sort=best&q=", "sort=newest", "sort=newest&q=nurse", "sort=best&q=nurse",
    "exact=1", "exact=1&q=%20", "unstated=1", "unstated=1&pay=50k", "unstated=yes&pay=50k", "new=true", "new=1&new=0",
    "pay=50k&pay=100k&pay=30k", "age=30&age=1", "age=", "pay=",
    "level=lead&level=entry&level=entry&level=boss",
    "field=" + "x" * 10_000,
    "field=../../etc&field=<script>&field=Gärtner",
    "employer=Kite-Works&employer=kite%0aworks&employer=kite-works%0a",
    "&".join(f"employer=e-{n}" for n in range(1_000)),
    "&".join(f"no_employer=e-{n}" for n in range(1_000)),
    "q[]=1&q[$ne]=1&__proto__=1&user__password__startswith=p",
]  # fmt: skip


def parse(query):
    return JobSearch.from_query(QueryDict(query))


def is_stable(query):
    search = parse(query)
    again = parse(search.to_query())
    assert again == search, query
    assert again.to_query() == search.to_query()
    return search


@pytest.mark.parametrize("query", HOSTILE)
def test_the_address_of_a_search_leads_back_to_it(query):
    search = is_stable(query)
    assert max(map(len, (search.q, search.where, search.without))) <= 100
    assert "\x00" not in search.q + search.where + search.without
    assert 1 <= search.page <= MAX_PAGE
    assert all(len(search.values(name)) <= 20 for name in (*NAMES, "no_employer"))
    assert search.words(FACETS)


def test_so_does_any_other_address():
    """Names and values as they come in addresses, right and wrong, thrown together 3,000 times."""
    dice = random.Random(20)
    values = {facet.name: [option.value for option in facet.options] for facet in FACETS}
    texts = ["nurse", '"front desk" -night', "Łódź & co", "  a  b ", "%", "\u200b", "it", "1", "x" * 150, "a\nb", "'; --", "-", '"']
    names = [*NAMES, "no_employer", "q", "where", "without", "unstated", "new", "exact", "sort", "page", "other"]
    for _ in range(3_000):
        pairs = []
        for name in dice.choices(names, k=dice.randrange(8)):
            right = [*values.get(name, []), *{"sort": Sort.values, "page": ["2", "7", "50"]}.get(name, ["1"])]
            pairs.append((name, dice.choice(right if dice.random() < 0.7 else texts)))
        is_stable(urlencode(pairs))


@pytest.mark.parametrize(
    ("query", "canonical"),
    [
        ("sort=newest&page=1&q=&where=&pay=&age=&without=", ""),
        ("q=nurse&sort=best", "q=nurse"),
        ("q=nurse&sort=newest", "q=nurse&sort=newest"),
        ("sort=best&level=lead", "level=lead"),
        ("sort=pay", "sort=pay"),
        ("unstated=1", ""),
        ("exact=1", ""),
        ("level=lead&utm_source=x&level=boss&level=entry&level=lead", "level=entry&level=lead"),
        ("employer=b&employer=a&no_employer=d&no_employer=c", "employer=a&employer=b&no_employer=c&no_employer=d"),
        ("pay=30k&pay=100k", "pay=100k"),
        ("age=1&age=365", "age=1"),
        ("workplace=on_site&workplace=on-site", "workplace=on-site"),
        (
            "page=2&sort=pay&exact=1&new=1&unstated=1&no_employer=z&without=night&age=7&employer=a&guide=g&field=f&kind=intern&level=mid"
            "&pay=50k&workplace=remote&where=Ohio&q=kite",
            "q=kite&where=Ohio&workplace=remote&pay=50k&level=mid&kind=intern&field=f&guide=g&employer=a&age=7&without=night&no_employer=z"
            "&unstated=1&new=1&exact=1&sort=pay&page=2",
        ),
        ("q=++two+++words%0A", "q=two+words"),
        ("page=51", "page=50"),
        ("page=" + "9" * 27, "page=50"),
    ],
)
def test_there_is_one_address_for_each_search(query, canonical):
    assert parse(query).to_query() == canonical


def test_halves_of_characters_from_elsewhere_do_no_harm():
    query = QueryDict(mutable=True)
    query["q"], query["where"] = "nur\ud800se", "\udfff"
    assert JobSearch.from_query(query).to_query() == "q=nur+se"


def test_only_what_asks_nothing_is_bare():
    assert all(parse(query).is_bare for query in ("", "q=&page=1&sort=newest", "level=boss", "unstated=1", "utm_source=x"))
    asking = ("q=a", "where=a", "level=mid", "new=1", "without=a", "no_employer=a", "sort=pay", "page=2", "guide=g")
    assert not any(parse(query).is_bare for query in asking)
    assert parse("guide=g").is_of_guide
    assert not any(parse(query).is_of_guide for query in ("", "guide=g&guide=h", "guide=g&page=2", "guide=g&q=a", "guide=g&new=1"))


def test_best_is_the_order_of_words_and_newest_that_of_everything_else():
    orders = {"": Sort.NEWEST, "q=a": Sort.BEST, "q=a&sort=newest": Sort.NEWEST, "sort=pay": Sort.PAY, "sort=best": Sort.NEWEST}
    assert {query: parse(query).order for query in orders} == orders


EVERYTHING = (
    "q=kite&where=Ohio&workplace=hybrid&workplace=remote&pay=50k&unstated=1&level=mid&level=lead&kind=intern&field=crafts"
    "&guide=kite-maker&employer=kite-works&age=7&without=night&no_employer=sail-works&new=1&sort=pay&page=3"
)


def test_a_chip_names_its_filter_and_takes_off_that_alone():
    search = parse(EVERYTHING)
    chips = search.chips(FACETS, {"sail-works": "Sail & Works"})
    assert [chip.label for chip in chips] == [
        "Hybrid", "Remote", "$50,000 or more", "Mid level", "Lead or manager", "Internship", "Last 7 days", "Crafts", "Kite maker",
        "Kite Works", "Includes hidden pay", "New since your last visit", "Without “night”", "Not Sail & Works",
    ]  # fmt: skip
    assert len(chips) == search.count_of_filters
    first = QueryDict(search.on_page(1).to_query())
    for chip in chips:
        left = QueryDict(chip.rest.to_query())
        gone = [(name, value) for name, values in first.lists() for value in values if value not in left.getlist(name)]
        # hidden pay can be asked for beside a limit only
        assert gone == [(chip.name, chip.value), *([("unstated", "1")] if chip.name == "pay" else [])]
        assert all(value in first.getlist(name) for name, values in left.lists() for value in values)
        assert parse(chip.rest.to_query()) == chip.rest


def test_whatever_is_left_out_the_rest_has_one_address():
    for query in (EVERYTHING, "q=kite&sort=newest", "q=kite&exact=1", "q=kite&sort=newest&exact=1&level=mid"):
        search = parse(query)
        for name in (*NAMES, "q", "where", "without", "no_employer", "new", "unstated", "exact"):
            rest = search.without_filter(name)
            assert parse(rest.to_query()) == rest, (query, name)
            assert rest.page == 1
        for other in (search.cleared(), search.for_feed(), search.without_employer("zz"), search.on_page(2)):
            assert parse(other.to_query()) == other, query


def test_filters_are_cleared_and_what_was_typed_stays():
    assert parse(EVERYTHING).cleared().to_query() == "q=kite&where=Ohio&sort=pay"


def test_an_employer_is_wanted_or_not():
    search = parse("employer=kite-works&employer=other&page=2").without_employer("kite-works")
    assert search.to_query() == "employer=other&no_employer=kite-works"
    assert search.without_employer("kite-works") == search


def test_a_feed_has_the_newest_first_and_nothing_of_its_reader():
    assert parse(f"{EVERYTHING}").for_feed().to_query().endswith("no_employer=sail-works&unstated=1&sort=newest")
    assert parse("level=mid&sort=pay&page=4&new=1").for_feed().to_query() == "level=mid"


def test_what_no_option_stands_for_is_dropped_once_options_are_known():
    search = parse("field=crafts&field=atlantis&guide=nobody&employer=kite-works&employer=nobody&no_employer=a&no_employer=b&level=mid")
    assert search.among(FACETS, ["b"]).to_query() == "level=mid&field=crafts&employer=kite-works&no_employer=b"


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("", "Jobs"),
        ("q=kite", "Jobs for “kite”"),
        ("where=Ohio", "Jobs in Ohio"),
        ("where=Remote", "Jobs, remote"),
        ("q=kite&where=Ohio&level=mid&level=lead", "Jobs for “kite” in Ohio: mid level or lead or manager"),
        ("guide=kite-maker&pay=50k", "Kite maker jobs: $50,000 a year or more"),
        ("guide=kite-maker&field=ships&employer=kite-works", "Kite maker or Ships jobs: Kite Works"),
        ("age=7&new=1&without=night", "Jobs: posted in the last 7 days, new since your last visit, without “night”"),
        ("workplace=remote&pay=50k&level=mid&kind=intern", "Jobs: remote, $50,000 a year or more, 2 more filters"),
        ("employer=%7B0%7D&q=%7B0%7D%25s", "Jobs for “{0}%s”"),
    ],
)
def test_the_heading_says_what_is_searched(query, words):
    assert parse(query).words(FACETS) == words
