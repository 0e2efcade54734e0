"""The job search at a million rows, beside the designs that were not chosen. Run with `make bench-search`.

Makes a database waymark_search of its own with invented jobs (BENCH_JOBS, default 1,000,000), draws a workload from the words and
filters that occur, and prints p50, p95 and p99 of milliseconds for each kind of search, then sizes. About ten minutes the first time;
the database is kept and used again. `--explain` prints the plans that docs/search.md shows.
"""

import os
import random
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

JOBS = int(os.environ.get("BENCH_JOBS", "1000000"))
SEARCHES = int(os.environ.get("BENCH_SEARCHES", "100"))
DATABASE = "waymark_search"
BATCH = 50_000
WORDS = (
    "manager", "engineer", "nurse", "sales", "software", "electrician", "bookkeeper", "dental", "security", "driver", "solar", "teacher",
    "scientist", "warehouse", "medical office", "sales engineer", "web developer", "project manager", "data analyst", "clerk",
    "quality inspector", "night nurse", "kitchen assistant", "legal consultant", "patient coordinator", "cloud engineer", "technician",
    "junior designer", "principal scientist", "regional director", "dental hygienist", "solar installer", "machine operator",
    "supply administrator", "clinical nurse", "harbor health", "medical terminology", '"customer service" -night', "lead supervisor",
)  # fmt: skip
FILTERS = (
    ("workplace", ("on-site", "hybrid", "remote")),
    ("kind", ("full-time", "part-time", "contractor")),
    ("level", ("entry", "mid", "senior", "lead")),
    ("pay", ("40k", "60k", "80k", "100k")),
    ("age", ("1", "7", "30")),
)
PLACES = ("Columbus, OH", "remote", "Germany", "Canada", "Austin, TX", "United Kingdom", "Europe", "Paris")


@dataclass(frozen=True)
class Kind:
    """A kind of search: its name and the query strings that were drawn for it."""

    name: str
    queries: list[str]


def main() -> None:
    os.environ.update(_environment())
    import django

    django.setup()
    _fill()
    kinds = _workload(random.Random(7))
    if "--explain" in sys.argv:
        from bench.search_plans import explain

        explain()
        return
    from bench import search_alternatives as other

    other.prepare()

    print(f"\n{JOBS:,} jobs, {SEARCHES} searches of each kind, milliseconds (target: p50 5, p95 20)\n")
    print(f"{'design and search':<86}{'p50':>8}{'p95':>8}{'p99':>8}{'CPU p50':>9}{'CPU p95':>9}")
    for kind in kinds:
        _row(f"Waymark: {kind.name}", _times(_ours, kind.queries))
    for name, run in other.DESIGNS.items():
        for kind in kinds[:3]:
            _row(f"{name}: {kind.name}", _times(run, kind.queries[: other.SEARCHES]))
    _page(kinds)
    _sizes()
    _one_job()


def _row(name: str, times: list[tuple[float, float]]) -> None:
    walls, cpus = sorted(wall for wall, _ in times), sorted(cpu for _, cpu in times)
    print(f"{name:<86}{_at(walls, 0.5)}{_at(walls, 0.95)}{_at(walls, 0.99)} {_at(cpus, 0.5)} {_at(cpus, 0.95)}")


def _at(ordered: list[float], share: float) -> str:
    return f"{ordered[min(int(len(ordered) * share), len(ordered) - 1)]:>8.1f}"


def _times(run: Callable[[str], Any], queries: Iterable[str]) -> list[tuple[float, float]]:
    """Of each query: milliseconds that passed, and processor milliseconds of the database, which a busy machine hardly moves."""
    queries = list(queries)
    for query in queries[:5]:
        run(query)  # warm: plans, vocabulary
    times = []
    for query in queries:
        start, cpu = time.perf_counter(), _database_cpu()
        run(query)
        times.append(((time.perf_counter() - start) * 1000, _database_cpu() - cpu))
    return times


def _database_cpu() -> float:
    """Milliseconds of the server process behind our connection; 0 where it runs on another machine, or this is not Linux."""
    from django.db import connection

    connection.ensure_connection()
    try:
        return int(Path(f"/proc/{connection.connection.info.backend_pid}/schedstat").read_text().split()[0]) / 1e6
    except OSError:
        return 0.0


def _ours(query: str) -> Any:
    from django.http import QueryDict

    from jobs.search.catalogue import catalogue
    from jobs.search.engine import find
    from jobs.search.query import JobSearch

    facets = catalogue().facets()
    return find(JobSearch.from_query(QueryDict(query)).among(facets), facets)


