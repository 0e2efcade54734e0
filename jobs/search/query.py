"""One search of jobs: read from an address, written back to it, put into words. Frozen, so that it can be kept."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Self
from urllib.parse import urlencode

from django.db.models import TextChoices
from django.http import QueryDict

from careers.search import clean
from jobs.choices import Kind, Level, Workplace
from jobs.search.lexemes import PAY_STEPS

MAX_VALUES = 10  # of one filter
MAX_PAGE = 500


class Sort(TextChoices):
    BEST = "best", "Best match"
    NEWEST = "newest", "Newest"
    PAY = "pay", "Highest pay"


class Age(TextChoices):
    """Days since it was posted."""

    DAY = "1", "Last 24 hours"
    WEEK = "7", "Last 7 days"
    MONTH = "30", "Last 30 days"


PAY: Mapping[str, str] = {str(step * 1000): f"${step * 1000:,} or more" for step in PAY_STEPS}
FIXED: Mapping[str, Mapping[str, str]] = {
    "workplace": dict(Workplace.choices),
    "kind": dict(Kind.choices),
    "level": dict(Level.choices),
}


@dataclass(frozen=True)
class JobSearch:
    """What somebody looks for. Empty means no limit.

    `q`: words, "phrases" and -words in title, employer and skills. `where`: a country, a place, or "remote".
    `field`, `guide`, `employer`: slugs. `hides_pay`: with a least pay, also jobs that do not state theirs.
    """

    q: str = ""
    where: str = ""
    workplace: tuple[str, ...] = ()
    kind: tuple[str, ...] = ()
    level: tuple[str, ...] = ()
    pay: str = ""
    hides_pay: bool = True
    age: str = ""
    field: str = ""
    guide: str = ""
    employer: tuple[str, ...] = ()
    without_employer: tuple[str, ...] = ()
    sort: Sort | None = None  # None: best for words, newest without
    page: int = 1

    @classmethod
    def from_query(cls, query: QueryDict) -> Self:
        """Never fails: what is unknown or unreadable counts as absent."""
        q = clean.text(query.get("q", ""))
        sort = next((one for one in Sort if one.value == query.get("sort")), None)
        if sort is (Sort.BEST if q else Sort.NEWEST) or (sort is Sort.BEST and not q):
            sort = None
        return cls(
            q=q,
            where=clean.text(query.get("where", "")),
            pay=_one_of(query.get("pay", ""), PAY),
            hides_pay=query.get("hidden_pay") != "no",
            age=_one_of(query.get("age", ""), Age.values),
            field=_slug(query.get("field", "")),
            guide=_slug(query.get("guide", "")),
            employer=_slugs(query.getlist("employer")),
            without_employer=_slugs(query.getlist("not_employer")),
            sort=sort,
            page=min(clean.number(query.get("page", "")), MAX_PAGE),
            **{name: clean.values(query.getlist(name), tuple(options)) for name, options in FIXED.items()},
        )

    def to_query(self) -> str:
        """Canonical query string without '?'; what is at its default is absent."""
        pairs = [(name, value) for name in ("q", "where") if (value := getattr(self, name))]
        pairs += [(name, value) for name in FIXED for value in getattr(self, name)]
        pairs += [("pay", self.pay)] if self.pay else []
        pairs += [("hidden_pay", "no")] if self.pay and not self.hides_pay else []
        pairs += [(name, value) for name in ("age", "field", "guide") if (value := getattr(self, name))]
        pairs += [("employer", slug) for slug in self.employer] + [("not_employer", slug) for slug in self.without_employer]
        pairs += [("sort", self.sort.value)] if self.sort else []
        pairs += [("page", str(self.page))] if self.page > 1 else []
        return urlencode(pairs)

    @property
    def order(self) -> Sort:
        return self.sort or (Sort.BEST if self.q else Sort.NEWEST)

    @property
    def is_bare(self) -> bool:
        return replace(self, page=1) == type(self)()

    def at(self, page: int) -> Self:
        return replace(self, page=page)

    def without(self, name: str, value: str = "") -> Self:
        """Without one filter, or without one value of it; from its first page."""
        now = getattr(self, name)
        empty: Any = (
            tuple(one for one in now if value and one != value) if isinstance(now, tuple) else type(self).__dataclass_fields__[name].default
        )
        return replace(self, page=1, **{name: empty})


def _one_of(value: str, known: Iterable[str]) -> str:
    return value if value in set(known) else ""


def _slug(value: str) -> str:
    return value if re.fullmatch(r"[a-z0-9-]{1,220}", value) else ""


def _slugs(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted({slug for value in values if (slug := _slug(value))}))[:MAX_VALUES]
