"""Regions that feeds name, as sets of ISO 3166-1 alpha-2 codes.

The continents follow the United Nations' M49, with Cyprus in Europe (it is in the EU). Where trade and M49 differ, how job
ads use a word decides, and the line says so.
"""

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

from jobs.geography.names import key


def _codes(text: str) -> frozenset[str]:
    return frozenset(text.split())


_AFRICA = _codes(
    "DZ AO BJ BW BF BI CV CM CF TD KM CG CD CI DJ EG GQ ER SZ ET GA GM GH GN GW KE LS LR LY MG MW ML MR MU YT MA MZ NA NE NG"
    " RE RW SH ST SN SC SL SO ZA SS SD TZ TG TN UG EH ZM ZW IO TF"
)
_ASIA = _codes(
    "AF AM AZ BH BD BT BN KH CN GE HK IN ID IR IQ IL JP JO KZ KP KR KW KG LA LB MO MY MV MN MM NP OM PK PS PH QA SA SG LK SY TW"
    " TJ TH TL TR TM AE UZ VN YE"
)
_EU = _codes("AT BE BG HR CY CZ DK EE FI FR DE GR HU IE IT LV LT LU MT NL PL PT RO SK SI ES SE")
_EUROPE = _EU | _codes("AX AL AD BY BA FO GI GG VA IS IM JE LI MD MC ME MK NO RU SM RS SJ CH UA GB")
_OCEANIA = _codes("AU NZ FJ PG SB VU NC PF WS TO KI TV NR PW FM MH CK NU TK WF AS GU MP NF PN CC CX UM HM")
_CARIBBEAN = _codes("AG AI AW BB BL BQ BS CU CW DM DO GD GP HT JM KN KY LC MF MQ MS PR SX TC TT VC VG VI")
_CENTRAL_AMERICA = _codes("BZ CR SV GT HN NI PA")
_SOUTH_AMERICA = _codes("AR BO BR CL CO EC FK GF GY PY PE SR UY VE BV GS")
_LATAM = _SOUTH_AMERICA | _CENTRAL_AMERICA | _CARIBBEAN | {"MX"}
_MIDDLE_EAST = _codes("AE BH EG IQ IR IL JO KW LB OM PS QA SA SY TR YE")
_CENTRAL_ASIA = _codes("KZ KG TJ TM UZ")

REGIONS: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        "AFRICA": _AFRICA,
        "AMERICAS": _LATAM | _codes("US CA BM GL PM"),
        "ANZ": _codes("AU NZ"),
        "APAC": (_ASIA - _MIDDLE_EAST - _CENTRAL_ASIA - _codes("AM AZ GE")) | _OCEANIA,  # east, south and south-east of Asia
        "ASIA": _ASIA,
        "BALTICS": _codes("EE LV LT"),
        "BENELUX": _codes("BE NL LU"),
        "CARIBBEAN": _CARIBBEAN,
        "CEE": _codes("AL BA BG HR CZ EE HU LV LT MD ME MK PL RO RS SK SI UA"),
        "CENTRAL_AMERICA": _CENTRAL_AMERICA,
        "CENTRAL_ASIA": _CENTRAL_ASIA,
        "DACH": _codes("DE AT CH"),
        "EEA": _EU | _codes("IS LI NO"),
        "EMEA": _EUROPE | _MIDDLE_EAST | _AFRICA,
        "EU": _EU,
        "EUROPE": _EUROPE,
        "GCC": _codes("AE BH KW OM QA SA"),
        "IBERIA": _codes("ES PT"),
        "LATAM": _LATAM,
        "MENA": _MIDDLE_EAST | _codes("DZ LY MA TN"),
        "MIDDLE_EAST": _MIDDLE_EAST,
        "NORDICS": _codes("DK FI IS NO SE FO AX"),
        "NORTH_AMERICA": _codes("US CA MX"),  # as trade has it; M49 counts Central America and the Caribbean too
        "OCEANIA": _OCEANIA,
        "SOUTHEAST_ASIA": _codes("BN KH ID LA MM MY PH SG TH TL VN"),
        "SOUTH_AMERICA": _SOUTH_AMERICA,
    }
)

_ALIASES = {
    "european union": "EU", "eu countries": "EU", "european economic area": "EEA", "european countries": "EUROPE", "european": "EUROPE",
    "eastern europe": "CEE", "central and eastern europe": "CEE", "central europe and eastern europe": "CEE",
    "latin america": "LATAM", "latinamerica": "LATAM", "lat am": "LATAM", "latin america and the caribbean": "LATAM", "lac": "LATAM",
    "the americas": "AMERICAS", "north and south america": "AMERICAS", "northern america": "NORTH_AMERICA", "southam": "SOUTH_AMERICA",
    "asia pacific": "APAC", "asia pac": "APAC", "asiapacific": "APAC", "apj": "APAC", "apac region": "APAC",
    "south east asia": "SOUTHEAST_ASIA", "sea region": "SOUTHEAST_ASIA", "australia and new zealand": "ANZ", "australasia": "ANZ",
    "middle east and north africa": "MENA", "mideast": "MIDDLE_EAST", "gulf": "GCC",
    "europe middle east and africa": "EMEA", "europe the middle east and africa": "EMEA",
    "nordic": "NORDICS", "nordic countries": "NORDICS", "scandinavia": "NORDICS", "baltic": "BALTICS", "baltic states": "BALTICS",
    "europa": "EUROPE", "lateinamerika": "LATAM", "nordamerika": "NORTH_AMERICA",
}  # fmt: skip


@cache
def _by_name() -> dict[str, str]:
    return {name.lower().replace("_", " "): name for name in REGIONS} | _ALIASES


def region_of(text: str) -> str:
    """Key of `REGIONS` that these words name as a whole; empty when none."""
    return _by_name().get(key(text), "")


@cache
def regions_of(country: str) -> frozenset[str]:
    """Keys of the regions that a country (alpha-2) lies in."""
    return frozenset(name for name, countries in REGIONS.items() if country in countries)
