"""Asks PostgreSQL for one page of a search, its total and the numbers beside every choice: one statement (docs/search.md)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from itertools import combinations
from typing import Any

from django.db import connection
from django.utils import timezone

from jobs.search.facets import AGES, BY_LEXEME, NAMES, Facet
from jobs.search.query import JobSearch
from jobs.search.sought import Sought

PAGE_SIZE = 20
MOST = 1000  # hits that are counted and can be paged through; what more costs stands in docs/search.md
MAX_HIDDEN = 1000
MAX_NEW_DAYS = 60
# What is empty to PostgreSQL's dictionary (signs that it takes for no word) excludes nothing.
SEARCH = """
SELECT facet, value, jobs FROM jobs_search(
  array_remove(to_tsquery('english', %(english)s) || %(parts)s::tsquery[], NULL),
  array_remove(to_tsquery('english', %(english)s) || %(near)s::tsquery[], NULL), %(fixed)s,
  coalesce(nullif(!!to_tsquery('english', %(without)s), '') && %(excluded)s::tsquery,
    nullif(!!to_tsquery('english', %(without)s), ''), %(excluded)s::tsquery),
  %(sort)s, %(most)s, %(skip)s, %(size)s, %(seen_from)s::timestamptz, %(hidden)s::bigint[],
  to_tsquery('english', %(titled)s), to_tsquery('english', %(phrased)s), %(ages)s::timestamptz[], %(chosen)s::text[],
  %(workplace)s::smallint[], %(pay)s::int, %(unstated)s, %(level)s::smallint[], %(kind)s::smallint[], %(field)s::bigint[],
  %(guide)s::bigint[], %(employer)s::bigint[], %(aged)s::timestamptz)
"""


@dataclass(frozen=True)
class Viewer:
    """What is known of the one who looks: jobs they hid, and when their last visit ended."""

    hidden: tuple[int, ...] = ()
    since: datetime | None = None


NOBODY = Viewer()


@dataclass(frozen=True)
class Found:
    """`total` is at most MOST; at MOST there may be more. `counts`: facet -> SQL's key -> hits if only it were chosen there.

    `at_least`: facets whose numbers were counted over MOST hits only.
    """

    total: int
    ids: list[int]
    counts: dict[str, dict[int | None, int]] = field(default_factory=dict)
    at_least: frozenset[str] = frozenset()

    @property
    def is_capped(self) -> bool:
        return self.total >= MOST


def find(
    search: JobSearch,
    facets: Iterable[Facet],
    *,
    left_out: Sequence[int] = (),
    viewer: Viewer = NOBODY,
    size: int = PAGE_SIZE,
) -> Found:
    """Run it: one statement. `left_out`: employers (ids) whose jobs are not wanted."""
    now = timezone.now()
    active = search.active(facets)
    sought = Sought.of(search, active, left_out)
    fixed = [*sought.fixed, *filter(None, [_new_days(search, viewer, now)])]
    params: dict[str, Any] = {
        "english": sought.english or None,
        "parts": [*fixed, *sought.chosen],
        "near": [*fixed, *([] if fixed or sought.english else _near(sought.chosen))],
        "fixed": len(fixed) + bool(sought.english),
        "without": sought.without or None,
        "excluded": sought.excluded or None,
        "sort": search.order.value,
        "most": MOST,
        "skip": (search.page - 1) * size,
        "size": size,
        "seen_from": viewer.since if search.new else None,
        "hidden": list(viewer.hidden[:MAX_HIDDEN]) or None,
        "titled": sought.titled or None,
        "phrased": sought.phrased or None,
        "ages": [now - timedelta(days=days) for days in sorted(map(int, AGES), reverse=True)],
        "chosen": [facet.name for facet in active],
        **dict.fromkeys(BY_LEXEME),
        **{facet.name: _keys(facet, search) for facet in active if facet.name in BY_LEXEME},
        "unstated": search.unstated,
        "aged": now - timedelta(days=int(search.age[0])) if search.age else None,
    }
    with connection.cursor() as cursor:
        cursor.execute(SEARCH, params)
        return _read(cursor.fetchall(), {facet.name for facet in active})


def _keys(facet: Facet, search: JobSearch) -> list[int] | int:
    """What is chosen, as the columns of the search rows hold it; of pay the least that is wanted, in dollars a year."""
    chosen = facet.chosen(search.values(facet.name))
    return min(chosen[0].keys) * 1000 if facet.name == "pay" else [key for option in chosen for key in option.keys]


def _new_days(search: JobSearch, viewer: Viewer, now: datetime) -> str:
    """The days on which jobs came that are new to the viewer: what the index can find; the exact moment is compared as well."""
    if not search.new or viewer.since is None:
        return ""
    return new_days(max(viewer.since, now - timedelta(days=MAX_NEW_DAYS)), now)


def new_days(since: datetime, until: datetime) -> str:
    """The days on which jobs came that were first seen between the two, as tsquery text."""
    return " | ".join(f"'=n{day}'" for day in range(_day(since), _day(until) + 1))


def _day(moment: datetime) -> int:
    """As SQL's jobs_day()."""
    return (moment.astimezone(UTC).date() - date(2020, 1, 1)).days


def _near(chosen: Sequence[str]) -> list[str]:
    """All of them but one, whichever: one text query; none where leaving one out leaves nothing."""
    if len(chosen) < 2:
        return []
    return [" | ".join(f"({' & '.join(f'({part})' for part in some)})" for some in combinations(chosen, len(chosen) - 1))]


def _read(rows: list[tuple[str, int | None, int]], chosen: set[str]) -> Found:
    total, near, ids = 0, 0, []
    counts: dict[str, dict[int | None, int]] = {}
    for facet, value, jobs in rows:
        if facet == "total":
            total = jobs
        elif facet == "near":
            near = jobs
        elif facet == "page":
            ids.append(value)
        else:  # where both lists count the same choice, each says "at least"
            beside = counts.setdefault(facet.removeprefix("near "), {})
            beside[value] = max(jobs, beside.get(value, 0))
    at_least = {name for name in NAMES if total >= MOST or (name in chosen and near >= MOST // 2)}
    return Found(total, [pk for pk in ids if pk is not None], counts, frozenset(at_least))
