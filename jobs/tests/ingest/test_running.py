"""One look at a source: what closes, what is not believed, what is remembered, and who may look."""

import json

import pytest
from django.db import connections

from jobs.choices import RunStatus, SourceKind, State
from jobs.ingest import run as running
from jobs.ingest.run import Busy, run_source
from jobs.models import Job, Run
from jobs.tests.factories import ADDRESS, ad, ads, counts, feed, look, make_source, states

pytestmark = pytest.mark.django_db


@pytest.fixture
def source():
    source = make_source()
    look(source, ads(30))
    source.etag, source.last_modified = '"old"', "Mon, 02 Mar 2026 08:00:00 GMT"
    source.save()
    return source


def nothing_closed():
    return Job.objects.filter(state=State.OPEN).count() == 30


def test_a_whole_feed_closes_what_it_no_longer_lists(source, web):
    web.answer(feed(ads(28)), etag='"new"')
    run = run_source(source)
    assert (run.status, counts(run)) == (RunStatus.DONE, {"unchanged": 28, "closed": 2})
    assert {key for key, state in states().items() if state == State.CLOSED} == {"29", "30"}


def test_a_feed_that_says_it_is_a_part_closes_nothing(source):
    assert look(source, ads(28), is_whole=False).status == RunStatus.DONE
    assert nothing_closed()


BROKEN = {
    "empty": (feed([]), RunStatus.SUSPECT, "The feed holds no job at all. Nothing was closed."),
    "shrunken": (feed(ads(14)), RunStatus.SUSPECT, "The feed shrank from 30 jobs to 14. Nothing was closed."),
    "mostly unreadable": (
        feed([*ads(16), *[{"id": n} for n in range(100, 117)]]),
        RunStatus.SUSPECT,
        "17 of 33 items could not be read. Nothing was closed.",
    ),
    "truncated": (feed(ads(30))[:-40], RunStatus.FAILED, "Nothing was closed."),
    "nothing": (b"", RunStatus.FAILED, "Nothing was closed."),
    "a page of HTML": (b"<html><title>Down for maintenance</title></html>", RunStatus.FAILED, "Nothing was closed."),
}


@pytest.mark.parametrize(("body", "status", "note"), BROKEN.values(), ids=BROKEN)
def test_a_broken_feed_closes_nothing_is_flagged_and_is_asked_for_whole_next_time(source, web, body, status, note):
    web.answer(body, etag='"new"')
    run = run_source(source)
    source.refresh_from_db()
    assert (run.status, run.closed) == (status, 0)
    assert run.note.endswith(note)
    assert nothing_closed()
    assert (source.etag, source.last_modified) == ("", "")


def test_a_fetch_that_fails_closes_nothing_and_says_why(source, web):
    web.fail("The server answered 503 (tried 3 times)")
    run = run_source(source)
    assert (run.status, run.note) == (RunStatus.FAILED, "The server answered 503 (tried 3 times) Nothing was closed.")
    assert nothing_closed()
    assert run.finished_at


def test_a_small_source_may_halve():
    source = make_source()
    look(source, ads(4))
    assert look(source, ads(1)).closed == 3


def test_marks_of_the_last_answer_are_sent_and_the_new_ones_kept(source, web):
    web.answer(feed(ads(30)), etag='"new"', last_modified="Tue, 03 Mar 2026 08:00:00 GMT")
    run_source(source)
    source.refresh_from_db()
    assert web.asked == [(ADDRESS, '"old"', "Mon, 02 Mar 2026 08:00:00 GMT")]
    assert (source.etag, source.last_modified) == ('"new"', "Tue, 03 Mar 2026 08:00:00 GMT")


def test_unchanged_since_last_time_changes_nothing(source, web):
    web.answer(not_modified=True)
    run = run_source(source)
    source.refresh_from_db()
    assert (run.status, counts(run), source.etag) == (RunStatus.UNCHANGED, {}, '"old"')
    assert nothing_closed()


def test_the_next_look_is_an_interval_later(source, web):
    web.answer(not_modified=True)
    run = run_source(source)
    source.refresh_from_db()
    assert (source.next_run_at - run.finished_at).total_seconds() == pytest.approx(24 * 3600, abs=5)


