"""Countries and regions as words in a sentence: "people in Germany or the EU"."""

from collections.abc import Iterable, Sequence
from functools import cache

import pycountry

# How people say it, where the ISO name is longer or needs its article.
_COUNTRIES = {
    "US": "the United States", "GB": "the United Kingdom", "NL": "the Netherlands", "AE": "the United Arab Emirates",
    "PH": "the Philippines", "CZ": "Czechia", "DO": "the Dominican Republic", "BS": "the Bahamas", "GM": "the Gambia", "MV": "the Maldives",
    "KR": "South Korea", "KP": "North Korea", "RU": "Russia", "VN": "Vietnam", "TW": "Taiwan", "IR": "Iran", "SY": "Syria",
    "TZ": "Tanzania", "BO": "Bolivia", "VE": "Venezuela", "MD": "Moldova", "LA": "Laos", "BN": "Brunei", "PS": "Palestine",
    "VA": "Vatican City", "CD": "DR Congo", "CG": "the Republic of the Congo", "FM": "Micronesia", "TR": "Turkey", "CI": "Ivory Coast",
    "HK": "Hong Kong", "MO": "Macau", "FK": "the Falkland Islands", "VG": "the British Virgin Islands", "VI": "the US Virgin Islands",
    "MF": "Saint Martin", "SX": "Sint Maarten", "CF": "the Central African Republic", "SB": "the Solomon Islands",
    "KY": "the Cayman Islands", "MH": "the Marshall Islands", "CK": "the Cook Islands",
}  # fmt: skip
_REGIONS = {
    "AFRICA": "Africa", "AMERICAS": "the Americas", "ANZ": "Australia or New Zealand", "APAC": "Asia-Pacific", "ASIA": "Asia",
    "BALTICS": "the Baltic states", "BENELUX": "Benelux", "CARIBBEAN": "the Caribbean", "CEE": "Central and Eastern Europe",
    "CENTRAL_AMERICA": "Central America", "CENTRAL_ASIA": "Central Asia", "DACH": "Germany, Austria or Switzerland", "EEA": "the EEA",
    "EMEA": "Europe, the Middle East or Africa", "EU": "the EU", "EUROPE": "Europe", "GCC": "the Gulf states",
    "IBERIA": "Spain or Portugal", "LATAM": "Latin America", "MENA": "the Middle East or North Africa", "MIDDLE_EAST": "the Middle East",
    "NORDICS": "the Nordic countries", "NORTH_AMERICA": "North America", "OCEANIA": "Oceania", "SOUTHEAST_ASIA": "Southeast Asia",
    "SOUTH_AMERICA": "South America",
}  # fmt: skip


@cache
def country_name(code: str) -> str:
    """Of an ISO 3166-1 alpha-2 code, with the article it takes in a sentence; a code that is none stays as it is."""
    if code in _COUNTRIES:
        return _COUNTRIES[code]
    found = pycountry.countries.get(alpha_2=code)
    return str(dict(found)["name"]) if found else code


def region_name(key: str) -> str:
    """Of a key of `REGIONS`."""
    return _REGIONS.get(key, key)


def one_of(names: Sequence[str]) -> str:
    """A, B or C."""
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} or {names[-1]}" if names else ""


def places(countries: Iterable[str], regions: Iterable[str]) -> list[str]:
    """Names of them all, countries first, each in the order of the alphabet."""
    return [*sorted(map(country_name, countries), key=without_article), *sorted(map(region_name, regions), key=without_article)]


def without_article(name: str) -> str:
    return name.removeprefix("the ")
