"""Pay, dates, places, words and geography, as tables of what feeds say and what we make of it."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pycountry
import pytest
from django.utils import timezone

from jobs.choices import Kind, Level, PayPeriod, Workplace
from jobs.geography import REGIONS, country_of, read_reach, region_of, regions_of
from jobs.listing import Pay, Reach
from jobs.reading.addresses import web_address
from jobs.reading.dates import read_posted, read_until
from jobs.reading.pay import amount, currency_of, pay_between, period_in, period_of, read_pay_text
from jobs.reading.places import country_of_place, reach_in, read_workplace, workplace_in
from jobs.reading.text import one_line, shortened, visible
from jobs.reading.words import kind_in_title, level_in_title, read_kind, read_level

ANYWHERE = Reach(anywhere=True)
NOTHING = Reach()
HOUR, MONTH, YEAR = PayPeriod.HOUR, PayPeriod.MONTH, PayPeriod.YEAR


def reach(places):
    """ "US CA +EU": countries, and regions with a plus."""
    countries = frozenset(place for place in places.split() if place[0] != "+")
    return Reach(countries=countries, regions=frozenset(place[1:] for place in places.split() if place[0] == "+"))


# --- pay
@pytest.mark.parametrize(
    ("stated", "value"),
    [
        ("72,800", "72800"), ("72.800", "72800"), ("1.234,56", "1234.56"), ("1,234.56", "1234.56"), ("1 234", "1234"), ("1'234", "1234"),
        ("1\u00a0234", "1234"), ("31,2", "31.2"), ("31.25", "31.25"), ("1,000,000", "1000000"), (60000, "60000"), (25.5, "25.5"),
        (25.004, "25.00"), (" 7 ", "7"),
        (0, None), ("0", None), (-1, None), ("-1", None), (True, None), (None, None), ([], None), ({}, None), ("", None), ("many", None),
        (float("nan"), None), (float("inf"), None), (Decimal("NaN"), None), (10**400, None), (10**5000, None), (1e300, None), ("1e5", None),
        ("٣٠", None), ("1" * 100, None), ("1,23,456", None), ("0x10", None),
    ],
    ids=lambda value: str(value)[:20] if not isinstance(value, int) else "whole",
)  # fmt: skip
def test_amounts(stated, value):
    assert amount(stated) == (None if value is None else Decimal(value))


@pytest.mark.parametrize(
    ("text", "low", "high", "currency", "period"),
    [
        ("$75k - $95k", 75_000, 95_000, "USD", YEAR), ("$31,2k- $52k", 31_200, 52_000, "USD", YEAR),
        ("$75,000-$95,000", 75_000, 95_000, "USD", YEAR),
        ("€20–25 per hour", 20, 25, "EUR", HOUR), ("£60k", 60_000, 60_000, "GBP", YEAR),
        ("60.000 € - 70.000 €", 60_000, 70_000, "EUR", YEAR),
        ("CAD 60,000 to 80,000", 60_000, 80_000, "CAD", YEAR), ("US$ 4000 monthly", 4_000, 4_000, "USD", MONTH),
        ("$60k+", 60_000, None, "USD", YEAR),
        ("from $60k", 60_000, None, "USD", YEAR), ("up to 90k USD a year", None, 90_000, "USD", YEAR),
        ("$40 - $60k", 40_000, 60_000, "USD", YEAR),
    ],
)  # fmt: skip
def test_pay_in_words(text, low, high, currency, period):
    stated = read_pay_text(text, currency="USD", period=YEAR)
    assert stated == Pay(currency, period, low and Decimal(low), high and Decimal(high))


@pytest.mark.parametrize(
    "text",
    [
        "", "  ", None, 7, [], "competitive", "$0", "OTE $25k - $35k", "$60k on-target", "$60k plus commission", "you earn $60k",
        "$95k - $75k",
        "$10 - $20 - $30", "10% of $60k", "$60k or €50k", "$20", "x" * 500, "$60k a year, $30 per hour", "total comp $200k",
        "call 555-1234 99",
    ],
    ids=str,
)  # fmt: skip
def test_pay_that_is_not_clear_is_unknown(text):
    assert read_pay_text(text, currency="USD", period=YEAR) is None


def test_without_what_the_source_documents_a_text_needs_currency_and_period():
    assert read_pay_text("$75k - $95k") is None
    assert read_pay_text("75k USD") is None
    assert read_pay_text("USD 75k per year") == Pay("USD", YEAR, Decimal(75_000), Decimal(75_000))


@pytest.mark.parametrize(
    "fields",
    [
        (1, 2, "", YEAR), (60_000, 70_000, "XYZ", YEAR), (60_000, 70_000, "USD", None), (None, None, "USD", YEAR), (0, 0, "USD", YEAR),
        (70_000, 60_000, "USD", YEAR), (1_000_000, None, "USD", HOUR), (60_000, 70_000, None, YEAR), (60_000, 70_000, ["USD"], YEAR),
    ],
)  # fmt: skip
def test_pay_in_fields_that_is_not_whole_is_unknown(fields):
    assert pay_between(*fields) is None


def test_pay_in_fields_may_be_open():
    assert pay_between(None, "70000", "usd", YEAR) == Pay("USD", YEAR, None, Decimal(70_000))
    assert pay_between(60_000, 0, "EUR", YEAR) == Pay("EUR", YEAR, Decimal(60_000), None)


@pytest.mark.parametrize(
    ("word", "period"),
    [
        ("YEAR", YEAR), ("YEARLY", YEAR), ("annual", YEAR), ("per-year-salary", YEAR), ("1 YEAR", YEAR), ("per-hour-wage", HOUR),
        ("Monat", MONTH),
        ("week", PayPeriod.WEEK), ("daily", PayPeriod.DAY), ("NONE", None), ("", None), (None, None), (1, None), ("fortnight", None),
    ],
)  # fmt: skip
def test_periods(word, period):
    assert period_of(word) == period


def test_periods_within_a_text():
    assert period_in("Annual Salary") == YEAR
    assert period_in("$14/hour") == HOUR
    assert period_in("per hour or per year") is None
    assert period_in("Pay range") is None


@pytest.mark.parametrize(("word", "code"), [("usd", "USD"), (" EUR ", "EUR"), ("dollar", ""), ("", ""), (None, ""), ("US", ""), (840, "")])
def test_currencies(word, code):
    assert currency_of(word) == code


# --- dates
MOMENT = datetime(2026, 7, 7, 20, 47, 9, tzinfo=UTC)


@pytest.mark.parametrize(
    "value",
    [
        "2026-07-07T20:47:09Z", "2026-07-07 20:47:09", "2026-07-07T16:47:09-04:00", "2026-07-07T22:47:09+0200",
        "Tue, 07 Jul 2026 20:47:09 GMT",
        "Tue, 07 Jul 2026 16:47:09 -0400", 1783457229, 1783457229.0, 1783457229000, "1783457229", "1783457229000", Decimal(1783457229),
        "  2026-07-07T20:47:09+00:00 ",
    ],
)  # fmt: skip
def test_one_moment_in_many_forms(value):
    assert read_posted(value) == MOMENT


@pytest.mark.parametrize(
    "value",
    [
        None, True, False, "", "yesterday", "Posted 8 Days Ago", "2026-13-01", "2026-02-30", "0000-00-00", "1999-12-31",
        "9999-12-31T23:59:59-14:00",
        "0001-01-01T00:00:00+14:00", 0, -1, 5, 10**15, 10**400, 1e308, float("nan"), float("inf"), [], {}, "1" * 50, "Tue, 99 Foo 2026",
        "²" * 10,
        "2099-01-01",
    ],
    ids=lambda value: str(value)[:20] if not isinstance(value, int) else "whole",
)  # fmt: skip
def test_what_is_no_believable_moment_is_unknown(value):
    assert read_posted(value) is None
    assert read_until(value) is None


def test_a_date_alone_is_its_start_for_posting_and_its_end_for_applying():
    assert read_posted("2026-07-07") == datetime(2026, 7, 7, tzinfo=UTC)
    assert read_until("2026-07-07") == datetime(2026, 7, 7, 23, 59, 59, tzinfo=UTC)


def test_nothing_is_posted_in_the_future_but_may_end_there():
    ahead = (timezone.now() + timedelta(days=30)).isoformat()
    assert read_posted(ahead) is None
    assert read_until(ahead) is not None


# --- places
@pytest.mark.parametrize(
    ("place", "country"),
    [
        ("Lyon, France", "FR"), ("Berlin", "DE"), ("Austin, TX", "US"), ("Toronto, ON", "CA"), ("London, UK", "GB"),
        ("London, England", "GB"),
        ("New York, New York, United States", "US"), ("Tbilisi, Georgia", ""), ("Atlanta, Georgia", "US"), ("Remote - US", "US"),
        ("Remote (Canada)", "CA"), ("Berlin, DE", "DE"), ("Bengaluru, IN", "IN"), ("Wilmington, DE", ""), ("CA", ""),
        ("Sydney, NSW, Australia", "AU"),
        ("Paris; Lyon", "FR"), ("Paris; London", ""), ("Paris; Nowhere", ""), ("Hybrid - Vancouver", "CA"), ("Remote", ""), ("", ""),
        ("Springfield", ""),
        ("Helsinki, Uusimaa, Finland", "FI"), ("São Paulo", "BR"), ("München", "DE"), ("France, Germany", ""), ("🇩🇪 Germany", "DE"),
    ],
)  # fmt: skip
def test_country_of_a_place(place, country):
    assert country_of_place(place) == country


@pytest.mark.parametrize(
    ("place", "workplace"),
    [
        ("Remote", Workplace.REMOTE), ("Remote - US", Workplace.REMOTE), ("London; Remote, UK", Workplace.REMOTE),
        ("Hybrid - Vancouver", Workplace.HYBRID),
        ("Hybrid Remote", Workplace.HYBRID), ("Lyon (on-site)", Workplace.ON_SITE), ("Lyon", None), ("", None), ("Remote-friendly", None),
        ("Home Office", Workplace.REMOTE), ("Remoteville", None),
    ],
)  # fmt: skip
def test_workplace_in_a_place(place, workplace):
    assert workplace_in(place) == workplace


@pytest.mark.parametrize(
    ("word", "workplace"),
    [
        ("remote", Workplace.REMOTE), ("TELECOMMUTE", Workplace.REMOTE), ("OnSite", Workplace.ON_SITE), ("on_site", Workplace.ON_SITE),
        ("On-site", Workplace.ON_SITE), ("Hybrid", Workplace.HYBRID), ("unspecified", None), ("", None), (None, None), (True, None),
        (["remote"], None),
    ],
)  # fmt: skip
def test_workplace_in_a_field(word, workplace):
    assert read_workplace(word) == workplace


@pytest.mark.parametrize(
    ("place", "places"),
    [
        ("Remote - US", "US"), ("Canada; United Kingdom (Remote)", "CA GB"), ("Remote, Texas, United States", ""), ("Austin, TX", ""),
        ("Remote", ""),
        ("Remote - EMEA", "+EMEA"), ("Remote (Germany)", "DE"), ("Georgia", ""),
    ],
)  # fmt: skip
def test_reach_of_a_remote_place(place, places):
    assert reach_in(place, Workplace.REMOTE) == reach(places)
    for other in (None, Workplace.HYBRID, Workplace.ON_SITE):
        assert reach_in(place, other) == NOTHING


# --- geography
@pytest.mark.parametrize(
    ("words", "places"),
    [
        ("USA, Canada", "US CA"), ("Europe Only", "+EUROPE"), ("Remote (US)", "US"),
        ("LATAM,  Canada,  Europe,  USA", "CA US +LATAM +EUROPE"),
        ("Americas, Europe, Asia, Oceania", "+AMERICAS +EUROPE +ASIA +OCEANIA"), ("Bosnia and Herzegovina", "BA"),
        ("UK & Ireland", "GB IE"),
        ("Trinidad and Tobago, Ghana", "TT GH"), (["Kenya", "Ghana", None, 7], "KE GH"), ("U.S.", "US"), ("the Netherlands", "NL"),
        ("Must be located in Spain or Portugal", "ES PT"), ("European Union", "+EU"), ("DACH", "+DACH"),
        ("Deutschland, Österreich", "DE AT"),
        ("Anywhere, USA", "US"), ("Asia-Pacific", "+APAC"), ("", ""), (None, ""), (7, ""), ({}, ""), ("Flexible", ""),
        ("anywhere but Russia", ""),
        ("Worldwide except China", ""), ("UTC+1 to UTC+3", ""), ("US time zones", ""), ("work with us", ""), ("in", ""),
        ("Côte d'Ivoire", "CI"),
        ("Türkiye", "TR"), ("Turkey", "TR"), ("Hong Kong,  Singapore", "HK SG"), ("USA\nCanada", "US CA"),
    ],
    ids=str,
)  # fmt: skip
def test_who_may_apply(words, places):
    assert read_reach(words) == reach(places)


@pytest.mark.parametrize(
    "words",
    ["Anywhere", "Anywhere in the World", "Worldwide", "🌍 Worldwide", "Remote, Worldwide", "GLOBAL", "weltweit", ["Worldwide"]],
    ids=str,
)
def test_anywhere(words):
    assert read_reach(words) == ANYWHERE


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("USA", "US"), ("usa", "US"), ("US", "US"), ("us", ""), ("United States of America", "US"), ("UK", "GB"), ("England", "GB"),
        ("DEU", "DE"),
        ("South Korea", "KR"), ("Czech Republic", "CZ"), ("Czechia", "CZ"), ("Viet Nam", "VN"), ("The Gambia", "GM"), ("in", ""),
        ("IN", "IN"), ("", ""),
        ("Europe", ""), ("Atlantis", ""), ("Curaçao", "CW"), ("Russia", "RU"), ("  France ", "FR"), ("🇫🇷 France", "FR"),
        ("Ivory Coast", "CI"),
    ],
)  # fmt: skip
def test_countries_by_name(name, code):
    assert country_of(name) == code


def test_every_country_is_known_by_its_names_and_lies_in_a_region():
    for country in pycountry.countries:
        assert country_of(country.name) == country.alpha_2
        assert country_of(country.alpha_3) == country.alpha_2
        assert regions_of(country.alpha_2) or country.alpha_2 == "AQ", country.name


def test_regions_hold_countries_that_exist():
    codes = {country.alpha_2 for country in pycountry.countries}
    for name, countries in REGIONS.items():
        assert countries <= codes, name
        assert region_of(name.lower().replace("_", " ")) == name
    assert REGIONS["EU"] < REGIONS["EEA"]
    assert REGIONS["EU"] < REGIONS["EUROPE"] < REGIONS["EMEA"]
    assert len(REGIONS["EU"]) == 27
    assert "GB" not in REGIONS["EU"]
    assert "MX" in REGIONS["LATAM"] & REGIONS["NORTH_AMERICA"]


# --- words
@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("full-time", Kind.FULL_TIME), ("FULL_TIME", Kind.FULL_TIME), ("Vollzeit", Kind.FULL_TIME), ("Teilzeit", Kind.PART_TIME),
        ("Freelance", Kind.CONTRACTOR), ("Werkstudent", Kind.PART_TIME), ("Praktikum", Kind.INTERN), ("temporary", Kind.TEMPORARY),
        (["berufserfahren", "Vollzeit"], Kind.FULL_TIME), (["Nonsense", None, 7], None), ("Permanent", None), ("OTHER", None),
        ("", None), (None, None),
        ("FullTime", Kind.FULL_TIME), ("Intern", Kind.INTERN), ("VOLUNTEER", Kind.VOLUNTEER),
    ],
    ids=str,
)  # fmt: skip
def test_kinds(words, kind):
    assert read_kind(words) == kind


@pytest.mark.parametrize(
    ("words", "level"),
    [
        ("Senior", Level.SENIOR), (["Senior", "Mid-level"], Level.MID), ("Any", None), ("Entry-level", Level.ENTRY),
        ("Director", Level.LEAD),
        ("Führungskraft", Level.LEAD), ("berufserfahren", Level.MID), ("", None), (None, None), ([], None), ([7, {}], None),
    ],
    ids=str,
)  # fmt: skip
def test_levels(words, level):
    assert read_level(words) == level


@pytest.mark.parametrize(
    ("title", "level"),
    [
        ("Senior Welder", Level.SENIOR), ("Sr. Welder", Level.SENIOR), ("Junior Welder", Level.ENTRY), ("Head of Welding", Level.LEAD),
        ("Mid/Senior Welder", Level.MID), ("Lead Generation Specialist", None), ("Account Manager", None), ("Welder", None),
        ("Seniority Analyst", None),
        ("Internal Auditor", None), ("Welder, Graduate", Level.ENTRY), ("", None),
    ],
)  # fmt: skip
def test_level_in_a_title(title, level):
    assert level_in_title(title) == level


@pytest.mark.parametrize(("title", "kind"), [("Welding Intern", Kind.INTERN), ("Internal Auditor", None), ("International Sales", None)])
def test_kind_in_a_title(title, kind):
    assert kind_in_title(title) == kind


# --- text and addresses
def test_one_line():
    assert one_line(" Welder\n&amp;\tFitter\0 ", 50) == "Welder & Fitter"
    assert one_line("a\u202eb\u200bc\ud800", 50) == "abc"
    assert one_line(7, 50) == "7"
    assert [one_line(other, 50) for other in (None, True, 1.5, [], {})] == [""] * 5
    assert one_line("word " * 100, 22) == "word word word word…"
    assert len(one_line("x" * 500, 22)) == 22
    assert shortened("short", 5) == "short"
    assert visible("a\r\nb\rc\td\x7f") == "a\nb\nc\td"


def test_joiners_stay_where_they_mean_something():
    assert visible("नि\u200dक") == "नि\u200dक"
    assert visible("wel\u200dder") == "welder"


@pytest.mark.parametrize(
    ("stated", "address"),
    [
        ("https://acme.example/jobs?id=1#apply", "https://acme.example/jobs?id=1#apply"),
        (" http://acme.example/ ", "http://acme.example/"),
        ("https://münchen.example/", "https://xn--mnchen-3ya.example/"), ("HTTPS://ACME.example/A", "https://acme.example/A"),
        ("javascript:alert(1)", ""), ("data:text/html,x", ""), ("//acme.example/", ""), ("/jobs", ""), ("acme.example", ""), ("", ""),
        (None, ""), (7, ""),
        ("https://bank.example@evil.example/", ""), ("https://аcme.example/", ""), ("https://localhost/", ""),
        ("https://a.example/\nX", ""),
        ("https://a.example\\@b.example/", ""), ("https://a b.example/", ""), ("https://[::1", ""), ("https://a.example:99999/", ""),
        ("https://a.example/" + "x" * 2000, ""), ("https://a.example/\u202e", ""), ("https:///x", ""), ("java\tscript:alert(1)", ""),
    ],
)  # fmt: skip
def test_addresses(stated, address):
    assert web_address(stated) == address
