"""Asks PostgreSQL for one page of a search, its total and the numbers beside every choice: one statement (docs/search.md)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from itertools import combinations
from typing import Any

from django.db import connection
from django.utils import timezone

from careers.search.vocabulary import synonyms
from jobs.search.facets import AGES, BY_LEXEME, NAMES, UNSTATED, Facet
from jobs.search.query import JobSearch
from jobs.search.where import lexemes_of
from jobs.search.words import text_query

PAGE_SIZE = 20
MOST = 1000  # hits that are counted and can be paged through; what more costs stands in docs/search.md
MAX_HIDDEN = 1000
MAX_NEW_DAYS = 60
# What is empty to PostgreSQL's dictionary (signs that it takes for no word) excludes nothing.
SEARCH = """
SELECT facet, value, jobs FROM jobs_search(
  array_remove(to_tsquery('english', %(english)s) || %(parts)s::tsquery[], NULL),
  array_remove(to_tsquery('english', %(english)s) || %(near)s::tsquery[], NULL),
  coalesce(nullif(!!to_tsquery('english', %(without)s), '') && %(excluded)s::tsquery,
    nullif(!!to_tsquery('english', %(without)s), ''), %(excluded)s::tsquery),
  %(sort)s, %(most)s, %(skip)s, %(size)s, %(posted_from)s::timestamptz, %(seen_from)s::timestamptz, %(hidden)s::bigint[],
  to_tsquery('english', %(titled)s), to_tsquery('english', %(phrased)s), %(facets)s::tsquery[], %(ages)s::timestamptz[])
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
    age = timedelta(days=int(search.age[0])) if search.age else None
    chosen = {name: lexemes for name, lexemes in _chosen(search, facets).items() if lexemes}
    fixed = [part for part in (lexemes_of(search.where), _new_days(search, viewer, now)) if part]
    text = text_query(search.q, search.without, synonyms())
    fixed += [text.lexemes] if text.lexemes else []
    counts_near = bool(chosen or age)
    params: dict[str, Any] = {
        "english": text.english or None,
        "parts": [*fixed, *chosen.values()],
        "near": [*fixed, *_near(list(chosen.values()))],
        "without": text.excluded or None,
        "excluded": " & ".join(f"!'=e{pk}'" for pk in left_out) or None,
        "sort": search.order.value,
        "most": MOST,
        "skip": (search.page - 1) * size,
        "size": size,
        "posted_from": now - age if age else None,
        "seen_from": viewer.since if search.new else None,
        "hidden": list(viewer.hidden[:MAX_HIDDEN]) or None,
        "titled": text.titled or None,
        "phrased": text.phrased or None,
        "facets": [chosen.get(name) for name in BY_LEXEME] if counts_near else None,
        "ages": [now - timedelta(days=days) for days in sorted(map(int, AGES), reverse=True)],
    }
    with connection.cursor() as cursor:
        cursor.execute(SEARCH, params)
        return _read(cursor.fetchall(), {*chosen, *(("age",) if age else ())})


def _chosen(search: JobSearch, facets: Iterable[Facet]) -> dict[str, str]:
    """Facets in which something is chosen, as tsquery text; age is no lexeme."""
    found = {}
    for facet in search.active(facets):
        lexemes = [lexeme for option in facet.chosen(search.values(facet.name)) for lexeme in option.lexemes]
        if facet.name == "pay" and search.unstated:
            lexemes += UNSTATED
        found[facet.name] = " | ".join(f"'{lexeme}'" for lexeme in lexemes)
    return found


def _new_days(search: JobSearch, viewer: Viewer, now: datetime) -> str:
    """The days on which jobs came that are new to the viewer: what the index can find; the exact moment is compared as well."""
    if not search.new or viewer.since is None:
        return ""
    last, first = _day(now), _day(max(viewer.since, now - timedelta(days=MAX_NEW_DAYS)))
    return " | ".join(f"'=n{day}'" for day in range(first, last + 1))


def _day(moment: datetime) -> int:
    """As SQL's jobs_day()."""
    return (moment.astimezone(UTC).date() - date(2020, 1, 1)).days


def _near(chosen: list[str]) -> list[str]:
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
        elif facet.startswith("near ") or facet not in chosen:
            counts.setdefault(facet.removeprefix("near "), {})[value] = jobs
    at_least = {name for name in NAMES if (near if name in chosen else total) >= MOST}
    return Found(total, [pk for pk in ids if pk is not None], counts, frozenset(at_least))
