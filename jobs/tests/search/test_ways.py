"""The statement itself among thousands of rows: each of its ways to hits gives the same answer, and no page reads whole tables."""

from contextlib import contextmanager

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from accounts.models import User
from careers.tests.factories import published_guide
from jobs.models import Job
from jobs.search import JobSearch, Sort, engine
from jobs.search.engine import find
from jobs.search.facets import FIXED, employer_facet, field_facet, guide_facet
from jobs.search.where import lexemes_of
from jobs.tests.factories import make_employer, make_job
from kit.models import ContentStamp
from portal.middleware.pagecache import store

pytestmark = pytest.mark.django_db
ROWS = 12_000
FACETS = (*FIXED, field_facet([]), guide_facet([]), employer_facet([]))
# Every way of words and filters to be frequent or rare, over 400 days; much of it falls on the same moments.
FILL = """
INSERT INTO jobs_job (
  employer_id, source_id, external_id, title, description, summary, place, place_country, workplace, anywhere, countries,
  regions, kind, level, pay_currency, pay_period, pay_maximum, year_maximum, apply_url, apply_email, state, posted_at,
  first_seen_at, last_seen_at, ending, relisted, content_hash, fingerprint, guide_id)
SELECT %s, %s, 'bulk ' || n, CASE WHEN n %% 2 = 0 THEN 'common ' ELSE '' END || CASE WHEN n %% 400 = 7 THEN 'rare ' ELSE '' END
    || CASE WHEN n %% 3001 = 11 THEN 'single ' ELSE '' END || CASE WHEN n > 9000 AND n %% 9 = 0 THEN 'bygone ' ELSE '' END || 'job',
  '', '', 'Oslo', 'NO',
  CASE WHEN n %% 3 = 0 THEN 'remote' ELSE 'on_site' END, false, '{}', '{}', CASE WHEN n %% 5 = 0 THEN 'intern' ELSE 'full_time' END,
  CASE WHEN n %% 50 = 0 THEN 'lead' ELSE 'mid' END, CASE WHEN n %% 4 > 0 THEN 'USD' ELSE '' END,
  CASE WHEN n %% 4 > 0 THEN 'YEAR' ELSE '' END,
  CASE WHEN n %% 4 > 0 THEN n * 7 %% 200000 + 1 END, CASE WHEN n %% 4 > 0 THEN n * 7 %% 200000 + 1 END, 'https://x.example/', '', 'open',
  now() - interval '1 hour' * (n * 4 / 5 + 0.5), now(), now(), '', 0, 'x', 'print ' || n, CASE WHEN n %% 20 = 0 THEN %s END
FROM generate_series(1, %s) AS n
"""


def sql(query, *params):
    with connection.cursor() as cursor:
        cursor.execute(query, params)
        return cursor.fetchall() if cursor.description else []


@pytest.fixture
def crowd(db):
    ContentStamp.objects.get_or_create(pk=1)
    guide = published_guide()
    first = make_job("first", employer=make_employer())
    sql(FILL, first.employer_id, first.source_id, guide.pk, ROWS)
    first.delete()
    sql("ANALYZE jobs_searchrow")
    sql("ANALYZE jobs_job")


PLAIN = "SELECT job_id FROM jobs_searchrow WHERE {where} ORDER BY {order} posted_at DESC, job_id DESC LIMIT 1000"
NAMES = "SELECT proname, pg_stat_get_xact_function_calls(oid) FROM pg_proc WHERE proname ~ '^jobs_(walk|find|plan)_(by|for)' ORDER BY 1"


def found(**asked):
    """Job numbers by the search, and the same by a plain query over the words and filters of the rows."""
    search = JobSearch(**asked)
    excluded = [f"NOT search @@ to_tsquery('english', '{word}')" for word in search.without.split()]
    words = [f"search @@ to_tsquery('english', '{word}')" for word in search.q.split()]
    places = [f"search @@ $${lexemes_of(search.where)}$$::tsquery"] if search.where else []
    filters = [_plain(facet, search) for facet in search.active(FACETS)]
    where = " AND ".join([*excluded, *words, *places, *filters]) or "true"
    plain = sql(PLAIN.format(where=where, order="pay DESC," if search.order is Sort.PAY else ""))
    ids = find(search, FACETS, size=1000).ids
    assert len(ids) == len(set(ids)), search
    return ids, [pk for (pk,) in plain]


