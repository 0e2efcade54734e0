"""Pay as stated. Zero, a range upside down, pay without currency or period, on-target earnings: all unknown, never guessed."""

import re
from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from functools import cache

import pycountry

from jobs.choices import PER_YEAR, PayPeriod
from jobs.listing import Pay
from kit.text import fold

MOST_A_YEAR = 2_000_000_000  # whole units; what the yearly column holds
LEAST_A_YEAR = 1_000  # below that, the amount or its period is not what the ad means ("75" for 75,000, "50" an hour called yearly)

_PERIODS: Mapping[str, PayPeriod] = {
    "hour": PayPeriod.HOUR, "hourly": PayPeriod.HOUR, "hr": PayPeriod.HOUR, "stunde": PayPeriod.HOUR, "1 hour": PayPeriod.HOUR,
    "day": PayPeriod.DAY, "daily": PayPeriod.DAY, "tag": PayPeriod.DAY, "1 day": PayPeriod.DAY,
    "week": PayPeriod.WEEK, "weekly": PayPeriod.WEEK, "wk": PayPeriod.WEEK, "woche": PayPeriod.WEEK, "1 week": PayPeriod.WEEK,
    "month": PayPeriod.MONTH, "monthly": PayPeriod.MONTH, "mo": PayPeriod.MONTH, "monat": PayPeriod.MONTH, "1 month": PayPeriod.MONTH,
    "year": PayPeriod.YEAR, "yearly": PayPeriod.YEAR, "yr": PayPeriod.YEAR, "annual": PayPeriod.YEAR, "annually": PayPeriod.YEAR,
    "annum": PayPeriod.YEAR, "jahr": PayPeriod.YEAR, "1 year": PayPeriod.YEAR, "annualized": PayPeriod.YEAR,
}  # fmt: skip
# A bare "$" is the dollar of many countries, "kr" and "¥" the money of several: those say nothing by themselves.
_SIGNS: Mapping[str, str] = {
    "us$": "USD", "ca$": "CAD", "c$": "CAD", "a$": "AUD", "au$": "AUD", "nz$": "NZD", "s$": "SGD", "hk$": "HKD", "r$": "BRL", "mx$": "MXN",
    "€": "EUR", "£": "GBP", "₹": "INR", "₱": "PHP", "zł": "PLN", "₪": "ILS", "₩": "KRW", "₦": "NGN", "₺": "TRY", "₴": "UAH",
}  # fmt: skip
_NUMBER = r"\d{1,3}(?:[ ',.\u00a0\u202f]\d{3})+(?:[.,]\d{1,2})?|\d+(?:[.,]\d+)?"
_AMOUNT = re.compile(rf"(?<![\w.,])(?:[A-Z]{{0,3}} ?[$€£₹₱₪₩₦₺₴¥])? ?({_NUMBER}) ?(?i:(k|tsd)\b)?", re.ASCII)
_NOT_BASE = re.compile(r"\b(ote|on[- ]target|commission|earn|total comp|stipend per)", re.IGNORECASE)
_MILLIONS = re.compile(r"\d ?(m|mm|mio|mn|million|bn|lakhs?|lpa|crores?|cr|l)\b", re.IGNORECASE)
_DOLLARS = {"USD", "CAD", "AUD", "NZD", "SGD", "HKD", "MXN", "BRL", "TWD", "ARS", "CLP", "COP"}
_PERIOD_WORDS = re.compile(r"\b(hour|hourly|hr|day|daily|week|weekly|wk|month|monthly|mo|year|yearly|yr|annual|annually|annum)s?\b")
_CODE = re.compile(r"\b[A-Z]{3}\b")


def pay_between(minimum: object, maximum: object, currency: object, period: PayPeriod | None) -> Pay | None:
    """Pay from what a source holds in fields: numbers or text for the bounds, an ISO 4217 code, a period that is known."""
    code = currency_of(currency)
    if not code or period is None:
        return None
    low, high = amount(minimum), amount(maximum)
    if (low is None and high is None) or (low is not None and high is not None and low > high):
        return None
    stated = [bound * PER_YEAR[period] for bound in (low, high) if bound is not None]
    if min(stated) < LEAST_A_YEAR or max(stated) > MOST_A_YEAR:
        return None
    return Pay(code, period, low, high)


