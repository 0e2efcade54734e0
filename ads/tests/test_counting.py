"""Counts are gathered, written in sums, and never lost or doubled by threads."""

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Event

import pytest
from django.conf import settings
from django.db import OperationalError, connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from ads import counting
from ads.counting import Tally
from ads.models import AdDay, Creative, Placement
from ads.report import Mark, Report
from ads.tests.factories import make_ad
from kit import stamp
from kit import tally as gathering

P = Placement


def seen(*ads, place=P.LIST):
    return Report(frozenset(Mark(ad.pk, place) for ad in ads), None)


def clicked(ad, place=P.LIST):
    return Report(frozenset(), Mark(ad.pk, place))


@pytest.fixture
def tally():
    own = Tally()
    yield own
    own.forget()


def counted(ad, **which):
    rows = AdDay.objects.filter(creative=ad, **which)
    return sum(row.impressions for row in rows), sum(row.clicks for row in rows)


@pytest.mark.django_db
def test_nothing_is_written_while_it_gathers(tally):
    ad = make_ad()
    with CaptureQueriesContext(connection) as captured:
        for _ in range(50):
            tally.count(seen(ad))
    assert not captured.captured_queries
    assert tally.waiting() == 50


@pytest.mark.django_db
def test_a_batch_becomes_one_row_for_each_ad_place_and_day(tally):
    first, second = make_ad(), make_ad()
    for _ in range(3):
        tally.count(seen(first, second))
    tally.count(seen(first, place=P.BESIDE))
    tally.count(clicked(first))
    tally.write()
    assert tally.waiting() == 0
    assert AdDay.objects.count() == 3
    assert counted(first, placement=P.LIST) == (3, 1)
    assert counted(first, placement=P.BESIDE) == (1, 0)
    assert counted(second) == (3, 0)
    assert {row.day for row in AdDay.objects.all()} == {timezone.now().date()}


@pytest.mark.django_db
def test_later_batches_add_up_and_another_day_has_a_row_of_its_own(tally, monkeypatch):
    ad = make_ad()
    for _ in range(2):
        tally.count(seen(ad))
        tally.write()
    tomorrow = timezone.now() + timedelta(days=1)
    monkeypatch.setattr(counting.timezone, "now", lambda: tomorrow)
    tally.count(seen(ad))
    tally.write()
    assert [row.impressions for row in AdDay.objects.order_by("day")] == [2, 1]


@pytest.mark.django_db
def test_a_full_batch_is_written_at_once(tally):
    ad = make_ad()
    for _ in range(gathering.EVERY_COUNTS):
        tally.count(seen(ad))
    assert counted(ad) == (gathering.EVERY_COUNTS, 0)
    assert tally.waiting() == 0


@pytest.mark.django_db
def test_a_batch_costs_the_same_for_one_ad_and_for_many(tally):
    ads = [make_ad(cap=100) for _ in range(8)]

    def cost(*some):
        for ad in some:
            tally.count(seen(ad))
        with CaptureQueriesContext(connection) as captured:
            tally.write()
        return len(captured)

    assert cost(*ads) == cost(ads[0]) <= 5


@pytest.mark.django_db
def test_counts_of_an_ad_that_is_gone_are_dropped(tally):
    gone, here = make_ad(), make_ad()
    for ad in (gone, here):
        tally.count(seen(ad))
    gone.delete()
    tally.write()
    assert counted(here) == (1, 0)
    assert tally.waiting() == 0


@pytest.mark.django_db
def test_while_the_database_is_away_counts_wait(tally, monkeypatch):
    ad = make_ad()
    with monkeypatch.context() as patch:
        patch.setattr(counting, "write_sums", lambda sums: (_ for _ in ()).throw(OperationalError("gone")))
        tally.count(seen(ad))
        tally.write()
        for _ in range(gathering.EVERY_COUNTS):  # readers do not wait for it either
            tally.count(seen(ad))
        assert tally.waiting() == gathering.EVERY_COUNTS + 1
    tally.write()
    assert counted(ad) == (gathering.EVERY_COUNTS + 1, 0)


@pytest.mark.django_db
def test_counting_makes_no_stored_page_stale(tally):
    ad = make_ad(cap=100)
    before = stamp.current()
    tally.count(seen(ad))
    tally.write()
    assert stamp.current() == before


