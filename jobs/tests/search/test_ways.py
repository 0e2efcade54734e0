"""The statement itself among thousands of rows: each of its ways to hits gives the same answer, and no page reads whole tables."""

from contextlib import contextmanager

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from accounts.models import User
from careers.tests.factories import published_guide
from jobs.models import Job
from jobs.search import JobSearch, engine
from jobs.search.engine import find
from jobs.search.facets import FIXED, field_facet, guide_facet, named_facet
from jobs.tests.factories import make_employer, make_job
from kit.models import ContentStamp
from portal.middleware.pagecache import store

pytestmark = pytest.mark.django_db
ROWS = 12_000
# Every way of words and filters to be frequent or rare, over 400 days; much of it falls on the same moments.
FILL = """
INSERT INTO jobs_job (employer_id, source_id, external_id, title, description, summary, place, place_country, workplace, anywhere, countries, regions,
  kind, level, pay_currency, pay_period, pay_maximum, year_maximum, apply_url, apply_email, state, posted_at, first_seen_at, last_seen_at, ending,
  relisted, content_hash, fingerprint, guide_id)
SELECT %s, %s, 'bulk ' || n, CASE WHEN n %% 2 = 0 THEN 'common ' ELSE '' END || CASE WHEN n %% 400 = 7 THEN 'rare ' ELSE '' END
    || CASE WHEN n %% 3001 = 11 THEN 'single ' ELSE '' END || CASE WHEN n > 9000 AND n %% 9 = 0 THEN 'bygone ' ELSE '' END || 'job', '', '', 'Oslo', 'NO',
  CASE WHEN n %% 3 = 0 THEN 'remote' ELSE 'on_site' END, false, '{}', '{}', CASE WHEN n %% 5 = 0 THEN 'intern' ELSE 'full_time' END,
  CASE WHEN n %% 50 = 0 THEN 'lead' ELSE 'mid' END, CASE WHEN n %% 4 = 0 THEN '' ELSE 'USD' END, CASE WHEN n %% 4 = 0 THEN '' ELSE 'YEAR' END,
  CASE WHEN n %% 4 > 0 THEN n * 7 %% 200000 + 1 END, CASE WHEN n %% 4 > 0 THEN n * 7 %% 200000 + 1 END, 'https://x.example/', '', 'open',
  now() - interval '1 hour' * (n * 4 / 5), now(), now(), '', 0, 'x', 'print ' || n, CASE WHEN n %% 20 = 0 THEN %s END
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


HIT = "SELECT (hit).job_id FROM unnest(jobs_collect({parts}, {excluded}, {by_pay}, {most}, '{posted_from}', NULL, NULL, NULL, NULL, NULL, NULL)) AS hit"
PLAIN = (
    "SELECT job_id FROM jobs_searchrow WHERE {where} AND posted_at >= '{posted_from}' ORDER BY {order} posted_at DESC, job_id DESC LIMIT {most}"
)


def collected(parts, *, excluded="", by_pay=False, most=1000, posted_from="-infinity"):
    """Job numbers by jobs_collect, and the same by a plain query."""
    quoted = "$${" + ",".join(f'"{part}"' for part in parts) + "}$$::tsquery[]"
    values = {"most": most, "posted_from": posted_from}
    found = sql(HIT.format(parts=quoted, excluded=f"$${excluded}$$::tsquery" if excluded else "NULL", by_pay=by_pay, **values))
    wheres = [f"search @@ $${part}$$::tsquery" for part in [*parts, *([excluded] if excluded else [])]]
    plain = sql(PLAIN.format(where=" AND ".join(wheres or ["true"]), order="pay DESC," if by_pay else "", **values))
    return found, plain


@contextmanager
def ways():
    """Which functions run meanwhile, by how often."""
    sql("SET LOCAL track_functions = 'pl'")
    names = "SELECT proname, pg_stat_get_xact_function_calls(oid) FROM pg_proc WHERE proname ~ '^jobs_(walk|find|plan|blocks)' ORDER BY 1"
    before, used = dict(sql(names)), {}
    yield used
    used |= {name: calls - (before[name] or 0) for name, calls in sql(names) if (calls or 0) > (before[name] or 0)}


SEARCHES = {
    "all": [],
    "frequent": ["'common'"],
    "frequent filter": ["'=w3'"],
    "two frequent": ["'common'", "'=w3'"],
    "rare": ["'rare'"],
    "rare and frequent": ["'rare'", "'=w1'", "'=cno'"],
    "a handful": ["'single'"],
    "only long ago": ["'bygone'"],
    "long ago and frequent": ["'bygone'", "'common'", "'=w3'"],
    "nothing": ["'absent'"],
    "nothing and frequent": ["'common'", "'absent'"],
    "alternatives": ["'rare' | 'single'", "'=l2' | '=l4'"],
    "eleven": ["'common'", "'=w3'", "'=cno'", "'=tosl' | '=toslo'", "'=l2' | '=l4'", "'=k1' | '=k5'", "'job'", "'=w3' | '=w1'", "'job' | 'x'", "'=cno' | 'y'", "'rare' | 'common'"],
}  # fmt: skip


@pytest.mark.parametrize("by_pay", [False, True], ids=["day", "pay"])
def test_every_way_gives_the_same_answer(by_pay, crowd):
    seen = set()
    for total in (ROWS, 1_000_000, 1, 3_000):  # what the plan believes of the size of the table
        sql("UPDATE pg_class SET reltuples = %s WHERE oid = 'jobs_searchrow'::regclass", total)
        for what, parts in SEARCHES.items():
            for excluded in ("", "!'=k5'"):
                for most in (1000, 40, 1):
                    with ways() as used:
                        found, plain = collected(parts, excluded=excluded, by_pay=by_pay, most=most)
                    assert found == plain, (total, what, excluded, most)
                    seen |= used.keys()
    order = "pay" if by_pay else "day"
    assert {f"jobs_walk_by_{order}", f"jobs_find_by_{order}", "jobs_plan_for"} <= seen
    assert by_pay or "jobs_blocks_for" in seen


def test_the_index_is_asked_at_first_only_as_far_back_as_should_be_enough(crowd):
    """Blocks of 16 days: found there, or the remainder besides; both must be met here."""
    sql("UPDATE pg_class SET reltuples = 1000000 WHERE oid = 'jobs_searchrow'::regclass")
    calls = set()
    for most in (30, 20, 10, 9, 8, 5, 3, 1):
        for parts in (["'rare'"], ["'bygone'"], ["'single'"], ["'rare'", "'=l2'"]):
            with ways() as used:
                found, plain = collected(parts, most=most)
            assert found == plain, (parts, most)
            calls.add(used.get("jobs_find_by_day", 0) / used.get("jobs_plan_for", 1))  # a plan is made once
    assert {1, 2} <= calls


@pytest.mark.parametrize("days", [1, 30, 130, 399])
def test_nor_does_age_change_the_answer(days, crowd):
    (((posted_from,),),) = [sql("SELECT (now() - interval '1 day' * %s)::text", days)]
    for by_pay in (False, True):
        for parts in SEARCHES.values():
            found, plain = collected(parts, posted_from=posted_from, by_pay=by_pay)
            assert found == plain


def test_many_jobs_of_one_moment_are_each_found_once(crowd):
    sql("UPDATE jobs_searchrow SET posted_at = date_trunc('day', now())")
    for by_pay in (False, True):
        for parts in SEARCHES.values():
            found, plain = collected(parts, by_pay=by_pay)
            assert found == plain
            assert len(found) == len(set(found))


def test_jobs_from_before_2020_are_found_too(crowd):
    sql("UPDATE jobs_job SET posted_at = posted_at - interval '12 years' WHERE id %% 3 = 0")
    for parts in SEARCHES.values():
        found, plain = collected(parts)
        assert found == plain


def test_counts_among_thousands_are_those_of_a_plain_query(crowd):
    """Below the cap every number is exact; at it, the numbers are those of the newest thousand."""
    facets = (*FIXED, field_facet([]), guide_facet([]), named_facet("employer", "Employer", "e", []))
    rare = find(JobSearch(q="rare", level=("lead",)), facets)
    ((lead, mid),) = sql("SELECT count(*) FILTER (WHERE level = 4), count(*) FILTER (WHERE level = 2) FROM jobs_searchrow WHERE search @@ 'rare'")
    assert (rare.total, rare.counts["level"].get(4, 0), rare.counts["level"][2]) == (lead, lead, mid)
    assert rare.at_least == frozenset()
    many = find(JobSearch(q="common", kind=("intern",)), facets)
    assert (many.total, many.is_capped) == (1000, True)
    assert sum(many.counts["level"].values()) == 1000
    last = find(JobSearch(q="common", page=50), facets)
    assert len(last.ids) == 20 == len(set(last.ids) - set(find(JobSearch(q="common", page=49), facets).ids))


# --- no page reads a whole table -------------------------------------------------------------------

PAGES = (
    "", "?q=common", "?q=rare", "?q=absent", "?q=rare&level=lead&workplace=remote&pay=50k&unstated=1", "?where=Norway&age=7", "?sort=pay",
    "?sort=pay&q=single", "?page=50", "?employer=kite-works&no_employer=other", "?guide=kite-maker", "?q=commmon", "?q=absent&level=lead",
)  # fmt: skip


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
    return dict(
        sql("SELECT relname, seq_tup_read FROM pg_stat_xact_user_tables WHERE relname IN ('jobs_job', 'jobs_searchrow') AND seq_tup_read > 0")
    )


def test_the_measure_of_scans_sees_one(crowd):
    before = sequential()
    sql("SELECT count(*) FROM jobs_searchrow WHERE kind = 9")
    assert sequential() != before
