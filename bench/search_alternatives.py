"""Designs of a job search that were not chosen, over the same rows: what most sites do, and the same with better indexes.

Each answers total, newest 20 and counts of five facets, by separate statements.
"""

import re
from collections.abc import Callable
from urllib.parse import parse_qs

from django.db import connection

SEARCHES = 10  # of each kind: they are slow
MINUS_OR_QUOTE = re.compile(r'-\S+|"')
COLUMNS = {"workplace": "workplace", "kind": "kind", "level": "level"}
FACETS = ("workplace", "kind", "level", "guide_id", "employer_id")


def _conditions(query: str) -> tuple[list[str], list[object], str]:
    """SQL conditions of the filters on jobs_job, their values, and the words."""
    asked = parse_qs(query)
    conditions, values = ["state = 'open'"], list[object]()
    for name, column in COLUMNS.items():
        if name in asked:
            conditions.append(f"{column} = ANY(%s)")
            values.append([value.replace("-", "_") for value in asked[name]])
    if "pay" in asked:
        conditions.append("year_maximum >= %s")
        values.append(int(asked["pay"][0].removesuffix("k")) * 1000)
    if "age" in asked:
        conditions.append("posted_at >= now() - %s * interval '1 day'")
        values.append(int(asked["age"][0]))
    return conditions, values, MINUS_OR_QUOTE.sub("", asked.get("q", [""])[0]).strip()


def _statements(conditions: list[str], values: list[object], table: str = "jobs_job") -> int:
    where = " AND ".join(conditions)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {table} WHERE {where}", values)
        (total,) = cursor.fetchone()
        cursor.execute(f"SELECT id FROM {table} WHERE {where} ORDER BY posted_at DESC LIMIT 20", values)
        cursor.fetchall()
        for facet in FACETS:
            cursor.execute(f"SELECT {facet}, count(*) FROM {table} WHERE {where} GROUP BY 1", values)
            cursor.fetchall()
    return int(total)


def contains(query: str) -> int:
    """icontains over title and employer, as a Django tutorial has it."""
    conditions, values, words = _conditions(query)
    for word in words.split():
        conditions.append("(title_folded LIKE %s OR employer_id IN (SELECT id FROM jobs_employer WHERE name_folded LIKE %s))")
        values += [f"%{word}%", f"%{word}%"]
    return _statements(conditions, values)


def wide_vector(query: str) -> int:
    """A text vector on the wide table of jobs, a GIN index, and seven statements."""
    conditions, values, words = _conditions(query)
    if words:
        conditions.append("bench_vector @@ plainto_tsquery('english', %s)")
        values.append(words)
    return _statements(conditions, values)


def narrow_joined(query: str) -> int:
    """Our search rows for the words, the filters on the wide table, and seven statements."""
    conditions, values, words = _conditions(query)
    if words:
        conditions.append("search @@ plainto_tsquery('english', %s)")
        values.append(words)
    conditions = [re.sub(r"^(state|workplace|kind|level|year_maximum|posted_at)", r"jobs_job.\1", one) for one in conditions]
    where = " AND ".join(conditions)
    joined = "jobs_searchrow JOIN jobs_job ON jobs_job.id = jobs_searchrow.job_id"
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {joined} WHERE {where}", values)
        (total,) = cursor.fetchone()
        cursor.execute(f"SELECT id FROM {joined} WHERE {where} ORDER BY jobs_searchrow.posted_at DESC LIMIT 20", values)
        cursor.fetchall()
        for facet in FACETS:
            cursor.execute(f"SELECT jobs_job.{facet}, count(*) FROM {joined} WHERE {where} GROUP BY 1", values)
            cursor.fetchall()
    return int(total)


def prepare() -> None:
    """The column and index of `wide_vector`; a minute or two at a million rows."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_attribute WHERE attrelid = 'jobs_job'::regclass AND attname = 'bench_vector'")
        if cursor.fetchone():
            return
        cursor.execute("ALTER TABLE jobs_job DISABLE TRIGGER USER")
        cursor.execute(
            "ALTER TABLE jobs_job ADD COLUMN bench_vector tsvector GENERATED ALWAYS AS (to_tsvector('english', public.fold(title))) STORED"
        )
        cursor.execute("ALTER TABLE jobs_job ENABLE TRIGGER USER")
        cursor.execute("CREATE INDEX bench_vector ON jobs_job USING gin (bench_vector) WITH (fastupdate = off)")
        cursor.execute("ANALYZE jobs_job")


DESIGNS: dict[str, Callable[[str], int]] = {
    "icontains on the job table": contains,
    "text vector on the job table": wide_vector,
    "search rows, filters on the job table": narrow_joined,
}