# --- pages ---------------------------------------------------------------------------------------
def page(numbers, following=None):
    data = [
        {
            "slug": str(number),
            "title": f"Kite maker {number}",
            "company_name": "Kite Works",
            "url": f"https://kites.example.org/{number}",
            "description": "<p>Sew.</p>",
            "created_at": 1_772_000_000,
        }
        for number in numbers
    ]
    return json.dumps({"data": data, "links": {"next": following}}).encode()


@pytest.fixture
def paged():
    return make_source("Paged", kind=SourceKind.ARBEITNOW, address="https://feeds.example.org/api?page=1")


def test_pages_are_followed_and_their_marks_not_kept(paged, web):
    web.answer(page([1, 2], "https://feeds.example.org/api?page=2"), etag='"first"')
    web.answer(page([3]))
    assert counts(run_source(paged)) == {"new": 3}
    paged.refresh_from_db()
    assert [address for address, *_ in web.asked] == ["https://feeds.example.org/api?page=1", "https://feeds.example.org/api?page=2"]
    assert paged.etag == ""


def test_credit_that_a_source_asks_for_is_kept_unless_staff_wrote_their_own(paged, web):
    web.answer(page([1]))
    run_source(paged)
    paged.refresh_from_db()
    assert paged.attribution == "Arbeitnow"
    paged.attribution = "Jobs by Arbeitnow"
    paged.save()
    web.answer(page([1]))
    run_source(paged)
    paged.refresh_from_db()
    assert paged.attribution == "Jobs by Arbeitnow"


def test_a_second_page_that_fails_keeps_the_first_and_closes_nothing(paged, web):
    web.answer(page([1, 2, 3]))
    run_source(paged)
    web.answer(page([1, 4], "https://feeds.example.org/api?page=2"))
    web.fail()
    run = run_source(paged)
    assert (run.status, counts(run)) == (RunStatus.FAILED, {"new": 1, "unchanged": 1})
    assert set(states().values()) == {State.OPEN}


def test_more_pages_than_are_read_close_nothing(paged, web, monkeypatch):
    monkeypatch.setattr(running, "MAX_PAGES", 1)
    web.answer(page([1, 2, 3]))
    run_source(paged)
    web.answer(page([1], "https://feeds.example.org/api?page=2"))
    run = run_source(paged)
    assert (run.closed, run.note) == (0, "It has more than 1 pages: the rest was not read, and nothing was closed.")


# --- one at a time, and ended in the middle --------------------------------------------------------
def test_two_at_once_is_one_too_many(source):
    other = connections.create_connection("default")
    try:
        with other.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_lock(7401, %s)", [source.pk])
        with pytest.raises(Busy):
            look(source, ads(1))
    finally:
        other.close()
    assert nothing_closed()


def test_the_lock_is_given_back(source):
    assert look(source, ads(30)).status == look(source, ads(30)).status == RunStatus.DONE


class Killed(BaseException):
    """The process ends here."""


def test_a_run_ended_in_the_middle_keeps_whole_batches_and_the_next_one_does_the_rest(monkeypatch):
    monkeypatch.setattr(running, "BATCH", 10)
    source = make_source()

    def stop(counts):
        if counts.seen == 20:
            raise Killed

    with pytest.raises(Killed):
        run_source(source, body=feed(ads(30)), progress=stop)
    assert (Job.objects.count(), Run.objects.get().status) == (20, RunStatus.RUNNING)
    assert counts(look(source, ads(30))) == {"new": 10, "unchanged": 20}
    broken = Run.objects.last()
    assert (broken.status, broken.note, broken.finished_at is None) == (RunStatus.FAILED, "It was broken off. Nothing was closed.", False)


def test_progress_is_told_after_every_batch(monkeypatch):
    monkeypatch.setattr(running, "BATCH", 10)
    seen = []
    run_source(make_source(), body=feed(ads(25)), progress=lambda counts: seen.append(counts.seen))
    assert seen == [10, 20, 25]


def test_rejections_are_kept_to_fifty_and_all_counted():
    run = look(make_source(), [{"id": n} for n in range(70)] + [ad()])
    assert (run.rejected_count, len(run.rejected)) == (70, 50)
