"""Figures that are older than their kind allows, and growth whose wording belongs to another vintage."""

import re
from datetime import date

from careers.choices import Section
from careers.document.figures import Outlook, PayBand
from careers.document.schema import Guide
from careers.gates.context import Context
from careers.gates.problem import Found
from careers.growth import VINTAGES

# Years. Pay: OEWS comes out yearly, about a year after its May. Outlook: projections come out yearly, from one to two years
# after the year that they begin with. A source that nobody looked at for two years may have moved on.
PAY, OUTLOOK, SOURCE = 3, 3, 2


def period_end(period: str | None) -> int | None:
    """The last year that a period names: "May 2024" -> 2024, "2024-34" -> 2034. None where it names none."""
    if not period:
        return None
    years = [int(year) for year in re.findall(r"\b(?:19|20)\d\d\b", period)]
    if short := re.search(r"\b((?:19|20)\d\d)\s*[-–/]\s*(\d\d)\b(?!\d)", period):
        years.append(int(short[1][:2] + short[2]))
    return max(years, default=None)


def check(guide: Guide, context: Context) -> Found:
    today = context.today
    for number, band in enumerate(guide.pay, 1):
        yield from _pay(number, band, today)
    for number, outlook in enumerate(guide.outlook, 1):
        yield from _outlook(number, outlook, today)
    for source in guide.sources:
        if source.retrieved and _years(source.retrieved, today) > SOURCE:
            yield Section.SOURCES, f"“{source.title}” was last looked at on {source.retrieved:%-d %B %Y}: see whether it is still true."


def _pay(number: int, band: PayBand, today: date) -> Found:
    end = period_end(band.period)
    if end is not None and today.year - end > PAY - 1:
        yield Section.PAY, f"Pay band {number} is of {band.period}: look for newer figures."


def _outlook(number: int, outlook: Outlook, today: date) -> Found:
    if outlook.period_from is None or outlook.period_to is None:
        return
    years = f"{outlook.period_from}–{outlook.period_to}"
    if today.year - outlook.period_from > OUTLOOK:
        yield Section.OUTLOOK, f"Outlook {number} is of {years}: look for the newer projection."
    if outlook.country == "US" and (outlook.period_from, outlook.period_to) not in VINTAGES:
        known = ", ".join(f"{start}–{end}" for start, end in VINTAGES)
        yield (
            Section.OUTLOOK,
            f"Outlook {number} is of {years}; the official wording is known for {known} only, so arithmetic speaks.",
        )
    if outlook.stated_label and outlook.period_from and (outlook.period_from, outlook.period_to) not in VINTAGES:
        yield Section.OUTLOOK, f"The label “{outlook.stated_label}” came with an imported text of another vintage; it is not shown."


def _years(since: date, today: date) -> float:
    return (today - since).days / 365.25