def amount(value: object) -> Decimal | None:
    """A positive amount in cents at most, from a number or text such as "72,800" or "1.234,56". Zero and less: unknown."""
    if isinstance(value, bool) or not isinstance(value, str | int | float | Decimal):
        return None
    try:
        number = _decimal(value.strip()) if isinstance(value, str) else Decimal(str(value))
    except (InvalidOperation, ValueError):  # str() of an int with over 4,300 digits
        return None
    if not number.is_finite() or not 0 < number <= MOST_A_YEAR:
        return None
    return number.quantize(Decimal("0.01")) if number != number.to_integral_value() else Decimal(int(number))


def _decimal(text: str) -> Decimal:
    """The last of "." and "," is the decimal mark unless three digits follow it: then it groups, as all before it do."""
    if len(text) > 30 or not re.fullmatch(_NUMBER, text, re.ASCII):
        raise InvalidOperation
    whole, mark, rest = re.fullmatch(r"(.*?)(?:([.,])(\d+))?", re.sub(r"[ '\u00a0\u202f]", "", text)).groups()  # type: ignore[union-attr]
    if mark and len(rest) == 3:
        whole, rest = whole + rest, ""
    return Decimal(re.sub(r"[.,]", "", whole) + (f".{rest}" if rest else ""))


def period_of(value: object) -> PayPeriod | None:
    """From one word or code of a source: "yearly", "HOUR", "1 YEAR", "per-year-salary"."""
    words = re.sub(r"[^a-z0-9]+", " ", fold(value[:60])).strip() if isinstance(value, str) else ""
    return _PERIODS.get(words.removeprefix("per ").removesuffix(" salary").removesuffix(" wage"))


@cache
def _currencies() -> frozenset[str]:
    return frozenset(dict(currency)["alpha_3"] for currency in pycountry.currencies)


def currency_of(value: object) -> str:
    """The ISO 4217 code, in capitals; empty when it is none."""
    code = value.strip().upper() if isinstance(value, str) else ""
    return code if code in _currencies() else ""


def period_in(text: str) -> PayPeriod | None:
    """The one period that a text names ("$14/hour", "Annual Salary"); None when it names none or two."""
    found = {_PERIODS[word] for word in _PERIOD_WORDS.findall(text.lower())}
    return found.pop() if len(found) == 1 else None


def currency_in(text: str) -> str | None:
    """The one currency that a text names by code or sign; empty when it names none (a bare "$" names none), None when several."""
    found = {code for code in _CODE.findall(text) if code in _currencies()}
    found |= {code for sign, code in _SIGNS.items() if re.search(rf"(?<![a-z]){re.escape(sign)}", text.lower())}
    if len(found) > 1 or ("$" in text and not found <= _DOLLARS):
        return None
    return found.pop() if found else ""


def read_pay_text(value: object, *, currency: str = "", period: PayPeriod | None = None) -> Pay | None:
    """Base pay from free text: "$75k - $95k", "€20–25 per hour". `currency` and `period` are what the source's own documentation
    says such texts mean when they do not say it; what the text names itself goes before.
    """
    text = re.sub(r"401 ?\(?k\)?", "", value) if isinstance(value, str) and len(value) <= 200 else ""
    if _NOT_BASE.search(text) or _MILLIONS.search(text) or "%" in text:
        return None
    named = currency_in(text)
    stated = period_in(text)
    bounds = _bounds(text)
    if named is None or bounds is None or (stated is None and _PERIOD_WORDS.search(text.lower())):
        return None
    return pay_between(*bounds, named or currency, stated or period)


def _bounds(text: str) -> tuple[Decimal | None, Decimal | None] | None:
    """One or two amounts. "$40 - $60k" shares its thousands; "from" and "+" leave the top open, "up to" the bottom."""
    found = [(amount(number), bool(thousands)) for number, thousands in _AMOUNT.findall(text)]
    if not 1 <= len(found) <= 2 or any(number is None for number, _ in found):
        return None
    values = [(number or Decimal(0)) * (1000 if thousands else 1) for number, thousands in found]
    if len(values) == 2:
        if found[1][1] and not found[0][1] and values[0] < 1000:
            values[0] *= 1000
        return values[0], values[1]
    if re.search(r"\b(up to|max|bis)\b", text, re.IGNORECASE):
        return None, values[0]
    return values[0], None if re.search(r"\+|\b(from|min|ab|starting|at least)\b", text, re.IGNORECASE) else values[0]
