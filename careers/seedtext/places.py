"""Countries and regions by name, and the currencies that pay sections state."""

import re
from typing import NamedTuple

# ISO 3166-1 code and the name that guides use; other names that texts use follow after a slash.
_COUNTRIES = """
AE United Arab Emirates/UAE;AF Afghanistan;AL Albania;AM Armenia;AO Angola;AR Argentina;AT Austria;AU Australia;AZ Azerbaijan
BA Bosnia and Herzegovina/Bosnia;BD Bangladesh;BE Belgium;BF Burkina Faso;BG Bulgaria;BH Bahrain;BI Burundi;BJ Benin;BN Brunei
BO Bolivia;BR Brazil;BS Bahamas;BT Bhutan;BW Botswana;BY Belarus;BZ Belize;CA Canada;CD Democratic Republic of the Congo;CH Switzerland
CI Ivory Coast/Côte d’Ivoire;CL Chile;CM Cameroon;CN China;CO Colombia;CR Costa Rica;CU Cuba;CY Cyprus;CZ Czechia/Czech Republic
DE Germany;DK Denmark;DO Dominican Republic;DZ Algeria;EC Ecuador;EE Estonia;EG Egypt;ES Spain;ET Ethiopia;FI Finland;FJ Fiji
FR France;GA Gabon;GB United Kingdom/UK/U.K./Great Britain/Britain;GE Georgia;GH Ghana;GR Greece;GT Guatemala;HK Hong Kong;HN Honduras
HR Croatia;HT Haiti;HU Hungary;ID Indonesia;IE Ireland;IL Israel;IN India;IQ Iraq;IR Iran;IS Iceland;IT Italy;JM Jamaica;JO Jordan
JP Japan;KE Kenya;KG Kyrgyzstan;KH Cambodia;KR South Korea;KW Kuwait;KZ Kazakhstan;LA Laos;LB Lebanon;LK Sri Lanka;LT Lithuania
LU Luxembourg;LV Latvia;LY Libya;MA Morocco;MD Moldova;ME Montenegro;MG Madagascar;MK North Macedonia;ML Mali;MM Myanmar;MN Mongolia
MT Malta;MU Mauritius;MV Maldives;MW Malawi;MX Mexico;MY Malaysia;MZ Mozambique;NA Namibia;NE Niger;NG Nigeria;NI Nicaragua
NL Netherlands;NO Norway;NP Nepal;NZ New Zealand;OM Oman;PA Panama;PE Peru;PG Papua New Guinea;PH Philippines;PK Pakistan;PL Poland
PR Puerto Rico;PT Portugal;PY Paraguay;QA Qatar;RO Romania;RS Serbia;RU Russia;RW Rwanda;SA Saudi Arabia;SD Sudan;SE Sweden
SG Singapore;SI Slovenia;SK Slovakia;SN Senegal;SV El Salvador;SY Syria;TH Thailand;TN Tunisia;TR Turkey/Türkiye
TT Trinidad and Tobago;TW Taiwan;TZ Tanzania;UA Ukraine;UG Uganda;US United States/USA/U.S./US/United States of America;UY Uruguay
UZ Uzbekistan;VE Venezuela;VN Vietnam;YE Yemen;ZA South Africa;ZM Zambia;ZW Zimbabwe
"""
_REGIONS = """
North America;Central America;South America;Latin America;Caribbean;European Union/EU;Western Europe;Eastern Europe;Northern Europe
Southern Europe;Central Europe;Europe;Scandinavia;Nordic countries;Baltic states;Middle East;Gulf states;North Africa;West Africa
East Africa;Southern Africa;Sub-Saharan Africa;Africa;Central Asia;South Asia;Southeast Asia/South-East Asia;East Asia;Asia-Pacific
Asia;Oceania
"""
_CURRENCIES = """
AED ARS AUD BRL CAD CHF CLP CNY COP CZK DKK EGP EUR GBP HKD HUF IDR ILS INR JPY KES KRW MXN MYR NGN NOK NZD PHP PKR PLN QAR RON SAR
SEK SGD THB TRY TWD UAH USD VND ZAR
"""
CURRENCIES = frozenset(_CURRENCIES.split())


class Country(NamedTuple):
    code: str
    name: str


def _entries(table: str) -> list[list[str]]:
    return [entry.split("/") for entry in table.strip().replace("\n", ";").split(";")]


_BY_NAME = {name: Country(entry[0][:2], entry[0][3:]) for entry in _entries(_COUNTRIES) for name in (entry[0][3:], *entry[1:])}
_CODES = {country.code: country for country in _BY_NAME.values()} | {"UK": _BY_NAME["United Kingdom"]}
_PLACES = {name: country.name for name, country in _BY_NAME.items()} | {name: entry[0] for entry in _entries(_REGIONS) for name in entry}
_NAMED = re.compile(rf"(?<![\w-])(?:{'|'.join(re.escape(name) for name in sorted(_PLACES, key=len, reverse=True))})(?![\w-])")
_FLAG = re.compile("[\U0001f1e6-\U0001f1ff]{2}")


def country(name_or_code: str) -> Country | None:
    return _CODES.get(name_or_code.upper()) or _BY_NAME.get(name_or_code)


def flag(text: str) -> Country | None:
    """The country whose flag stands in the text."""
    found = _FLAG.search(text)
    return _CODES.get("".join(chr(ord(c) - 0x1F1E6 + ord("A")) for c in found[0])) if found else None


def named_in(text: str) -> list[str]:
    """Countries and regions in reading order, each once, under the name that guides use."""
    return list(dict.fromkeys(_PLACES[match[0]] for match in _NAMED.finditer(text)))
