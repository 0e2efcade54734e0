"""What was typed becomes a query that PostgreSQL takes, whatever it is."""

import random
import sys

import pytest
from django.db import connection

from careers.search.terms import WORD
from jobs.search.words import text_query
from kit.text import fold

pytestmark = pytest.mark.django_db


def sql(query, *params):
    with connection.cursor() as cursor:
        cursor.execute(query, params)
        return cursor.fetchone()


def finds(q, text, *, without="", synonyms=None):
    """Whether a search for `q` finds a title of these words, as jobs_search compares them."""
    query = text_query(q, without, synonyms or {})
    (vector,) = sql("SELECT to_tsvector('english', jobs_words(public.fold(%s)))", text)
    has_it = "it" in WORD.findall(fold(text))
    parts = [sql("SELECT %s::tsvector @@ to_tsquery('english', %s)", vector, part)[0] for part in [query.english] if part]
    parts += [has_it] if query.lexemes else []
    parts += [not sql("SELECT %s::tsvector @@ to_tsquery('english', %s)", vector, query.excluded)[0]] if query.excluded else []
    return all(parts)


@pytest.mark.parametrize(
    ("q", "text"),
    [
        ("nurse", "Nurses wanted"),
        ("nurse manager", "Manager of nurses"),
        ("nurse-manager", "Nurse/manager"),
        ("nurse/manager", "Nurse manager"),
        ('"front desk"', "Front-desk agent"),
        ('"front desk', "Front desk"),
        ("front desk -night", "Front desk agent, days"),
        ("-night", "Day shift"),
        ("it", "IT manager"),
        ("IT manager", "Manager (IT)"),
        ('"it support"', "IT support"),
        ("electrician the of", "Electrician"),
        ("icd-10", "ICD-10 coder"),
        ("icd 10", "ICD 10"),
        ("10", "ICD-10"),
        ("c++ developer", "C++ developer"),
        (".net", ".NET developer"),
        ("node.js", "Node JS"),
        ("łódź", "Lodz"),
        ("naïve", "naive"),
        ("Москва", "москва"),
        ("看護師", "看護師 (夜勤)"),
        ("b2b", "B2B sales"),
        ("the and", "anything"),
        ("!!!", "anything"),
        ("", "anything"),
        ("-", "anything"),
        ('-"', "anything"),
        ("-the", "The nurse"),
        ("nurse --night", "Nurse"),
        ("o'brien", "O'Brien"),
        ("24/7", "24/7 care"),
        ("½", "1⁄2 time"),
    ],
)
def test_it_finds(q, text):
    assert finds(q, text)


@pytest.mark.parametrize(
    ("q", "text"),
    [
        ("nurse", "Doctor"),
        ("nurse doctor", "Nurse"),
        ('"front desk"', "Desk at the front"),
        ("front desk -night", "Front desk, nights"),
        ("-night", "Night shift"),
        ("it", "Committee"),
        ("IT manager", "Manager"),
        ('desk -"night shift"', "Desk, night shift"),
        ("10", "110"),
    ],
)
def test_it_does_not_find(q, text):
    assert not finds(q, text)


def test_words_that_must_not_be_there_are_left_out_one_by_one_and_phrases_as_a_whole():
    assert not finds("desk", "Desk, night", without="night shift")
    assert not finds("desk", "Desk, shift", without="night shift")
    assert finds("desk", "Desk, shift by night", without='"night shift"')
    assert finds("desk", "Desk of the day", without="the of")


def test_other_names_of_a_skill_are_the_skill():
    names = {("emr",), ("electronic", "records")}
    synonyms = dict.fromkeys(names, frozenset(names))
    assert finds("emr nurse", "Nurse for electronic records", synonyms=synonyms)
    assert finds("electronic records", "EMR nurse", synonyms=synonyms)
    assert finds('"electronic records"', "EMR nurse", synonyms=synonyms)


def test_title_and_phrase_ask_for_all_words_of_the_title():
    query = text_query('nurse "front desk" -night', "shift", {})
    assert query.titled == "'nurse':A & 'front':A & 'desk':A"
    assert query.phrased == "'nurse':A <-> 'front':A <-> 'desk':A"
    assert (text_query("the of", "", {}).titled, text_query("-night", "", {}).phrased) == ("", "")


HOSTILE = [
    "-" * 100,
    "- " * 50,
    '"' * 99,
    '-"' * 50,
    "'" * 100,
    "\\" * 100,
    "':A & (",
    "a:*",
    "a <-> b",
    "!!a",
    "a | b",
    "((((",
    "&&&",
    "\u200b",
    "\u202e",
    "💩",
    "=it",
    "'=w3'",
    "\\'",
    "a'b\\c",
    "x" * 100,
    "\ufdfa" * 100,
    "\u3316" * 100,
    "e\u0301" * 50,
    "दिल्ली",
    "القاهرة",
    "İ",
    "ſ",
    "²½①",
    "\ufb01nance",
    "%s %(x)s {0}",
    "1" * 100,
    "-1",
    "1e400",
    "0x10",
    "a_b",
    "_",
    "www.example.org/a?b",
    "a@b.example",
    "<b>x</b>",
    "&amp;",
    "\u2028",
    "a\u0000b",
]


@pytest.mark.parametrize("q", HOSTILE, ids=range(len(HOSTILE)))
def test_no_text_breaks_the_query(q):
    is_taken(q)


def test_nor_do_signs_thrown_together():
    dice = random.Random(9)
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
        "it",
        "the",
        "10",
        "=",
        "é",
        "東",
        "\u0301",
    ]
    for _ in range(300):
        is_taken("".join(dice.choices(signs, k=dice.randrange(1, 30))))


def is_taken(q):
    for query in (text_query(q, "", {}), text_query("", q, {})):
        for part in (query.english, query.titled, query.phrased, query.excluded):
            sql("SELECT to_tsquery('english', %s), !!to_tsquery('english', %s)", part, part)
        sql("SELECT %s::tsquery", query.lexemes)


def test_what_is_a_word_to_us_is_one_to_the_index():
    """Every character that Python takes for part of a word, as PostgreSQL's dictionary sees it: else such a word finds nothing."""
    words = {word for code in range(sys.maxunicode) if not 0xD800 <= code < 0xE000 for word in WORD.findall(fold(chr(code)))}
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT word FROM unnest(%s::text[]) AS word WHERE numnode(to_tsquery('simple', '''' || word || '''')) = 0", [sorted(words)]
        )
        unknown = [word for (word,) in cursor.fetchall()]
    assert len(unknown) < 0.01 * len(words), unknown[:50]