def _plain(facet, search):
    chosen = facet.chosen(search.values(facet.name))
    if facet.name == "age":
        return f"posted_at >= now() - interval '1 day' * {chosen[0].value}"
    if facet.name == "pay":
        return f"(pay >= {min(chosen[0].keys) * 1000} {'OR pay < 0' if search.unstated else ''})"
    return f"{facet.name} IN ({', '.join(str(key) for option in chosen for key in option.keys)})"


@contextmanager
def ways():
    """Which functions run meanwhile, by how often."""
    sql("SET LOCAL track_functions = 'pl'")
    before, used = dict(sql(NAMES)), {}
    yield used
    used |= {name: calls - (before[name] or 0) for name, calls in sql(NAMES) if (calls or 0) > (before[name] or 0)}


SEARCHES = {
    "all": {},
    "frequent": {"q": "common"},
    "frequent filter": {"workplace": ("remote",)},
    "two frequent": {"q": "common", "workplace": ("remote",)},
    "rare": {"q": "rare"},
    "rare and frequent": {"q": "rare", "workplace": ("on-site",), "where": "Norway"},
    "a handful": {"q": "single"},
    "only long ago": {"q": "bygone"},
    "long ago and frequent": {"q": "bygone common", "workplace": ("remote",)},
    "nothing": {"q": "absent"},
    "nothing and frequent": {"q": "common absent"},
    "filters alone": {"level": ("lead",), "kind": ("intern",)},
    "pay": {"pay": ("100k",), "q": "rare"},
    "pay hidden": {"pay": ("150k",), "unstated": True},
    "everything": {
        "q": "common job",
        "where": "Oslo",
        "workplace": ("on-site", "remote"),
        "level": ("mid", "lead"),
        "kind": ("full-time", "intern"),
        "pay": ("40k",),
        "age": ("30",),
    },
    "a month": {"age": ("30",), "q": "rare"},
    "a day": {"age": ("1",)},
}
ORDERS = pytest.mark.parametrize("sort", [Sort.NEWEST, Sort.PAY])


@ORDERS
def test_every_way_gives_the_same_answer(sort, crowd):
    seen = {}
    for total in (ROWS, 1_000_000, 1, 3_000):  # what the plan believes of the size of the table
        sql("UPDATE pg_class SET reltuples = %s WHERE oid = 'jobs_searchrow'::regclass", total)
        for what, asked in SEARCHES.items():
            for without in ("", "single"):
                with ways() as used:
                    ids, plain = found(**asked, without=without, sort=sort)
                assert ids == plain, (total, what, without)
                seen |= used
    assert {
        f"jobs_walk_by_{'pay' if sort is Sort.PAY else 'day'}",
        f"jobs_find_by_{'pay' if sort is Sort.PAY else 'day'}",
        "jobs_plan_for",
    } <= seen.keys()


@ORDERS
def test_the_index_is_asked_at_first_only_as_far_as_should_be_enough_and_then_for_the_rest(sort, crowd, monkeypatch):
    """Few hits are wanted of a table that is believed to be large."""
    sql("UPDATE pg_class SET reltuples = 1000000 WHERE oid = 'jobs_searchrow'::regclass")
    name = "jobs_find_by_pay" if sort is Sort.PAY else "jobs_find_by_day"
    calls = set()
    for most in (30, 20, 10, 9, 8, 5, 3, 1):
        monkeypatch.setattr(engine, "MOST", most)
        for asked in ({"q": "rare"}, {"q": "bygone"}, {"q": "single"}, {"q": "rare", "level": ("mid",)}):
            with ways() as used:
                ids, plain = found(**asked, sort=sort)
            assert ids == plain[:most], (asked, most)
            calls.add(used.get(name, 0) / used.get("jobs_plan_for", 1))  # a plan is made once
    assert max(calls) > 0


