"""Folding (one form for words that people take for the same, whatever their case and accents), and text for one line."""

import unicodedata

from django.db.models import Func, TextField

# Letters that Unicode does not decompose (Ł, ø, ß, …), mapped by hand; the SQL function holds the same table.
UNDECOMPOSED = {"ł": "l", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "ß": "ss", "æ": "ae", "œ": "oe", "ı": "i"}

FOLD_SQL = r"""
CREATE FUNCTION public.fold(value text) RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
  SELECT replace(replace(replace(replace(
    translate(lower(regexp_replace(normalize(value, NFKD), '[\u0300-\u036f]', '', 'g')), 'łøđðı', 'loddi'),
    'ß', 'ss'), 'æ', 'ae'), 'œ', 'oe'), 'þ', 'th')
$$
"""


class Fold(Func):
    """`public.fold(text)`: lower case, without accents. Immutable, so indexes and generated columns may use it."""

    function = "public.fold"
    output_field = TextField()


def fold(value: str) -> str:
    """The same in Python."""
    if value.isascii():
        return value.lower()
    plain = "".join(c for c in unicodedata.normalize("NFKD", value) if not "\u0300" <= c <= "\u036f").lower()
    return "".join(UNDECOMPOSED.get(c, c) for c in plain)


def one_line(text: str, most: int | None = None) -> str:
    """For a header or a column of a list: no line break or control character is left. Cut after `most` letters."""
    return " ".join("".join(letter if letter.isprintable() else " " for letter in text).split())[:most]
