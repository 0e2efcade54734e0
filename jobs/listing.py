"""A job as its source states it: what adapters make of a feed and ingestion stores. Plain values, no database."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal

from jobs.choices import Kind, Level, PayPeriod, Workplace

MAX_TITLE = 200
MAX_EMPLOYER = 200
MAX_PLACE = 200
MAX_DESCRIPTION = 60_000  # characters of cleaned HTML


@dataclass(frozen=True)
class Pay:
    """As stated: amounts in whole units of `currency` (ISO 4217) per `period`. One bound may be open, never both."""

    currency: str
    period: PayPeriod
    minimum: Decimal | None
    maximum: Decimal | None


@dataclass(frozen=True)
class Reach:
    """Who may apply, by where they live. Nothing known: all empty and not anywhere.

    `countries`: ISO 3166-1 alpha-2. `regions`: keys of `jobs.geography.REGIONS`.
    """

    anywhere: bool = False
    countries: frozenset[str] = frozenset()
    regions: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Listing:
    """`external_id` is the source's own and stays the same from day to day. `description` is HTML that nobody has cleaned.

    `posted`, `valid_through`, `updated` (when the source says it last changed it): aware, UTC. The country of the place of work
    is in `place_country` (empty: unknown). `apply_email`: applications go through our form to this address, and `apply_url` may be empty.
    """

    external_id: str
    title: str
    employer: str
    apply_url: str
    description: str = ""
    place: str = ""
    place_country: str = ""
    workplace: Workplace | None = None
    reach: Reach = field(default_factory=Reach)
    kind: Kind | None = None
    level: Level | None = None
    pay: Pay | None = None
    skills: tuple[str, ...] = ()
    posted: datetime | None = None
    valid_through: datetime | None = None
    updated: datetime | None = None
    apply_email: str = ""


@dataclass(frozen=True)
class Rejected:
    """One item of a feed that could not be read: which, and why, in words for staff."""

    which: str
    why: str


@dataclass(frozen=True)
class Feed:
    """What one answer of a source holds. `is_whole`: the source says, or its kind implies, that these are all of its jobs.

    `items` may be lazy and can be walked through once; going through it raises nothing. `more`: address of the next page, on the
    same host; empty on the last.
    """

    items: Iterable[Listing | Rejected]
    is_whole: bool
    more: str = ""
    attribution: str = ""


class UnreadableFeed(Exception):
    """The answer as a whole is not what this kind of source sends. The message says what was found instead."""
