"""Where somebody looks for work, as a query over the filters of the index."""

import random

import pytest
from django.db import connection

from jobs.geography import REGIONS
from jobs.search.where import lexemes_of


def lexemes(where):
    """The lexemes of a plain list of alternatives."""
    found = lexemes_of(where)
    assert "&" not in found, found
    return set(found.strip("()").replace("'", "").split(" | "))


def of_country(code):
    from jobs.geography import regions_of

    return {"=a", f"=c{code.lower()}", *(f"=r{region.lower()}" for region in regions_of(code))}


@pytest.mark.parametrize(
    ("where", "code"),
    [
        ("Germany", "DE"),
        ("germany", "DE"),
        ("Deutschland", "DE"),
        ("USA", "US"),
        ("us", "US"),
        ("US", "US"),
        ("U.S.", "US"),
        ("uk", "GB"),
        ("United Kingdom", "GB"),
        ("The Netherlands", "NL"),
        ("Côte d'Ivoire", "CI"),
        ("fr", "FR"),
        ("Germany,", "DE"),
        ("(Germany)", "DE"),
    ],
)
def test_a_country_is_jobs_in_it_and_jobs_open_to_it(where, code):
    assert lexemes(where) == of_country(code)


def test_a_region_is_jobs_in_its_countries_and_jobs_open_to_it():
    assert lexemes("Latin America") == {"=a", "=rlatam", *(f"=c{code.lower()}" for code in REGIONS["LATAM"])}
    assert {"=a", "=reu", "=cde"} <= lexemes("EU")


@pytest.mark.parametrize("where", ["anywhere", "Worldwide", "work from anywhere", "any country"])
def test_anywhere_is_jobs_open_to_all(where):
    assert lexemes_of(where).replace("('=w3') & ", "") == "('=a')"


@pytest.mark.parametrize("where", ["remote", "Remote", "remotely", "work from home", "Home office", "telecommute", "remote,", "- remote -"])
def test_remote_is_a_workplace(where):
    assert lexemes_of(where) == "('=w3')"


@pytest.mark.parametrize("where", ["Remote, Germany", "remote Germany", "Germany (remote)", "Germany - remote", "Remote - Germany"])
def test_remote_in_a_country_is_both(where):
    remote, _, country = lexemes_of(where).partition(" & ")
    assert remote == "('=w3')"
    assert set(country.strip("()").replace("'", "").split(" | ")) == of_country("DE")


@pytest.mark.parametrize("where", ["Austin,", "Austin, ", "-Austin", "Austin -", ",Austin;"])
def test_signs_around_a_place_do_not_make_it_remote(where):
    assert lexemes_of(where) == "(('=taustin'))"


def test_a_city_is_its_words():
    assert lexemes_of("São Paulo") == "(('=tsao' & '=tpaulo'))"
    assert lexemes_of("St. John's") == "(('=tst' & '=tjohn' & '=ts'))"
    assert lexemes_of("new york") == "(('=tnew' & '=tyork'))", "the city, not only the state"


@pytest.mark.parametrize("where", ["Ohio", "OH", "oh", "ohio,"])
def test_a_state_goes_by_name_and_code(where):
    assert lexemes_of(where) == "((('=tohio') | ('=toh')))"


@pytest.mark.parametrize("where", ["Columbus, OH", "columbus, ohio", "Columbus / Ohio", "Columbus (OH)"])
def test_a_city_in_a_state_is_found_by_either_name_of_the_state(where):
    assert lexemes_of(where) == "(('=tcolumbus') & (('=tohio') | ('=toh')))"


def test_a_city_in_a_country_is_found_where_the_ad_names_the_country_only_by_code():
    assert lexemes_of("Paris, France") == "(('=tparis') & (('=tfrance') | '=cfr'))"


@pytest.mark.parametrize(
    ("where", "state", "code"), [("CA", "california", "CA"), ("ca", "california", "CA"), ("Georgia", "ga", "GE"), ("DE", "delaware", "DE")]
)
def test_what_names_a_state_and_a_country_finds_both(where, state, code):
    found = lexemes_of(where)
    assert f"'=t{state}'" in found
    assert all(f"'{lexeme}'" in found for lexeme in of_country(code))


HOSTILE = [
    "",
    " ",
    ",",
    "-",
    "''",
    "\\",
    "\\'",
    "'",
    "a'b",
    "a\\b",
    "\\\\' | '=w3",
    "') | ('=a",
    "a & b | !c",
    "a:*",
    "<->",
    "(((((",
    ")))))",
    "a" * 5_000,
    "a " * 5_000,
    "a," * 5_000,
    "'" * 5_000,
    "\\" * 5_000,
    "(" * 5_000,
    "Łódź",
    "東京",
    "Москва",
    "القاهرة",
    "\ufdfa" * 100,
    "\u3316" * 5_000,
    "²①½",
    "\u200b",
    "\u202e",
    "💩",
    "remote " * 700,
    "remote" * 800,
    "é" * 5_000,
    "e\u0301" * 2_500,
    "दिल्ली",
    "%s %% %(x)s",
    "=a",
    "'=a'",
    "\u2028",
    "İstanbul",
]


@pytest.mark.django_db
@pytest.mark.parametrize("where", HOSTILE, ids=range(len(HOSTILE)))
def test_no_text_breaks_the_query(where):
    is_a_query(where)


@pytest.mark.django_db
def test_nor_do_signs_thrown_together():
    dice = random.Random(8)
    signs = [
        "'",
        "\\",
        '"',
        "&",
        "|",
        "!",
        ":",
        "*",
        "(",
        ")",
        "<",
        ">",
        "-",
        ",",
        ";",
        "/",
        " ",
        "a",
        "us",
        "remote",
        "ohio",
        "=",
        "é",
        "東",
        "\u0301",
    ]
    for _ in range(300):
        is_a_query("".join(dice.choices(signs, k=dice.randrange(1, 30))))


def is_a_query(where):
    """PostgreSQL takes it, and every lexeme in it is one of the index's filters: nothing typed becomes an operator or a word."""
    query = lexemes_of(where)
    with connection.cursor() as cursor:
        cursor.execute("SELECT numnode(%s::tsquery), %s::tsquery::text", [query, query])
        nodes, text = cursor.fetchone()
    assert nodes > 0 or not query
    assert all(part.lstrip("( ").startswith("'=") for part in text.replace("|", "&").split("&") if part)
