"""From a listing to the columns of a job: cleaned, normalised, and with the two hashes. No database."""

import hashlib
import json
from dataclasses import asdict, dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from jobs.choices import PER_YEAR
from jobs.listing import Listing, Pay
from jobs.reading.html import clean, summary
from kit.text import fold

# Raised when the way a job is made from its listing changes: every job is made anew at the next run.
RECIPE = 1


@dataclass(frozen=True)
class Facts:
    """`columns` of jobs.Job; skills and guide are found by the words in them."""

    external_id: str
    employer: str
    content_hash: str
    columns: dict[str, Any]
    skills: tuple[str, ...]


def content_hash(listing: Listing) -> str:
    """The same for the same statement, whatever the day."""
    plain = json.dumps([RECIPE, asdict(listing)], sort_keys=True, default=_plain, ensure_ascii=False)
    return hashlib.sha256(plain.encode()).hexdigest()


def _plain(value: object) -> object:
    if isinstance(value, frozenset):
        return sorted(value)
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, datetime):
        return value.isoformat()
    raise TypeError(type(value).__name__)


def fingerprint(listing: Listing) -> str:
    """The same for the same ad in several sources: employer, title, place and workplace, whatever case and accents."""
    parts = (listing.employer, listing.title, listing.place, listing.workplace or "")
    return hashlib.sha256("|".join(" ".join(fold(part).split()) for part in parts).encode()).hexdigest()


def facts_of(listing: Listing, hashed: str, *, now: datetime, first_seen: datetime) -> Facts:
    """`first_seen` stands in for the day of posting where the listing does not state it."""
    description = clean(listing.description)
    columns = {
        "title": listing.title,
        "description": description,
        "summary": summary(description),
        "place": listing.place,
        "place_country": listing.place_country,
        "workplace": listing.workplace or "",
        "anywhere": listing.reach.anywhere,
        "countries": sorted(listing.reach.countries),
        "regions": sorted(listing.reach.regions),
        "kind": listing.kind or "",
        "level": listing.level or "",
        "apply_url": listing.apply_url,
        "apply_email": listing.apply_email,
        "posted_at": min(listing.posted or first_seen, now),
        "valid_through": listing.valid_through,
        "content_hash": hashed,
        "fingerprint": fingerprint(listing),
        **pay_columns(listing.pay),
    }
    return Facts(listing.external_id, listing.employer, hashed, columns, listing.skills)


def pay_columns(pay: Pay | None) -> dict[str, Any]:
    """As stated, and per year in its own currency. Nothing is converted or filled in."""
    if pay is None:
        empty = {"pay_minimum": None, "pay_maximum": None, "pay_currency": "", "pay_period": ""}
        return {**empty, "year_minimum": None, "year_maximum": None}
    return {
        "pay_minimum": pay.minimum,
        "pay_maximum": pay.maximum,
        "pay_currency": pay.currency,
        "pay_period": pay.period,
        "year_minimum": yearly(pay.minimum, pay),
        "year_maximum": yearly(pay.maximum, pay),
    }


def yearly(amount: Decimal | None, pay: Pay) -> int | None:
    return None if amount is None else round(amount * PER_YEAR[pay.period])
