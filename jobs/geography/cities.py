"""Where a place lies, when its words leave no doubt: states of the United States, provinces of Canada, and large cities."""

from functools import cache

import pycountry

from jobs.geography.names import key

# Cities that people mean when they say the name alone. Names that two well-known places share are not here (Birmingham, Valencia).
_CITIES = {
    "US": "New York|New York City|NYC|San Francisco|SF|San Francisco Bay Area|Bay Area|Los Angeles|Chicago|Boston|Seattle"
    "|Austin|Denver|Atlanta|Houston|Dallas|Miami|Philadelphia|San Diego|Palo Alto|Mountain View|Sunnyvale"
    "|Menlo Park|Brooklyn|Manhattan|Washington DC|Washington D C|Salt Lake City|Las Vegas|Silicon Valley|Pittsburgh"
    "|Minneapolis|Detroit|Nashville|San Mateo|Redwood City|San Jose CA",
    "GB": "London|Manchester|Edinburgh|Glasgow|Leeds|Liverpool|Belfast|Cardiff",
    "IE": "Dublin",
    "FR": "Paris|Lyon|Marseille|Toulouse|Bordeaux|Nantes|Lille",
    "DE": "Berlin|Munich|München|Hamburg|Cologne|Köln|Frankfurt am Main|Stuttgart|Düsseldorf|Leipzig|Dresden|Nürnberg"
    "|Hannover|Karlsruhe|Bremen|Essen|Dortmund",
    "AT": "Wien",
    "CH": "Zurich|Zürich|Geneva|Basel|Lausanne|Bern",
    "NL": "Amsterdam|Rotterdam|Utrecht|Eindhoven|The Hague",
    "BE": "Brussels|Antwerp|Ghent",
    "ES": "Madrid|Barcelona|Malaga|Seville",
    "PT": "Lisbon|Lisboa|Porto",
    "IT": "Milan|Milano|Rome|Turin",
    "SE": "Stockholm|Gothenburg|Malmö",
    "DK": "Copenhagen|Aarhus",
    "NO": "Oslo",
    "FI": "Helsinki|Espoo",
    "PL": "Warsaw|Warszawa|Krakow|Wroclaw|Gdansk|Poznan",
    "CZ": "Prague|Praha|Brno",
    "HU": "Budapest",
    "RO": "Bucharest|Cluj Napoca",
    "BG": "Sofia",
    "GR": "Thessaloniki",
    "RS": "Belgrade",
    "HR": "Zagreb",
    "UA": "Kyiv|Lviv",
    "EE": "Tallinn",
    "LV": "Riga",
    "LT": "Vilnius",
    "TR": "Istanbul|Ankara",
    "IL": "Tel Aviv|Tel Aviv Yafo|Jerusalem|Haifa|Herzliya",
    "AE": "Dubai|Abu Dhabi",
    "SA": "Riyadh|Jeddah",
    "QA": "Doha",
    "IN": "Bangalore|Bengaluru|Mumbai|Pune|New Delhi|Delhi|Gurgaon|Gurugram|Noida|Chennai|Kolkata|Ahmedabad",
    "CN": "Beijing|Shanghai|Shenzhen|Guangzhou|Hangzhou",
    "TW": "Taipei",
    "JP": "Tokyo|Osaka|Kyoto",
    "KR": "Seoul",
    "TH": "Bangkok",
    "VN": "Hanoi|Ho Chi Minh City",
    "MY": "Kuala Lumpur",
    "ID": "Jakarta",
    "PH": "Manila|Makati|Cebu|Quezon City",
    "PK": "Karachi|Lahore|Islamabad",
    "BD": "Dhaka",
    "AU": "Sydney|Melbourne|Brisbane|Adelaide|Canberra",
    "NZ": "Auckland",
    "CA": "Toronto|Vancouver|Montreal|Ottawa|Calgary|Edmonton|Winnipeg|Mississauga",
    "MX": "Mexico City|Ciudad de Mexico|CDMX|Guadalajara|Monterrey",
    "BR": "Sao Paulo|Rio de Janeiro|Belo Horizonte|Curitiba|Brasilia",
    "AR": "Buenos Aires",
    "CO": "Bogota|Medellin",
    "CL": "Santiago de Chile",
    "PE": "Lima",
    "UY": "Montevideo",
    "ZA": "Cape Town|Johannesburg",
    "KE": "Nairobi",
    "NG": "Lagos|Abuja",
    "EG": "Cairo",
    "GH": "Accra",
    "MA": "Casablanca",
}  # fmt: skip
# As the last part of "City, XX": Delaware or Germany, Indiana or India.
DOUBTFUL_CODES = {"DE", "IN"}


@cache
def _cities() -> dict[str, str]:
    return {key(name): country for country, names in _CITIES.items() for name in names.split("|")}


@cache
def _states() -> tuple[dict[str, str], dict[str, str]]:
    """Names and codes of states and provinces -> country."""
    subdivisions = [fields for one in pycountry.subdivisions if (fields := dict(one))["country_code"] in {"US", "CA"}]
    names = {key(one["name"]): one["country_code"] for one in subdivisions}
    names |= {key(name): "AU" for name in ("New South Wales", "Queensland", "Western Australia", "South Australia", "Tasmania")}
    names |= {key(name): "IN" for name in ("Karnataka", "Maharashtra", "Telangana", "Tamil Nadu", "Uttar Pradesh", "Haryana")}
    codes = {one["code"].partition("-")[2]: one["country_code"] for one in subdivisions}
    del names["georgia"]
    return names, codes


def city_country(text: str) -> str:
    """Country of a large city; empty when we do not know it."""
    return _cities().get(key(text), "")


def state_country(text: str) -> str:
    """Country of a state or province by its full name; empty when we do not know it or a country has the same name."""
    return _states()[0].get(key(text), "")


def state_code_country(text: str) -> str:
    """Country of a state or province by its code in capitals, as in "Austin, TX"; empty for codes that are as often a country's."""
    return "" if text in DOUBTFUL_CODES else _states()[1].get(text, "")
