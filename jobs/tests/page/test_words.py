"""Amounts, dates, places and reach in words."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from jobs.choices import Level, State, Workplace
from jobs.geography import REGIONS
from jobs.geography.words import country_name, one_of, region_name
from jobs.models import Job
from jobs.page import words
from jobs.page.reach import reach

NOW = datetime(2026, 5, 20, 12, tzinfo=UTC)


def job(**values):
    return Job(**{"title": "Kite maker", "state": State.OPEN, "posted_at": NOW} | values)


def paid(least, most, currency="USD", period="YEAR", **year):
    bounds = {"pay_minimum": least and Decimal(least), "pay_maximum": most and Decimal(most)}
    return job(**bounds, pay_currency=currency, pay_period=period, **year)


@pytest.mark.parametrize(
    ("least", "most", "currency", "period", "long", "short"),
    [
        ("41000", "46500", "USD", "YEAR", "$41,000 to $46,500 a year", "$41,000–46,500 a year"),
        ("18.50", "22.00", "USD", "HOUR", "$18.50 to $22 an hour", "$18.50–22 an hour"),
        ("0.05", None, "USD", "HOUR", "From $0.05 an hour", "From $0.05 an hour"),
        (None, "900", "EUR", "WEEK", "Up to €900 a week", "Up to €900 a week"),
        ("3000", "3000", "CHF", "MONTH", "CHF 3,000 a month", "CHF 3,000 a month"),
        ("3000", "4000", "CHF", "MONTH", "CHF 3,000 to CHF 4,000 a month", "CHF 3,000–4,000 a month"),
    ],
)
def test_pay_is_said_as_it_was_stated(least, most, currency, period, long, short):
    one = paid(least, most, currency, period)
    assert (words.pay(one), words.short_pay(one)) == (long, short)


def test_pay_that_is_not_stated_is_never_a_number():
    assert words.pay(job()) == words.short_pay(job()) == "Pay not stated"
    assert words.yearly(job()) == ""


def test_pay_by_the_hour_has_its_yearly_form_beside_it():
    assert words.yearly(paid("18.50", "22", period="HOUR", year_minimum=38_480, year_maximum=45_760)) == "about $38,480 to $45,760 a year"
    assert words.yearly(paid("20", "20", period="HOUR", year_minimum=41_600, year_maximum=41_600)) == "about $41,600 a year"
    assert words.yearly(paid("20", None, period="HOUR", year_minimum=41_600)) == "about from $41,600 a year"
    assert words.yearly(paid("41000", "46500", year_minimum=41_000, year_maximum=46_500)) == ""


@pytest.mark.parametrize(
    ("days", "said"),
    [(-1, "today"), (0, "today"), (1, "yesterday"), (2, "2 days ago"), (7, "1 week ago"), (14, "2 weeks ago"), (59, "8 weeks ago")],
)
def test_days_since_a_job_was_posted(days, said):
    assert words.posted(job(posted_at=NOW - timedelta(days=days)), NOW).words == f"Posted {said}"


def test_what_is_long_ago_has_a_date():
    assert words.posted(job(posted_at=NOW - timedelta(days=60)), NOW).words == "Posted on March 21, 2026"


@pytest.mark.parametrize(("days", "said"), [(0, "today"), (1, "tomorrow"), (3, "in 3 days"), (60, "in 60 days"), (61, "on July 20, 2026")])
def test_days_until_a_job_closes(days, said):
    assert words.closes(job(valid_through=NOW + timedelta(days=days)), NOW).words == f"Closes {said}"
    assert words.closes(job(), NOW) is None


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"anywhere": True, "workplace": Workplace.REMOTE}, "Remote, from anywhere"),
        ({"anywhere": True}, "People from anywhere"),
        ({"countries": ["DE"], "regions": ["EU"], "workplace": Workplace.REMOTE}, "Remote, for people in Germany or the EU"),
        ({"countries": ["US"]}, "People in the United States"),
        ({"countries": ["US", "CA", "GB"]}, "People in Canada, the United Kingdom or the United States"),
    ],
)
def test_who_may_apply(values, said):
    assert reach(job(**values)).words == said


def test_many_countries_are_folded_and_all_still_named():
    found = reach(job(countries=["DE", "AT", "CH", "FR", "IT"], workplace=Workplace.REMOTE))
    assert found.words == "Remote, for people in Austria, France, Germany and 2 more places"
    assert found.all_places == ["Austria", "France", "Germany", "Italy", "Switzerland"]


def test_an_ad_that_does_not_say_who_may_apply_says_nothing():
    assert reach(job(workplace=Workplace.REMOTE, level=Level.ENTRY)) is None


def test_every_region_has_words():
    assert not [key for key in REGIONS if region_name(key) == key]


def test_a_code_that_is_no_country_stays_as_it_is():
    assert country_name("XX") == "XX"
    assert one_of([]) == ""


@pytest.mark.parametrize(
    ("place", "workplace", "said"),
    [("Bremen", "hybrid", "Bremen (hybrid)"), ("", "remote", "Remote"), ("Bremen", "", "Bremen"), ("", "", "")],
)
def test_the_place_is_said_as_far_as_it_is_known(place, workplace, said):
    assert words.place(job(place=place, workplace=workplace)) == said
