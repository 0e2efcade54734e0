"""Many searches at once over the jobs of some days: what alerts ask. docs/alerts.md tells what was measured.

The new jobs' search rows are copied into a small table with an index of its own, and each search is one look into that: its cost
grows with the number of searches and not with all jobs there are.
"""

from array import array
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import count
from typing import Any

from django.db import connection
from django.http import QueryDict

from jobs.search.catalogue import catalogue, employers_by_slug
from jobs.search.engine import new_days
from jobs.search.facets import Facet, Named, employer_facet
from jobs.search.query import JobSearch
from jobs.search.sought import Sought

MOST_IDS = 200  # jobs of one search that are named; all are counted
NOTHING = "'=none'"  # no row has it
_numbers = count(1)

_COPY = """
CREATE TEMPORARY TABLE {name} AS SELECT job_id, posted_at, first_seen_at, pay, search FROM jobs_searchrow
WHERE search @@ %s::tsquery AND first_seen_at > %s AND first_seen_at <= %s;
CREATE INDEX ON {name} USING gin (search) WITH (fastupdate = off);
ANALYZE {name}
"""
# An empty text makes an empty query, which && leaves out. Where nothing is asked but words to leave out, the days stand for
# "everything": an index finds nothing by what is not there.
_MATCH = """
WITH asked AS MATERIALIZED (
  SELECT n, since, sort, titled, phrased,
    CASE WHEN numnode(positive) = 0 THEN %(everything)s::tsquery ELSE positive && %(within)s::tsquery END && negative AS query
  FROM (
    SELECT n, since, sort, to_tsquery('english', english) && lexemes::tsquery AS positive,
      !!to_tsquery('english', without) && excluded::tsquery AS negative,
      CASE WHEN sort = 'best' THEN to_tsquery('english', titled) END AS titled,
      CASE WHEN sort = 'best' THEN to_tsquery('english', phrased) END AS phrased
    FROM unnest(%(n)s::int[], %(since)s::timestamptz[], %(sort)s::text[], %(english)s::text[], %(lexemes)s::text[], %(without)s::text[],
      %(excluded)s::text[], %(titled)s::text[], %(phrased)s::text[])
      AS given (n, since, sort, english, lexemes, without, excluded, titled, phrased)
  ) AS queries
)
SELECT asked.n, found.total, found.paid, found.middle, found.ids
FROM asked
CROSS JOIN LATERAL (
  SELECT count(*) AS total, count(*) FILTER (WHERE pay >= 0) AS paid,
    percentile_disc(0.5) WITHIN GROUP (ORDER BY pay) FILTER (WHERE pay >= 0) AS middle,
    (array_agg(job_id ORDER BY
      CASE asked.sort WHEN 'pay' THEN pay WHEN 'best' THEN (search @@ titled)::int + (search @@ phrased)::int ELSE 0 END DESC,
      posted_at DESC, job_id DESC))[:%(most)s] AS ids
  FROM {name} WHERE search @@ asked.query AND first_seen_at > asked.since AND first_seen_at <= %(until)s
) AS found
WHERE found.total > 0
"""


@dataclass(frozen=True)
class Watched:
    """A search (the canonical query string of one `for_alert()`) and the moment after which jobs are new to it."""

    query: str
    since: datetime


@dataclass(frozen=True)
class Matched:
    """`total` new jobs; `ids` the first of them in the order of the search, at most MOST_IDS. `paid` of them state a pay in US
    dollars, `middle` is the median of these (top of the range, dollars a year).
    """

    total: int = 0
    paid: int = 0
    middle: int | None = None
    ids: "array[int]" = field(default_factory=lambda: array("q"))


NONE = Matched()


class NewJobs:
    """Open jobs that we first saw after `since` and up to `until`."""

    def __init__(self, since: datetime, until: datetime, *, copy: str = "") -> None:
        """`copy`: a table that holds nothing else. Without one the rows of all jobs are asked: right for a few searches."""
        self.since, self.until = since, until
        self._name = copy or "jobs_searchrow"
        self._is_copy = bool(copy)

    def match(self, watched: Sequence[Watched]) -> list[Matched]:
        """One answer for each, in their order; two statements at most. Give some hundreds at once, each only once."""
        asked = list(_sought([one.query for one in watched]))
        columns: dict[str, Any] = {
            "n": list(range(len(watched))),
            "since": [one.since for one in watched],
            "sort": [search.order.value for search, _ in asked],
            "english": [sought.english for _, sought in asked],
            "lexemes": [_joined([*sought.fixed, *sought.chosen]) for _, sought in asked],
            **{name: [getattr(sought, name) for _, sought in asked] for name in ("without", "excluded", "titled", "phrased")},
        }
        found = [NONE] * len(watched)
        everything = new_days(self.since, self.until)
        columns |= {"everything": everything, "within": "" if self._is_copy else everything}
        columns |= {"until": self.until, "most": MOST_IDS}
        with connection.cursor() as cursor:
            cursor.execute(_MATCH.format(name=self._name), columns)
            for n, total, paid, middle, ids in cursor:
                found[n] = Matched(total, paid, middle, array("q", ids))
        return found


@contextmanager
def copied(since: datetime, until: datetime) -> Iterator[NewJobs]:
    """For many searches, as the jobs were when this began. Holds a temporary table: all of it runs on one connection to the database."""
    name = f"jobs_new_{next(_numbers)}"
    with connection.cursor() as cursor:
        cursor.execute("SET client_min_messages = warning")  # else there is a notice for each empty text
        cursor.execute(_COPY.format(name=name), [new_days(since, until), since, until])
        try:
            yield NewJobs(since, until, copy=name)
        finally:
            # Where the caller's transaction was rolled back, the table went with it.
            cursor.execute(f"DROP TABLE IF EXISTS {name}; RESET client_min_messages")


def read(query: str) -> JobSearch:
    """The search that an alert keeps, by the addresses that its guides and fields have today."""
    return catalogue().today(JobSearch.from_query(QueryDict(query)).for_alert())


def _sought(queries: Iterable[str]) -> Iterator[tuple[JobSearch, Sought]]:
    searches = [read(query) for query in queries]
    named = employers_by_slug(tuple({slug for search in searches for slug in (*search.employer, *search.no_employer)}))
    facets = catalogue().facets()[:-1]
    for search in searches:
        employer = _of(named, search.employer)
        chosen = [*search.active(facets), *([employer_facet(employer)] if search.employer else [])]
        renamed = replace(search, employer=tuple(one.slug for one in employer))
        sought = Sought.of(renamed, chosen, [one.pk for one in _of(named, search.no_employer)])
        # A guide or employer that is gone must find nothing: without it the search would be a wider one than was asked for.
        gone = bool(search.active(facets)) + bool(search.employer)
        yield search, replace(sought, chosen=(*sought.chosen, NOTHING)) if len(sought.chosen) < gone else sought


def _of(named: dict[str, Named], slugs: Sequence[str]) -> list[Named]:
    return list(dict.fromkeys(named[slug] for slug in slugs if slug in named))


def _joined(parts: Sequence[str]) -> str:
    return " & ".join(f"({part})" for part in parts)


def facets_of(search: JobSearch) -> tuple[Facet, ...]:
    """All facets, with the employers that the search names: for its words. One query where it names some."""
    named = employers_by_slug((*search.employer, *search.no_employer))
    return catalogue().facets(tuple(_of(named, search.employer)))
