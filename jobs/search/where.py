"""Where somebody looks for work, as a text query over the filters of the index.

A country means: jobs that lie in it, and jobs whose applicants may live there, in a region around it, or anywhere. A place means
its words in the place that the ad states; states of the United States and provinces of Canada by name or code. What names both
a country and a state ("Georgia", "CA") finds both.
"""

import re
from functools import cache

import pycountry

from jobs.geography import REGIONS, country_of, region_of, regions_of
from jobs.geography.cities import city_country
from jobs.geography.names import key
from jobs.geography.reach import ANYWHERE
from kit.text import fold

REMOTE = "=w3"
_REMOTE = re.compile(r"\b(remote(ly)?|work(ing)? from home|home ?office|telecommut\w*)\b")
_WORD = re.compile(r"[^\W_]+")
_EDGES = " ,;-–/()"
MAX_WORDS = 8
MAX_LETTERS = 100  # of a word, as the index has it: PostgreSQL takes no lexeme over 2,046 bytes


def lexemes_of(where: str) -> str:
    """tsquery text; empty when nothing limits the place."""
    folded = fold(where)
    rest = " ".join(_REMOTE.sub(" ", folded).split()).strip(_EDGES)
    parts = [f"'{REMOTE}'"] if _REMOTE.search(folded) else []
    if rest:
        parts.append(_place(rest, _without_remote(where)))
    return " & ".join(f"({part})" for part in parts if part)


def _without_remote(where: str) -> str:
    """With its capitals: "IND" is India, "ind" is nothing."""
    return " ".join(re.sub(_REMOTE.pattern, " ", where, flags=re.IGNORECASE).split()).strip(_EDGES)


def _place(folded: str, typed: str) -> str:
    if key(folded) in ANYWHERE:
        return "'=a'"
    if country := country_of(typed) or country_of(folded.upper() if len(folded) == 2 else folded):
        inside = _any_of(["=a", f"=c{country}", *(f"=r{region}" for region in sorted(regions_of(country)))])
        return " | ".join([inside, *map(_words, _states().get(key(folded), ()))])
    if region := region_of(folded):
        return _any_of(["=a", f"=r{region}", *(f"=c{one}" for one in sorted(REGIONS[region]))])
    return " & ".join(_named(part) for part in _parts(folded))


def _parts(folded: str) -> list[str]:
    return [part for part in re.split(r"[,;/()]+", folded) if _WORD.search(part)][:4]


def _named(part: str) -> str:
    """A part of a place: a state by either of its names, a country behind a city, or the words."""
    if not city_country(part):
        if states := _states().get(key(part)):
            return f"({' | '.join(_words(name) for name in states)})"
        if len(part.strip()) > 2 and (country := country_of(part)):
            return f"({_words(part)} | '=c{country.lower()}')"
    return _words(part)


def _words(text: str) -> str:
    return f"({' & '.join(_quoted(f'=t{word[:MAX_LETTERS]}') for word in _WORD.findall(text)[:MAX_WORDS])})"


@cache
def _states() -> dict[str, tuple[str, str]]:
    """Name or code of a state or province -> both."""
    found: dict[str, tuple[str, str]] = {}
    for one in pycountry.subdivisions:
        fields = dict(one)
        if fields["country_code"] in {"US", "CA"}:
            name, code = key(fields["name"]), fields["code"].partition("-")[2].lower()
            found[name] = found[code] = (name, code)
    return found


def _any_of(lexemes: list[str]) -> str:
    return " | ".join(_quoted(lexeme.lower()) for lexeme in lexemes)


def _quoted(lexeme: str) -> str:
    return "'" + lexeme.replace("'", "").replace("\\", "") + "'"
