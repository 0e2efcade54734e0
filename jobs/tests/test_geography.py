"""Countries, regions and reach in the words of feeds."""

import pycountry
import pytest

from jobs.geography import REGIONS, country_of, read_reach, region_of, regions_of
from jobs.listing import Reach

ISO = {dict(country)["alpha_2"] for country in pycountry.countries}


def reach(*countries, regions=()):
    return Reach(countries=frozenset(countries), regions=frozenset(regions))


# --- the tables
@pytest.mark.parametrize("name", REGIONS)
def test_regions_hold_countries_of_iso_and_fit_their_column(name):
    assert REGIONS[name] <= ISO
    assert len(name) <= 20


def test_every_country_lies_somewhere():
    assert {country for country in ISO if not regions_of(country)} == {"AQ"}


def test_regions_lie_within_each_other():
    assert REGIONS["EU"] < REGIONS["EEA"] < REGIONS["EUROPE"] < REGIONS["EMEA"]
    assert REGIONS["DACH"] < REGIONS["EUROPE"]
    assert REGIONS["SOUTH_AMERICA"] < REGIONS["LATAM"] < REGIONS["AMERICAS"]
    assert REGIONS["NORTH_AMERICA"] < REGIONS["AMERICAS"]
    assert REGIONS["GCC"] < REGIONS["MIDDLE_EAST"] < REGIONS["MENA"]
    assert REGIONS["ANZ"] < REGIONS["OCEANIA"] < REGIONS["APAC"]
    assert len(REGIONS["EU"]) == 27
    assert not REGIONS["EMEA"] & REGIONS["APAC"]


def test_the_continents_divide_the_world():
    names = ("AFRICA", "AMERICAS", "ASIA", "EUROPE", "OCEANIA")
    assert sum(len(REGIONS[name]) for name in names) == len(ISO) - 1


def test_regions_of_a_country():
    assert {"EU", "EEA", "EUROPE", "EMEA", "DACH"} <= regions_of("DE")
    assert "EU" not in regions_of("GB")
    assert regions_of("XX") == frozenset()


# --- names
@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Germany", "DE"), ("germany", "DE"), ("Deutschland", "DE"), ("DE", "DE"), ("DEU", "DE"), ("USA", "US"), ("U.S.", "US"),
        ("U.S.A.", "US"),
        ("United States", "US"), ("The United States of America", "US"), ("🇺🇸 United States of America", "US"), ("UK", "GB"),
        ("England", "GB"),
        ("Czech Republic", "CZ"), ("Czechia", "CZ"), ("Türkiye", "TR"), ("Turkey", "TR"), ("South Korea", "KR"),
        ("Korea, Republic of", "KR"),
        ("Russian Federation", "RU"), ("Virgin Islands, British", "VG"), ("Bolivia", "BO"), ("Côte d'Ivoire", "CI"),
        ("Cote d’Ivoire", "CI"),
        ("The Netherlands", "NL"), ("Brasil", "BR"), ("UAE", "AE"), ("Viet Nam", "VN"), ("Hong Kong", "HK"), ("IN", "IN"),
        ("Georgia", "GE"),
    ],
)  # fmt: skip
def test_countries_by_name_alias_and_code(name, code):
    assert country_of(name) == code


@pytest.mark.parametrize("name", ["", " ", "in", "no", "us", "and", "Atlantis", "Europe", "Remote", "XX", "🇺🇸", "United", "\0", "x" * 5000])
def test_other_words_are_no_country(name):
    assert country_of(name) == ""


def test_every_iso_name_and_code_is_known():
    for country in pycountry.countries:
        fields = dict(country)
        for name in (fields["name"], fields.get("common_name"), fields["alpha_2"], fields["alpha_3"]):
            assert not name or country_of(name) == fields["alpha_2"], name


@pytest.mark.parametrize(
    ("name", "region"),
    [
        ("Europe", "EUROPE"),
        ("european union", "EU"),
        ("Latin America", "LATAM"),
        ("Asia-Pacific", "APAC"),
        ("north_america", "NORTH_AMERICA"),
        ("Mars", ""),
    ],
)
def test_regions_by_name(name, region):
    assert region_of(name) == region


# --- reach
@pytest.mark.parametrize(
    ("words", "read"),
    [
        ("USA, Canada", reach("US", "CA")), ("Remote (US)", reach("US")), ("US only", reach("US")),
        ("Europe Only", reach(regions=["EUROPE"])),
        ("EMEA, LATAM", reach(regions=["EMEA", "LATAM"])), ("LATAM,  Hong Kong,  Mexico", reach("HK", "MX", regions=["LATAM"])),
        ("USA, Canada, USA timezones", reach("US", "CA")), ("Remote within Canada or United States", reach("CA", "US")),
        ("Bosnia and Herzegovina", reach("BA")), ("Trinidad and Tobago, Serbia", reach("TT", "RS")), ("UK and Ireland", reach("GB", "IE")),
        ("Anywhere in Europe", reach(regions=["EUROPE"])), ("Anywhere, USA", reach("US")),
        ("North America Only", reach(regions=["NORTH_AMERICA"])),
        (["United States", "Virgin Islands, British"], reach("US", "VG")), ("Germany; Austria / Switzerland", reach("DE", "AT", "CH")),
        ("Americas, Europe, Asia, Oceania", reach(regions=["AMERICAS", "EUROPE", "ASIA", "OCEANIA"])),
        ("Candidates based in Poland", reach("PL")),
        (["Atlantis", "Poland"], reach("PL")), (["Poland", None, 5, {}], reach("PL")), ("India\nPakistan", reach("IN", "PK")),
        (["IN"], reach("IN")),
    ],
)  # fmt: skip
def test_places_are_found_in_words(words, read):
    assert read_reach(words) == read


@pytest.mark.parametrize(
    "words",
    [
        "Worldwide",
        "Anywhere",
        "Anywhere in the World",
        "World Wide",
        "Remote - Worldwide",
        "Global",
        ["Worldwide"],
        "100% remote, worldwide",
    ],
)
def test_all_the_world(words):
    assert read_reach(words) == Reach(anywhere=True)


@pytest.mark.parametrize(
    "words",
    [
        "", "Remote", "Flexible", "USA timezones, European timezones", "Worldwide except US", "Anywhere but Russia", "Europe (not UK)",
        "Non-US", "outside the EU",
        "Atlantis", None, 5, {}, [], [None], [["US"]], "in", "," * 4000, "(" * 4000, "\ud800",
    ],
)  # fmt: skip
def test_words_without_a_place_say_nothing(words):
    assert read_reach(words) == Reach()


def test_a_list_of_all_countries_is_read():
    assert read_reach([dict(country)["name"] for country in pycountry.countries]).countries == ISO
