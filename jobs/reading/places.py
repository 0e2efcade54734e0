"""Workplace, country and reach from the words that job boards put for a place."""

import re
from functools import lru_cache

from jobs.choices import Workplace
from jobs.geography.cities import DOUBTFUL_CODES, city_country, state_code_country, state_country
from jobs.geography.names import country_of
from jobs.geography.reach import bare, names_place, read_reach
from jobs.listing import Reach
from kit.text import fold

_WORKPLACES = {
    "remote": Workplace.REMOTE, "fully remote": Workplace.REMOTE, "remote only": Workplace.REMOTE, "telecommute": Workplace.REMOTE,
    "hybrid": Workplace.HYBRID, "hybrid remote": Workplace.HYBRID,
    "on site": Workplace.ON_SITE, "onsite": Workplace.ON_SITE, "in office": Workplace.ON_SITE, "office": Workplace.ON_SITE,
    "in person": Workplace.ON_SITE,
}  # fmt: skip
_SEGMENTS = re.compile(r"[;|\n]+|\s/\s|\s(?:or|oder)\s")
_PARTS = re.compile(r"[,()\[\]]+|\s[-–—]\s|\s-|-\s")
_REMOTE = re.compile(r"\b(remote|telecommute|work from home|wfh|home ?office)\b(?![- ](friendly|optional|possible|eligible|flexible))")
_NOT_PLACE = re.compile(r"(?i)\b(remote(ly)?|hybrid|on-?site|in-?office|office|hq|headquarters|first|friendly|fully|100%)\b")


def read_workplace(value: object) -> Workplace | None:
    """From a field made for it: "onsite", "Hybrid", "REMOTE"; schema.org's TELECOMMUTE."""
    words = re.sub(r"[^a-z]+", " ", fold(value[:40])).strip() if isinstance(value, str) else ""
    return _WORKPLACES.get(words)


@lru_cache(maxsize=4096)  # boards repeat their few places
def workplace_in(place: str) -> Workplace | None:
    """From the words of a place: "Hybrid - Vancouver", "London; Remote, UK". One remote place of several makes it remote.

    "Remote-friendly" promises nothing.
    """
    segments = _SEGMENTS.split(fold(place))
    if any(_REMOTE.search(segment) and "hybrid" not in segment for segment in segments):
        return Workplace.REMOTE
    if any(re.search(r"\bhybrid\b", segment) for segment in segments):
        return Workplace.HYBRID
    return Workplace.ON_SITE if all(re.search(r"\b(on-?site|on site|in-?office)\b", segment) for segment in segments) else None


@lru_cache(maxsize=4096)  # boards repeat their few places
def country_of_place(place: str) -> str:
    """ISO 3166-1 alpha-2 of the one country that all the places named lie in; empty when one is unknown or they differ."""
    found = {_country(segment) for segment in _SEGMENTS.split(place[:1000]) if _NOT_PLACE.sub("", segment).strip(" ,-–—()")}
    return found.pop() if len(found) == 1 else ""


def _country(segment: str) -> str:
    """A country named as such decides; else a state's name, a large city, the code of a state after a city."""
    whole = _NOT_PLACE.sub(" ", segment).strip(" ,-–—().")
    parts = [part for piece in _PARTS.split(whole) if (part := piece.strip(" .")) and part]
    code = whole.rpartition(" ")[2]
    named = {country for part in parts if (country := state_country(part) or city_country(part))}
    if countries := {country for part in (whole, *parts) if not _is_doubtful(part) and (country := country_of(part))}:
        return countries.pop() if len(countries) == 1 else ""
    if _is_code(code):
        return _by_code(code, named, stands_alone=code == whole)
    return named.pop() if len(named) == 1 else ""


def _by_code(code: str, named: set[str], *, stands_alone: bool) -> str:
    """ "City, XX": the state, unless XX is a country's code too and the city lies in that country; then the city decides."""
    state, country = state_code_country(code), country_of(code)
    if stands_alone:
        return "" if state else country
    if not country:
        return state
    if named:
        return named.pop() if len(named) == 1 and named <= {state, country} else ""
    return state or ("" if code in DOUBTFUL_CODES else country)


def _is_code(text: str) -> bool:
    return len(text) == 2 and text.isascii() and text.isupper() and text not in {"US", "UK"}


def _is_doubtful(text: str) -> bool:
    """A code may be a state's; Georgia is a country and a state."""
    return _is_code(text) or fold(text).strip() == "georgia"


@lru_cache(maxsize=4096)  # boards repeat their few places
def reach_in(place: str, workplace: Workplace | None) -> Reach:
    """Who may apply for a remote job, from the place it names: "Remote - US", "Canada; United Kingdom (Remote)". Other jobs' places
    say where one works, not where one may come from.

    Only where a place is a country, a region or "anywhere" and nothing narrower: "Remote, Texas, United States" is not open to
    all of the United States, and we cannot say who may apply.
    """
    if workplace != Workplace.REMOTE:
        return Reach()
    wide = [segment for segment in _SEGMENTS.split(place[:1000]) if _is_wide(segment)]
    return read_reach(wide)


def _is_wide(segment: str) -> bool:
    parts = [part for piece in _PARTS.split(_NOT_PLACE.sub(" ", segment)) if (part := bare(piece))]
    return bool(parts) and all(names_place(part) and not _is_doubtful(part) for part in parts)
