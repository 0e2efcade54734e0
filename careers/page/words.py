"""Figures and spans in words, the same on every page."""

from datetime import time

from careers.choices import PayUnit
from careers.document.figures import PayBand
from kit.words import HOURS_A_YEAR, SYMBOLS, money, percent, short_money

__all__ = ["clock", "money", "months", "other_unit", "people", "per", "percent", "short_money", "years"]


def per(unit: PayUnit) -> str:
    return PayUnit(unit).label


def other_unit(amount: int, unit: PayUnit, currency: str) -> str:
    """The amount in the other period: an hour for a year, a year for an hour (2,080 hours)."""
    if unit is PayUnit.YEAR:
        sign = SYMBOLS.get(currency, f"{currency} ")
        return f"{sign}{amount / HOURS_A_YEAR:,.2f}"
    return money(amount * HOURS_A_YEAR, currency)


def months(least: int, most: int) -> str:
    """A span of months in the unit people use: 3–24 months, 4–5 years, 6 months."""
    if least >= 24 and most % 12 == least % 12 == 0:
        least, most, unit = least // 12, most // 12, "year"
    else:
        unit = "month"
    if least == most:
        return f"{most} {unit}{'' if most == 1 else 's'}"
    return f"{least}–{most} {unit}s"


def years(least: int, most: int | None) -> str:
    """0–2 years, 5+ years."""
    return f"{least}+ years" if most is None else f"{least}–{most} years"


def clock(moment: time) -> str:
    """9 am, 12:30 pm, noon."""
    if moment == time(12):
        return "noon"
    hour = moment.hour % 12 or 12
    minutes = f":{moment.minute:02}" if moment.minute else ""
    return f"{hour}{minutes} {'am' if moment.hour < 12 else 'pm'}"


def people(band: PayBand, plural: str) -> str:
    """Whom the figures describe."""
    return band.occupation or plural