def _workload(draw: random.Random) -> list[Kind]:
    def words() -> str:
        return f"q={draw.choice(WORDS)}"

    def filters(count: int) -> str:
        chosen = draw.sample(FILTERS, count)
        return "&".join(f"{name}={draw.choice(values)}" for name, values in chosen)

    def drawn(make: Callable[[], str]) -> list[str]:
        return [make() for _ in range(SEARCHES)]

    return [
        Kind("words", drawn(words)),
        Kind("words and 3 filters, with the numbers of all facets", drawn(lambda: f"{words()}&{filters(3)}")),
        Kind("3 filters, no words", drawn(lambda: filters(3))),
        Kind("a place or country", drawn(lambda: f"where={draw.choice(PLACES)}")),
        Kind("words and a place", drawn(lambda: f"{words()}&where={draw.choice(PLACES)}")),
        Kind("words, highest pay first", drawn(lambda: f"{words()}&sort=pay")),
        Kind("words, the last page", drawn(lambda: f"{words()}&page=50")),
        Kind("nothing asked", ["" for _ in range(SEARCHES)]),
    ]


def _page(kinds: list[Kind]) -> None:
    """The whole page, as a visitor gets it: middleware, search, cards, template."""
    from django.test import Client

    client = Client()
    for kind in kinds[:2]:
        _row(f"the whole page: {kind.name}", _times(lambda query: client.get(f"/jobs/?{query}"), kind.queries))


def _sizes() -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname, pg_size_pretty(pg_relation_size(oid)) FROM pg_class"
            " WHERE relname LIKE 'searchrow%%' OR relname IN ('jobs_searchrow', 'jobs_searchrow_pkey', 'jobs_job') ORDER BY relname"
        )
        print("\nsize: " + ", ".join(f"{name} {size}" for name, size in cursor.fetchall()))
        cursor.execute("SELECT name, setting, unit FROM pg_settings WHERE name IN ('shared_buffers', 'work_mem', 'max_connections')")
        print("server: " + ", ".join(f"{name} {setting} {unit or ''}".strip() for name, setting, unit in cursor.fetchall()))


def _one_job() -> None:
    """What a change of one job costs, its search row included."""
    from jobs.models import Job

    keys = list(Job.objects.order_by("-pk").values_list("pk", flat=True)[:50])
    times = []
    for pk in keys:
        start = time.perf_counter()
        Job.objects.filter(pk=pk).update(title=f"Bench title {time.perf_counter_ns()}")
        times.append((time.perf_counter() - start) * 1000)
    print(f"one job changed, found by the search at once: {statistics.median(times):.1f} ms (target 5)")


def _environment() -> dict[str, str]:
    """A database of its own in the server of DATABASE_URL, or in that of the tests."""
    if not os.environ.get("DATABASE_URL"):
        from portal import localpg

        os.environ["DATABASE_URL"] = localpg.acquire("test")
    url = os.environ["DATABASE_URL"]
    head, _, options = url.partition("?")
    return {
        "DATABASE_URL": f"{head.rsplit('/', 1)[0]}/{DATABASE}{'?' + options if options else ''}",
        "BENCH_SERVER_URL": url,
        "DEBUG": "off",
        "SECRET_KEY": "bench-" + "x" * 50,
        "ALLOWED_HOSTS": "127.0.0.1,testserver",
        "SITE_URL": "http://127.0.0.1",
        "CACHE_URL": "locmemcache://",
        "DJANGO_SETTINGS_MODULE": "portal.settings",
    }


def _fill() -> None:
    """Make the database unless it is there with as many jobs."""
    import psycopg

    with psycopg.connect(os.environ["BENCH_SERVER_URL"], autocommit=True) as server:
        if server.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE]).fetchone() and _holds_enough():
            return
        server.execute(f"DROP DATABASE IF EXISTS {DATABASE} WITH (FORCE)")
        server.execute(f"CREATE DATABASE {DATABASE}")
    for command in (["migrate", "-v0"], ["seed_demo", "--no-users", "--no-jobs"], ["collectstatic", "--noinput", "-v0"]):
        subprocess.run([sys.executable, "manage.py", *command], check=True)
    start = time.monotonic()
    with psycopg.connect(os.environ["DATABASE_URL"]) as database:
        database.execute(Path(__file__).with_name("jobs.sql").read_text().replace(":rows", str(JOBS)))
        database.commit()
        print(f"{JOBS:,} jobs written in {time.monotonic() - start:.0f} s")
        first, last = database.execute("SELECT min(id), max(id) FROM jobs_job").fetchone() or (0, 0)
        for key in range(first, last + 1, BATCH):
            database.execute("SELECT jobs_index(ARRAY(SELECT id FROM jobs_job WHERE id BETWEEN %s AND %s))", [key, key + BATCH - 1])
            database.commit()
        print(f"search rows after {time.monotonic() - start:.0f} s")
        database.autocommit = True
        for table in ("jobs_searchrow", "jobs_job", "jobs_job_skills"):
            database.execute(f"VACUUM ANALYZE {table}")


def _holds_enough() -> bool:
    import psycopg

    try:
        with psycopg.connect(os.environ["DATABASE_URL"]) as database:
            found = database.execute("SELECT reltuples FROM pg_class WHERE relname = 'jobs_searchrow'").fetchone()
    except psycopg.Error:
        return False
    return found is not None and found[0] > JOBS * 0.95


if __name__ == "__main__":
    main()
