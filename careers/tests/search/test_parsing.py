"""An address becomes a search, whatever stands in it, and the same search becomes the same address."""

import pytest
from django.http import QueryDict

from careers.models import Field, GuideListing
from careers.search import GuideSearch, Sort
from careers.search.clean import MAX_PAGE, MAX_WORDS

HOSTILE = [
    "",
    "&&&===",
    "q=%00&page=%00&stress=%00",
    "q=%ff%fe%80&field=%ff",
    "q=%EF%BF%BE%E2%80%AE",
    "q=" + "a" * 10_000,
    "q=" + "%F0%9F%92%A9" * 3_000,
    "q=" + "%22" * 500,
    "q=" + "-" * 500,
    "q=" + "(a%2B)%2B%24" * 50,
    "q=" + "%5B" * 2_500,
    "q=%26%7C!():*%3C-%3E&exact=1",
    "q='':*%20%7C%20!!%20%3C2%3E",
    "q=%25_%5C%27;drop table careers_guide--",
    "q=%C2%B2%20%C2%BD%20%E2%91%A0",
    "q=-%22%22%20-%20%22-%22",
    "q=it%20the%20or%20and",
    "page=-1",
    "page=0",
    "page=%C2%B2",
    "page=NaN",
    "page=1e9",
    "page=" + "9" * 27,
    "page=" + "9" * 5_000,
    "sort=pk&sort=-user__password",
    "sort=match",
    "stress=extreme&demand=6&pay=0&remote=&education=x&time=-1",
    "field=" + "x" * 10_000,
    "field=../../etc&field=<script>&field=Gärtner",
    "&".join(f"field=f-{n}" for n in range(1_000)),
    "&".join(f"stress={n}" for n in range(1_000)),
    "q[]=1&q[$ne]=1&__proto__=1&user__password__startswith=p",
]


@pytest.mark.django_db
@pytest.mark.parametrize("query", HOSTILE)
def test_no_address_breaks_a_search(query):
    search = GuideSearch.from_query(QueryDict(query))
    assert len(search.q) <= MAX_WORDS
    assert "\x00" not in search.q
    assert 1 <= search.page <= MAX_PAGE
    assert len(search.field) <= 20
    list(search.apply(GuideListing.objects.all()))
    assert search.words()


@pytest.mark.parametrize("query", HOSTILE)
def test_the_address_of_a_search_leads_back_to_it(query):
    search = GuideSearch.from_query(QueryDict(query))
    again = GuideSearch.from_query(QueryDict(search.to_query()))
    assert again == search
    assert again.to_query() == search.to_query()


@pytest.mark.parametrize(
    ("query", "canonical"),
    [
        ("sort=title&page=1&q=", ""),
        ("q=nurse&sort=match", "q=nurse"),
        ("q=nurse&sort=title", "q=nurse&sort=title"),
        ("stress=high&demand=low&stress=low&stress=low", "demand=low&stress=low&stress=high"),
        ("field=b&field=a&utm_source=x", "field=a&field=b"),
        ("page=2&sort=pay&remote=hybrid&pay=unknown&pay=80k-plus", "pay=80k-plus&pay=unknown&remote=hybrid&sort=pay&page=2"),
        ("q=++two+++words%0A", "q=two+words"),
        ("exact=1", ""),
    ],
)
def test_there_is_one_address_for_each_search(query, canonical):
    assert GuideSearch.from_query(QueryDict(query)).to_query() == canonical


def test_halves_of_characters_from_elsewhere_do_no_harm():
    query = QueryDict(mutable=True)
    query["q"] = "nur\ud800se"
    assert GuideSearch.from_query(query).to_query() == "q=nur+se"


def test_the_heading_says_what_is_searched():
    fields = [Field(pk=1, slug="healthcare", name="Healthcare"), Field(pk=2, slug="education", name="Education")]

    def heading(query: str) -> str:
        return GuideSearch.from_query(QueryDict(query)).words(fields)

    assert heading("") == "Career guides"
    assert heading("field=healthcare&stress=low") == "Healthcare guides with low stress"
    assert heading("field=healthcare&field=education") == "Healthcare or education guides"
    assert (
        heading("q=nurse&stress=low&stress=very-low&remote=hybrid")
        == "Career guides for “nurse” with very low or low stress and hybrid work"
    )
    assert heading("pay=80k-plus&time=1-year") == "Career guides with median pay of $80,000 or more and 6 to 12 months to start"
    assert heading("pay=unknown&demand=high&education=none&stress=low&remote=hybrid").endswith("high demand and 3 more filters")


def test_a_chip_names_its_filter_and_leads_to_the_search_without_it():
    search = GuideSearch.from_query(QueryDict("q=nurse&stress=low&stress=high&page=3"))
    assert [(chip.label, chip.rest.to_query()) for chip in search.chips()] == [
        ("Low stress", "q=nurse&stress=high"),
        ("High stress", "q=nurse&stress=low"),
    ]


def test_words_can_be_left_out_and_the_order_by_match_goes_with_them():
    search = GuideSearch.from_query(QueryDict("q=nurse&stress=low&exact=1"))
    assert search.order is Sort.MATCH
    assert search.without("q").to_query() == "stress=low"
    assert search.without("q").order is Sort.TITLE
