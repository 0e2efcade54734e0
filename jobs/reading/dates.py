"""Moments from Unix time, ISO 8601 and RFC 2822, as aware UTC. What lies outside belief is unknown, not corrected."""

import re
from datetime import UTC, datetime, time, timedelta
from decimal import Decimal
from email.utils import parsedate_to_datetime

from django.utils import timezone

EARLIEST = datetime(2000, 1, 1, tzinfo=UTC)
MILLISECONDS_FROM = 10**11  # as seconds that is the year 5138, as milliseconds 1973
_DATE_ONLY = re.compile(r"\d{4}-\d{2}-\d{2}")


def read_posted(value: object) -> datetime | None:
    """When a job was posted. A date alone is its midnight UTC. Unknown when before 2000 or more than a day ahead of now."""
    moment = _moment(value, time.min)
    return moment if moment and EARLIEST <= moment <= timezone.now() + timedelta(days=1) else None


def read_until(value: object) -> datetime | None:
    """Until when one may apply; a date alone counts to its end, UTC. Unknown when before 2000 or over five years ahead."""
    moment = _moment(value, time(23, 59, 59))
    return moment if moment and EARLIEST <= moment <= timezone.now() + timedelta(days=5 * 366) else None


def _moment(value: object, at: time) -> datetime | None:
    """Without a zone it is UTC: so Jobicy documents it, and no other source names another."""
    if isinstance(value, bool):
        return None
    if isinstance(value, int | float | Decimal):
        return _unix(value)
    text = value.strip()[:60] if isinstance(value, str) else ""
    if text.isascii() and text.isdigit() and len(text) >= 9:
        return _unix(int(text))
    try:
        if _DATE_ONLY.fullmatch(text):
            return datetime.combine(datetime.fromisoformat(text), at, UTC)
        return _utc(datetime.fromisoformat(text) if text[:4].isdigit() else parsedate_to_datetime(text))
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def _utc(moment: datetime) -> datetime:
    return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)


def _unix(number: int | float | Decimal) -> datetime | None:
    if not 0 < number < MILLISECONDS_FROM * 1000:  # NaN compares false
        return None
    seconds = number / 1000 if number >= MILLISECONDS_FROM else number
    try:
        return datetime.fromtimestamp(int(seconds), UTC)
    except (ValueError, OverflowError, OSError):
        return None
