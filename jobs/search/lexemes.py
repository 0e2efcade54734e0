"""Filters as lexemes of the search vector, so that words and filters are one index condition.

The same table makes the SQL that writes them (migration 0002) and the queries that ask for them; a test holds both together.

    _w<workplace>  _k<kind>  _l<level>  _e<employer id>  _g<guide id>  _f<field id>
    _p<country of the place>  _c<country of applicants>  _r<region of applicants>  _any
    _t<word of the place>  _y<step>: pays at least that many thousand dollars a year  _y0: pay unknown
"""

import re
from collections.abc import Iterable

from kit.text import fold

PAY_STEPS = (20, 30, 40, 50, 60, 80, 100, 120, 150, 200)  # thousand US dollars a year
NO_PAY = "_y0"
ANYWHERE = "_any"

_SAFE = re.compile(r"_[a-z][A-Za-z0-9_]*")


def lexeme(prefix: str, value: object) -> str:
    """Raises ValueError for a value that cannot stand in one."""
    found = f"_{prefix}{value}"
    if not _SAFE.fullmatch(found):
        raise ValueError(f"{value!r} is no filter value")
    return found


def place_words(text: str) -> list[str]:
    """'Columbus, OH' -> _tcolumbus, _toh"""
    return [f"_t{word}" for word in re.findall(r"[a-z0-9]+", fold(text))]


def any_of(lexemes: Iterable[str]) -> str:
    """A tsquery in PostgreSQL's own writing; of lexemes made by this module only."""
    return "(" + " | ".join(f"'{one}'" for one in lexemes) + ")"


def all_of(parts: Iterable[str]) -> str:
    return " & ".join(parts)
