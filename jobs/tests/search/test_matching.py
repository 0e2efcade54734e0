"""Many searches at once over new jobs: each finds what the page would, and only what is new."""

import random
from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from careers.models import GuideListing
from careers.tests.factories import published_guide
from jobs.choices import State
from jobs.models import Job
from jobs.search import JobSearch
from jobs.search.matching import MOST_IDS, NewJobs, Watched, copied, read
from jobs.tests.factories import make_employer, make_job
from jobs.tests.search.samples import make_samples
from jobs.tests.search.test_engine import any_search
from kit.models import ContentStamp

pytestmark = pytest.mark.django_db
AGES = [timedelta(hours=hours) for hours in (10, 100, 400)]


@pytest.fixture
def samples(db):
    return make_samples()


@pytest.fixture
def now():
    ContentStamp.objects.get_or_create(pk=1)
    return timezone.now()


def watched(search, since):
    return Watched(search.for_alert().to_query(), since)


def one(query, since, now):
    return NewJobs(since, now).match([Watched(query, since)])[0]


@pytest.mark.parametrize("is_copy", [True, False])
def test_each_search_finds_the_new_ones_of_what_the_page_finds(is_copy, samples):
    dice, now = random.Random(11), timezone.now()
    searches = [replace(any_search(dice, samples, dice.choice((0, 1, 2, 3))), age=(), new=True, page=1) for _ in range(120)]
    since = [now - dice.choice(AGES) for _ in searches]
    asked = [watched(search, moment) for search, moment in zip(searches, since, strict=True)]
    if is_copy:
        with copied(now - max(AGES), now) as jobs:
            found = jobs.match(asked)
    else:
        found = NewJobs(now - max(AGES), now).match(asked)
    hits = 0
    for search, moment, answer in zip(searches, since, found, strict=True):
        expected = samples.find(search, hidden=(), since=moment)
        hits += len(expected)
        assert list(answer.ids) == [job.pk for job in expected][:MOST_IDS], search
        assert answer.total == len(expected)
        paid = sorted(max(job.year_maximum or 0, job.year_minimum or 0) for job in expected if job.pay_currency == "USD")
        assert answer.paid == len(paid)
        assert answer.middle == (paid[(len(paid) - 1) // 2] if paid else None)
    assert hits > 100


def test_only_so_many_are_named_and_all_are_counted(now):
    first = make_job("first")
    same = {"source": first.source, "employer": first.employer, "apply_url": "https://x.example/", "content_hash": "", "posted_at": now}
    rows = [Job(external_id=str(n), title="Kite", fingerprint=str(n), **same) for n in range(MOST_IDS + 5)]
    Job.objects.bulk_create(rows)
    found = one("q=kite", now - timedelta(days=1), timezone.now())
    assert (found.total, len(found.ids)) == (MOST_IDS + 6, MOST_IDS)


@pytest.mark.parametrize("query", ["guide=gone", "employer=gone", "field=gone", "q=kite&employer=gone"])
def test_a_guide_field_or_employer_that_is_gone_finds_nothing_rather_than_everything(query, now):
    make_job(title="Kite maker")
    assert one(query, now - timedelta(days=1), timezone.now()).total == 0
    assert one("q=kite", now - timedelta(days=1), timezone.now()).total == 1


def test_one_of_two_employers_that_is_gone_leaves_the_other(now):
    make_job(title="Kite maker")
    assert one("employer=gone&employer=kite-works", now - timedelta(days=1), timezone.now()).total == 1


def test_an_employer_that_was_merged_is_found_under_both_addresses(now):
    job = make_job()
    make_employer("Kites Ltd", merged_into=job.employer)
    for query in ("employer=kites-ltd", "employer=kite-works"):
        assert one(query, now - timedelta(days=1), timezone.now()).total == 1
    assert one("no_employer=kites-ltd", now - timedelta(days=1), timezone.now()).total == 0


@pytest.mark.parametrize("query", ["", "without=lamp", "q=-lamp", "q=the", "sort=pay"])
def test_a_search_that_names_nothing_finds_all_that_is_new(query, now):
    make_job(title="Kite maker")
    make_job("2", title="Lamp lighter", first_seen_at=now - timedelta(days=3))
    assert one(query, now - timedelta(days=1), timezone.now()).total == 1


def test_jobs_that_nobody_can_see_are_not_found(now):
    job = make_job("shown")
    for state in (State.HELD, State.CLOSED, State.REMOVED):
        make_job(state.value, state=state)
    make_job("double", duplicate_of=job)
    assert list(one("", now - timedelta(days=1), timezone.now()).ids) == [job.pk]


def test_a_job_is_new_when_staff_approve_it(now):
    job = make_job(state=State.HELD, first_seen_at=now - timedelta(days=9))
    assert one("", now - timedelta(days=1), timezone.now()).total == 0
    job.approve()
    assert one("", now - timedelta(days=1), timezone.now()).total == 1


def test_what_comes_after_the_run_is_left_to_the_next(now):
    make_job(first_seen_at=now + timedelta(minutes=1))
    assert one("", now - timedelta(days=1), now).total == 0


def test_one_statement_for_any_number_of_searches(now, django_assert_num_queries):
    published_guide()
    make_job()
    asked = [Watched(f"q=kite&where=Ohio&page={n}", now - timedelta(days=1)) for n in range(200)]
    NewJobs(now - timedelta(days=1), now).match(asked[:1])  # the catalogue is read
    with django_assert_num_queries(1):
        NewJobs(now - timedelta(days=1), now).match(asked)


def test_the_copy_is_gone_afterwards_and_two_may_stand_at_once(now):
    with copied(now - timedelta(days=1), now), copied(now - timedelta(days=2), now):
        pass
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_class WHERE relname LIKE 'jobs\\_new\\_%'")
        assert cursor.fetchone()[0] == 0
        cursor.execute("SHOW client_min_messages")
        assert cursor.fetchone()[0] == "notice"


def test_what_is_kept_says_nothing_of_pages_ages_and_visits():
    search = read("q=kite&age=7&new=1&page=3&sort=pay&workplace=remote&unstated=1&pay=60k")
    assert search == JobSearch(q="kite", workplace=("remote",), pay=("60k",), unstated=True, sort=search.sort)
    assert search.to_query() == "q=kite&workplace=remote&pay=60k&unstated=1&sort=pay"


def test_no_listing_no_match(now):
    """A guide that was taken off leaves its jobs, but nobody finds them by it."""
    guide = published_guide()
    make_job(guide_id=guide.pk)
    assert one(f"guide={guide.slug}", now - timedelta(days=1), timezone.now()).total == 1
    GuideListing.objects.filter(guide=guide).delete()
    ContentStamp.objects.filter(pk=1).update(number=99)
    from jobs.search import catalogue

    catalogue.forget()
    assert one(f"guide={guide.slug}", now - timedelta(days=1), timezone.now()).total == 0
