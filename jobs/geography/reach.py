"""Who may apply, read from the words of a feed."""

import re
from collections.abc import Iterator

from jobs.geography.names import country_of, key
from jobs.geography.regions import region_of
from jobs.listing import Reach

MAX_WORDS = 5000  # characters of one text; a list of all countries has about 3,000
ANYWHERE = {
    "anywhere", "anywhere in the world", "anywhere in world", "anywhere on earth", "anywhere worldwide", "worldwide", "world wide", "world",
    "global", "globally", "remote global", "remote worldwide", "remote world wide", "remote anywhere", "everywhere", "international",
    "any location", "any country", "all countries", "work from anywhere", "weltweit", "remote weltweit",
}  # fmt: skip
_EXCEPT = re.compile(r"\b(except|excluding|excludes?|excl|not|outside|non|without|but)\b", re.IGNORECASE)
_TIME_ZONES = re.compile(r"\b(time ?-?zones?|hours|utc|gmt)\b", re.IGNORECASE)
_LISTS = re.compile(r"[,;|/()\[\]\n•]+|\s[-–—]\s|\s(?:and|or|und|oder)\s|\s&\s")
# Words around a place that do not change which place it is. "in" and "us" in capitals are countries.
_NOISE = re.compile(
    r"(?i:\b(?:fully|100%|remote(?:ly)?|only|based|residents?|candidates?|applicants?|anywhere|any ?where|within|across|from|all of|any of"
    r"|countries|must be|located|living|work|home)\b|100%)|\b(?:in|In|the|The|of)\b"
)


def read_reach(value: object) -> Reach:
    """From a text ("USA, Canada", "Europe Only", "Remote (US)") or a list of texts. Not text at all: nothing known.

    Words that name no place are ignored; when no place is left, nothing is known. Time zones say nothing about where
    somebody lives. A text that excludes places ("anywhere but …") is not understood, so nothing is known. A place named beside
    "anywhere" wins: better too narrow than an application in vain.
    """
    texts = [text for text in (value if isinstance(value, list | tuple) else [value]) if isinstance(text, str)]
    if any(_EXCEPT.search(text) for text in texts):
        return Reach()
    countries, regions, anywhere = set[str](), set[str](), False
    for place in (place for text in texts for place in _places(text[:MAX_WORDS])):
        if country := country_of(place):
            countries.add(country)
        elif region := region_of(place):
            regions.add(region)
        else:
            anywhere = anywhere or key(place) in ANYWHERE
    return Reach(anywhere=anywhere and not countries and not regions, countries=frozenset(countries), regions=frozenset(regions))


def names_place(text: str) -> bool:
    """Whether these words, as a whole, are a country, a region or "anywhere"."""
    return bool(country_of(text) or region_of(text) or key(text) in ANYWHERE)


def _places(text: str) -> Iterator[str]:
    """The text as a whole when it names a place ("Bosnia and Herzegovina"), else its parts, without the words around them."""
    if names_place(text):
        yield text
        return
    for part in re.split(r"[,;|\n]+", text):
        pieces = [part] if names_place(part) else _LISTS.split(part)
        yield from (piece if names_place(piece) else bare(piece) for piece in pieces if not _TIME_ZONES.search(piece))


def bare(part: str) -> str:
    """A part without the words around a place: "Remote within Canada" is "Canada"."""
    return " ".join(_NOISE.sub(" ", part).split()).strip(" -–—.:")
