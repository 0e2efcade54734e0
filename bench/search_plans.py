"""The plans that docs/search.md shows: each way to hits, as the functions of the search run it."""

from django.db import connection

HITS = "job_id, posted_at, pay, workplace, kind, level, guide_id, field_id, employer_id"
# What jobs_walk_by_day, jobs_walk_by_pay, jobs_find_by_day and jobs_walked_to run, without score and facets, and with values in place
# of their parameters.
STATEMENTS = {
    "words, a walk over the newest 5,000 rows": (
        "SET LOCAL enable_seqscan = off; SET LOCAL enable_bitmapscan = off; SET LOCAL enable_sort = off",
        f"SELECT {HITS} FROM (SELECT * FROM jobs_searchrow WHERE (posted_at, job_id) < ('infinity'::timestamptz, 9223372036854775807)"
        " AND posted_at >= '-infinity'::timestamptz ORDER BY posted_at DESC, job_id DESC LIMIT 5000) AS r"
        " WHERE r.search @@ to_tsquery('english', 'manager') LIMIT 1000",
    ),
    "words and filters, found by the index in two blocks of days": (
        "SET LOCAL enable_seqscan = off; SET LOCAL enable_indexscan = off",
        f"SELECT {HITS} FROM jobs_searchrow WHERE search @@ (to_tsquery('english', 'sales & engineer') && '''=b157'' | ''=b156'''::tsquery)"
        " AND ts_match_vq(search, '''=w3'' & ''=k1'''::tsquery)"
        " AND ((posted_at, job_id) < ('infinity'::timestamptz, 9223372036854775807)) IS TRUE"
        " ORDER BY posted_at DESC, job_id DESC LIMIT 1000",
    ),
    "filters alone, found by the index": (
        "SET LOCAL enable_seqscan = off; SET LOCAL enable_indexscan = off",
        f"SELECT {HITS} FROM jobs_searchrow WHERE search @@ '''=w3'' & ''=l4'' & ''=k3'''::tsquery"
        " ORDER BY posted_at DESC, job_id DESC LIMIT 1000",
    ),
    "highest pay, a walk": (
        "SET LOCAL enable_seqscan = off; SET LOCAL enable_bitmapscan = off; SET LOCAL enable_sort = off",
        f"SELECT {HITS} FROM (SELECT * FROM jobs_searchrow WHERE (pay, posted_at, job_id) < (2147483647, 'infinity'::timestamptz, 0)"
        " ORDER BY pay DESC, posted_at DESC, job_id DESC LIMIT 3000) AS r WHERE r.search @@ to_tsquery('english', 'manager') LIMIT 1000",
    ),
    "where a walk over 50,000 rows ends": (
        "SET LOCAL enable_seqscan = off; SET LOCAL enable_bitmapscan = off; SET LOCAL enable_sort = off",
        "SELECT 0, posted_at, job_id FROM jobs_searchrow WHERE (posted_at, job_id) < ('infinity'::timestamptz, 9223372036854775807)"
        " ORDER BY posted_at DESC, job_id DESC OFFSET 49999 LIMIT 1",
    ),
}


def explain() -> None:
    for name, (settings, statement) in STATEMENTS.items():
        with connection.cursor() as cursor:
            cursor.execute("BEGIN")
            cursor.execute(settings)
            cursor.execute(statement)  # warm
            cursor.execute(f"EXPLAIN (ANALYZE, BUFFERS, COSTS OFF, SUMMARY ON) {statement}")
            plan = "\n".join(line for (line,) in cursor.fetchall())
            cursor.execute("ROLLBACK")
        print(f"\n-- {name}\n{plan}")
