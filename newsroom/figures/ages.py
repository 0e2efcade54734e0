"""How old a figure is, by the period that it states."""

import re
from collections.abc import Iterator
from datetime import date
from functools import lru_cache

MONTHS = {
    name[:3]: number
    for number, name in enumerate(
        ("january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december"), 1
    )
}
# "May 2024", "2024-34" and "2019–2023"; years as surveys write them
_MOMENT = re.compile(r"(?:\b([a-z]{3,9})\.?\s+)?\b((?:19|20)\d\d)(?:\s*[-–/]\s*(\d\d)(?!\d))?", re.IGNORECASE)
_QUARTER = re.compile(r"\bq([1-4])\b", re.IGNORECASE)
DAYS_A_YEAR = 365.25


def age(period: str, today: date) -> float | None:
    """Years since the newest moment in the period that is not to come: a projection for 2024-34 is as old as 2024. A year is taken by
    its middle. None when the period names no year, or only years to come.
    """
    past = [moment for moment in _moments(period) if moment <= today]
    return (today - max(past)).days / DAYS_A_YEAR if past else None


@lru_cache(maxsize=2048)
def _moments(period: str) -> tuple[date, ...]:
    return tuple(_read(period))


def _read(period: str) -> Iterator[date]:
    quarter = _QUARTER.search(period)
    middle = int(quarter[1]) * 3 - 1 if quarter else 7
    for word, year, short in _MOMENT.findall(period):
        yield date(int(year), MONTHS.get(word[:3].lower(), middle), 1)
        if short:
            yield date(int(year[:2] + short), middle, 1)
