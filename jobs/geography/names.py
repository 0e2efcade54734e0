"""Countries by name. ISO 3166-1 names come from pycountry, the everyday ones from the table below."""

import re
from functools import cache

import pycountry

from kit.text import fold

_ALIASES = {
    "usa": "US", "u s": "US", "u s a": "US", "the us": "US", "united states": "US", "united states america": "US",
    "vereinigte staaten": "US", "estados unidos": "US", "uk": "GB", "u k": "GB",
    "great britain": "GB", "britain": "GB", "england": "GB", "scotland": "GB",
    "wales": "GB", "northern ireland": "GB", "uae": "AE", "u a e": "AE", "emirates": "AE", "russia": "RU", "south korea": "KR",
    "korea": "KR", "north korea": "KP", "vietnam": "VN", "laos": "LA", "iran": "IR", "syria": "SY", "tanzania": "TZ", "bolivia": "BO",
    "venezuela": "VE", "moldova": "MD", "macedonia": "MK", "czech republic": "CZ", "turkey": "TR", "ivory coast": "CI",
    "cape verde": "CV", "hong kong sar": "HK", "hong kong china": "HK", "macau": "MO", "brunei": "BN", "palestine": "PS",
    "vatican": "VA", "vatican city": "VA", "holland": "NL", "swaziland": "SZ", "burma": "MM", "micronesia": "FM", "dr congo": "CD",
    "drc": "CD", "democratic republic of congo": "CD", "republic of congo": "CG", "us virgin islands": "VI",
    "u s virgin islands": "VI", "saint martin": "MF", "sint maarten": "SX", "falkland islands": "FK", "republic of ireland": "IE",
    "deutschland": "DE", "germany deutschland": "DE", "osterreich": "AT", "schweiz": "CH", "suisse": "CH", "svizzera": "CH",
    "espana": "ES", "brasil": "BR", "polska": "PL", "italia": "IT", "sverige": "SE", "danmark": "DK", "norge": "NO", "suomi": "FI",
    "nederland": "NL", "belgie": "BE", "belgique": "BE", "belgien": "BE", "frankreich": "FR", "italien": "IT", "spanien": "ES",
    "polen": "PL", "niederlande": "NL", "danemark": "DK", "schweden": "SE", "norwegen": "NO", "tschechien": "CZ", "ungarn": "HU",
    "grossbritannien": "GB", "vereinigtes konigreich": "GB", "royaume uni": "GB", "etats unis": "US", "allemagne": "DE",
    "espagne": "ES", "italie": "IT", "pays bas": "NL", "turkei": "TR", "portugal portugal": "PT", "mainland china": "CN",
    "peoples republic of china": "CN", "prc": "CN", "ksa": "SA", "kingdom of saudi arabia": "SA", "trinidad": "TT",
}  # fmt: skip


def key(text: str) -> str:
    """One form for a name whatever its case, accents, points and article."""
    plain = re.sub(r"[^a-z0-9]+", " ", fold(text).replace("'", "").replace("’", "")).strip()
    return plain.removeprefix("the ")


@cache
def _by_name() -> dict[str, str]:
    found: dict[str, str] = {}
    for country in pycountry.countries:
        fields = dict(country)
        for field in ("name", "official_name", "common_name"):
            if name := fields.get(field):
                found[key(name)] = fields["alpha_2"]
    return found | _ALIASES


@cache
def _by_code() -> dict[str, str]:
    fields = [dict(country) for country in pycountry.countries]
    return {one["alpha_2"]: one["alpha_2"] for one in fields} | {one["alpha_3"]: one["alpha_2"] for one in fields}


def country_of(text: str) -> str:
    """ISO 3166-1 alpha-2 of the country that these words name as a whole; empty when none.

    Codes count in capitals only: "IN" is India, "in" is a word.
    """
    words = re.sub("[\U0001f1e6-\U0001f1ff]", "", text).strip()  # flags beside the name
    return _by_code().get(words) or _by_name().get(key(words), "")