# --- the cap -------------------------------------------------------------------------------------
@pytest.mark.django_db
def test_an_ad_stops_when_its_impressions_reach_the_cap_in_all_places(tally):
    ad = make_ad(cap=3)
    tally.count(seen(ad, place=P.BESIDE))
    tally.count(seen(ad))
    tally.write()
    ad.refresh_from_db()
    assert ad.spent_at is None
    before = stamp.current()
    tally.count(seen(ad))
    tally.write()
    ad.refresh_from_db()
    assert ad.spent_at
    assert stamp.current() > before


@pytest.mark.django_db
def test_clicks_reach_no_cap(tally):
    ad = make_ad(cap=1)
    tally.count(clicked(ad))
    tally.write()
    assert Creative.objects.get().spent_at is None


@pytest.mark.django_db
def test_an_ad_is_stopped_once(tally):
    ad = make_ad(cap=1)
    tally.count(seen(ad))
    tally.write()
    first, number = Creative.objects.get().spent_at, stamp.current()
    tally.count(seen(ad))
    tally.write()
    assert (Creative.objects.get().spent_at, stamp.current()) == (first, number)
    assert counted(ad) == (2, 0)


# --- threads, with commits -----------------------------------------------------------------------
def together(count, work):
    """Run `work` in so many threads that start at once, each with a connection of its own."""
    start = Event()

    def run(number):
        start.wait(5)
        try:
            return work(number)
        finally:
            connection.close()

    with ThreadPoolExecutor(count) as pool:
        waiting = [pool.submit(run, number) for number in range(count)]
        start.set()
        return [done.result(timeout=30) for done in waiting]


@pytest.mark.django_db(transaction=True)
def test_threads_of_one_process_lose_and_double_nothing(tally):
    ads = [make_ad() for _ in range(3)]

    def work(number):
        for turn in range(150):
            tally.count(seen(*ads))
            if turn % 10 == number:
                tally.count(clicked(ads[turn % 3]))

    together(8, work)
    tally.write()
    assert [counted(ad)[0] for ad in ads] == [8 * 150] * 3
    assert sum(counted(ad)[1] for ad in ads) == 8 * 15


@pytest.mark.django_db(transaction=True)
def test_processes_that_write_at_once_add_up_without_a_deadlock():
    ads = [make_ad() for _ in range(5)]
    tallies = [Tally() for _ in range(6)]

    def work(number):
        mine = tallies[number]
        for turn in range(20):
            for ad in ads if (turn + number) % 2 else reversed(ads):
                mine.count(seen(ad))
            mine.write()

    together(6, work)
    assert [counted(ad) for ad in ads] == [(120, 0)] * 5


@pytest.mark.django_db(transaction=True)
def test_the_writer_that_reaches_the_cap_sees_the_counts_of_all():
    ad = make_ad(cap=6)
    tallies = [Tally() for _ in range(6)]

    def work(number):
        tallies[number].count(seen(ad, place=list(P)[number % 3]))
        tallies[number].write()

    together(6, work)
    assert counted(ad) == (6, 0)
    assert Creative.objects.get().spent_at


@pytest.mark.django_db(transaction=True)
def test_what_waits_is_written_by_a_timer(tally, monkeypatch):
    monkeypatch.setattr(gathering, "EVERY_SECONDS", 0.05)
    ad = make_ad()
    tally.count(seen(ad))
    timer = tally._timer
    timer.join(10)
    assert counted(ad) == (1, 0)
    assert tally._timer is None  # and none runs while nothing waits


ENDING = """
import django; django.setup()
from ads import counting
from ads.models import Placement
from ads.report import Mark, Report
counting.write_sums = lambda sums: print("written", len(sums), flush=True)
counting.tally.count(Report(frozenset({Mark(1, Placement.LIST)}), Mark(1, Placement.LIST)))
"""


def test_what_waits_when_the_process_ends_is_written():
    result = subprocess.run([sys.executable, "-c", ENDING], cwd=settings.BASE_DIR, capture_output=True, text=True, timeout=60, check=False)
    assert result.stdout == "written 2\n", result.stderr