@ORDERS
@pytest.mark.parametrize(
    "change",
    [
        "UPDATE jobs_job SET posted_at = now() - interval '5 hours'",
        "UPDATE jobs_job SET posted_at = posted_at - interval '12 years' WHERE id %% 3 = 0",  # before 2020, where days are not counted
        "UPDATE jobs_job SET year_maximum = 250000 WHERE year_maximum IS NOT NULL AND posted_at > now() - interval '66 days'",
        "UPDATE jobs_job SET year_maximum = 10000 WHERE year_maximum IS NOT NULL AND posted_at > now() - interval '66 days'",
        "UPDATE jobs_job SET year_maximum = 90000 WHERE year_maximum IS NOT NULL",
        "UPDATE jobs_job SET posted_at = now() - (now() - posted_at) / 1000 WHERE id %% 2 = 0",
    ],
    ids=["one moment", "before 2020", "new jobs pay most", "new jobs pay least", "all pay the same", "half of them today"],
)
def test_however_jobs_lie_the_answer_is_the_same(change, sort, crowd):
    """The newest rows tell the plan what to expect of the others: here they mislead it."""
    sql(change)
    sql("ANALYZE jobs_searchrow")
    for total in (ROWS, 1_000_000):
        sql("UPDATE pg_class SET reltuples = %s WHERE oid = 'jobs_searchrow'::regclass", total)
        for what, asked in SEARCHES.items():
            ids, plain = found(**asked, sort=sort)
            assert ids == plain, (what, total)


def test_counts_among_thousands_are_those_of_a_plain_query(crowd):
    """Below the cap every number is exact; at it, the numbers are those of the newest thousand."""
    rare = find(JobSearch(q="rare", level=("lead",)), FACETS)
    ((lead, mid),) = sql(
        "SELECT count(*) FILTER (WHERE level = 4), count(*) FILTER (WHERE level = 2) FROM jobs_searchrow WHERE search @@ 'rare'"
    )
    assert (rare.total, rare.counts["level"].get(4, 0), rare.counts["level"][2]) == (lead, lead, mid)
    assert rare.at_least == frozenset()
    many = find(JobSearch(q="common", kind=("intern",)), FACETS)
    assert (many.total, many.is_capped) == (1000, True)
    assert sum(many.counts["level"].values()) == 1000
    last = find(JobSearch(q="common", page=50), FACETS)
    assert len(last.ids) == 20 == len(set(last.ids) - set(find(JobSearch(q="common", page=49), FACETS).ids))


# --- no page reads a whole table -------------------------------------------------------------------

PAGES = (
    "",
    "?q=common",
    "?q=rare",
    "?q=absent",
    "?q=rare&level=lead&workplace=remote&pay=50k&unstated=1",
    "?where=Norway&age=7",
    "?sort=pay",
    "?sort=pay&q=single",
    "?page=50",
    "?employer=kite-works&no_employer=other",
    "?guide=kite-maker",
    "?q=commmon",
    "?q=absent&level=lead",
)


def test_no_page_reads_a_whole_table_of_jobs(crowd):
    member = User.objects.create_user("member@example.org", "x")
    signed_in = Client()
    signed_in.force_login(member)
    job = Job.objects.last()
    addresses = [reverse(f"jobs:{name}") + query for name in ("list", "feed", "json") for query in PAGES]
    addresses += [job.get_absolute_url(), reverse("careers:guide", args=["kite-maker"]), reverse("home"), reverse("jobs:hidden")]
    wrong = []
    for client in (Client(), signed_in):
        for address in addresses:
            store.clear()
            before = sequential()
            assert client.get(address).status_code in {200, 302}, address
            if (after := sequential()) != before:
                wrong.append((address, before, after))
    assert not wrong, "\n".join(map(str, wrong))
    assert engine.MOST == 1000


def sequential():
    """Table -> rows that sequential scans of it have read in this transaction."""
    rows = sql("SELECT relname, seq_tup_read FROM pg_stat_xact_user_tables WHERE seq_tup_read > 0")
    return {table: count for table, count in rows if table in {"jobs_job", "jobs_searchrow"}}


def test_the_measure_of_scans_sees_one(crowd):
    before = sequential()
    sql("SELECT count(*) FROM jobs_searchrow WHERE kind = 9")
    assert sequential() != before
