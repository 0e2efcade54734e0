"""One statement per search: total, facets and the page of results, from one list of hits.

The list holds the newest MOST hits that fit all conditions; totals and facets count it, so that no search costs more
than that list. Rare conditions come through the GIN index. Very common ones would have to read most of it, so the
rows are walked by date instead until the list is full: the planner's own estimate decides (`_is_common`).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import connection, transaction

MOST = 10_000  # hits that are counted; one more means "10,000+"
RANKED = 500  # hits that are ordered by their words, the newest; the others follow by date
PER_PAGE = 20
COMMON = 40_000  # estimated hits from which walking by date is cheaper than the bitmap of the GIN index

FACETS = ("workplace", "kind", "level", "guide_id", "field_id", "employer_id", "pay", "age")
TOP = 30  # values of a facet that are returned

# Steps of the two facets that are ranges: each counts what is at least that much pay, or at most that old.
_RANGES = {
    "pay": "SELECT s::text, count(*) FILTER (WHERE pay >= s * 1000), count(*) FILTER (WHERE pay IS NULL) FROM {hits}, unnest(%(steps)s) s GROUP BY s",
    "age": "SELECT s::text, count(*) FILTER (WHERE posted_at >= %(now)s - s * interval '1 day'), 0 FROM {hits}, unnest(%(ages)s) s GROUP BY s",
}


@dataclass(frozen=True)
class Conditions:
    """`words`: for websearch_to_tsquery, folded. `filters`: name of the facet -> tsquery in PostgreSQL's writing.

    `since`: name of the facet "age" when it is on. `but`: a tsquery that must not match.
    """

    words: str = ""
    filters: Mapping[str, str] = field(default_factory=dict)
    but: str = ""
    since: datetime | None = None


@dataclass(frozen=True)
class Found:
    """`total` is at most MOST; `is_more` when there are more. `facets`: name -> value -> count. `hidden_pay`: of all hits."""

    job_ids: list[int]
    total: int
    is_more: bool
    facets: dict[str, dict[str, int]]
    hidden_pay: int


def search(conditions: Conditions, *, order: str, page: int, now: datetime, facets: Sequence[str] = FACETS) -> Found:
    """`order`: best, newest or pay. Pages count from 1; one past the end is empty."""
    statement, values = build(conditions, order=order, page=page, facets=facets)
    values |= {"now": now}
    with transaction.atomic(), connection.cursor() as cursor:
        if _is_common(cursor, conditions, values):
            cursor.execute("SET LOCAL enable_bitmapscan = off; SET LOCAL enable_seqscan = off; SET LOCAL enable_sort = off")
        cursor.execute(statement, values)
        return _found(cursor.fetchall())


def build(conditions: Conditions, *, order: str, page: int, facets: Sequence[str]) -> tuple[str, dict[str, Any]]:
    """The statement and its values. A facet that is on counts its own values without itself, so it needs hits of its own."""
    values: dict[str, Any] = {
        "words": conditions.words,
        "but": conditions.but or None,
        "since": conditions.since,
        "most": MOST + 1,
        "ranked": RANKED,
        "offset": (page - 1) * PER_PAGE,
        "limit": PER_PAGE,
        "top": TOP,
        "steps": [20, 30, 40, 50, 60, 80, 100, 120, 150, 200],
        "ages": [1, 7, 30],
    }
    lists = [_hits("hits", conditions, values, leave_out="")]
    own = {name: f"hits_{name}" for name in facets if name in conditions.filters or (name == "age" and conditions.since)}
    lists += [_hits(hits, conditions, values, leave_out=name) for name, hits in own.items()]
    parts = ["SELECT 'total' AS what, '' AS value, count(*) AS n, count(*) FILTER (WHERE pay IS NULL) AS m FROM hits", f"({_page(order)})"]
    parts += [f"({_facet(name, own.get(name, 'hits'))})" for name in facets]
    return f"WITH {', '.join(lists)}, {_RANK} {' UNION ALL '.join(parts)}", values


def _hits(name: str, conditions: Conditions, values: dict[str, Any], *, leave_out: str) -> str:
    where = _where(conditions, values, leave_out=leave_out)
    columns = "job_id, posted_at, pay, workplace, kind, level, guide_id, field_id, employer_id"
    return f"{name} AS MATERIALIZED (SELECT {columns} FROM jobs_searchrow{where} ORDER BY posted_at DESC, job_id DESC LIMIT %(most)s)"


def _where(conditions: Conditions, values: dict[str, Any], *, leave_out: str = "") -> str:
    """All words and filters as one tsquery, so that the index answers them together."""
    asked = ["websearch_to_tsquery('english', %(words)s)"] if conditions.words else []
    for name, query in conditions.filters.items():
        if name != leave_out:
            values[f"filter_{name}"] = query
            asked.append(f"%(filter_{name})s::tsquery")
    if conditions.but:
        asked.append("!!(%(but)s::tsquery)")
    where = [f"vector @@ ({' && '.join(asked)})"] if asked else []
    if conditions.since and leave_out != "age":
        where.append("posted_at >= %(since)s")
    return f" WHERE {' AND '.join(where)}" if where else ""


# Ranks of the newest hits by their words: reading a vector costs more than counting a row.
_RANK = """ranked AS (
  SELECT h.job_id, ts_rank('{0.05, 0.2, 0.4, 1.0}', r.vector, websearch_to_tsquery('english', %(words)s)) AS rank
  FROM (SELECT job_id FROM hits ORDER BY posted_at DESC, job_id DESC LIMIT CASE WHEN %(words)s = '' THEN 0 ELSE %(ranked)s END) h
  JOIN jobs_searchrow r USING (job_id))"""

_ORDERS = {
    "best": "ranked.rank DESC NULLS LAST, hits.posted_at DESC, hits.job_id DESC",
    "newest": "hits.posted_at DESC, hits.job_id DESC",
    "pay": "hits.pay DESC NULLS LAST, hits.posted_at DESC, hits.job_id DESC",
}


def _page(order: str) -> str:
    join = "LEFT JOIN ranked USING (job_id)" if order == "best" else ""
    return (
        f"SELECT 'page', job_id::text, row_number() OVER (ORDER BY {_ORDERS[order]}), 0 FROM hits {join} "
        f"ORDER BY {_ORDERS[order]} OFFSET %(offset)s LIMIT %(limit)s"
    )


def _facet(name: str, hits: str) -> str:
    if name in _RANGES:
        return f"SELECT '{name}', * FROM ({_RANGES[name].format(hits=hits)}) counted"
    return (
        f"SELECT '{name}', {name}::text, count(*) AS n, 0 FROM {hits} WHERE {name} IS NOT NULL AND {name}::text <> '' "
        f"GROUP BY {name} ORDER BY n DESC LIMIT %(top)s"
    )


def _is_common(cursor: Any, conditions: Conditions, values: dict[str, Any]) -> bool:
    """Whether the planner expects so many hits that walking by date fills the list sooner. Plans, and runs nothing."""
    where = _where(conditions, values)
    if not where:
        return True
    cursor.execute(f"EXPLAIN (FORMAT JSON) SELECT FROM jobs_searchrow{where}", values)
    return bool(cursor.fetchone()[0][0]["Plan"]["Plan Rows"] > COMMON)


def _found(rows: Iterable[tuple[str, str, int, int]]) -> Found:
    facets: dict[str, dict[str, int]] = {}
    page: list[tuple[int, int]] = []
    total = hidden = 0
    for what, value, count, more in rows:
        if what == "total":
            total, hidden = count, more
        elif what == "page":
            page.append((count, int(value)))
        else:
            facets.setdefault(what, {})[value] = count
    ids = [job_id for _, job_id in sorted(page)]
    return Found(ids, min(total, MOST), total > MOST, facets, hidden)
