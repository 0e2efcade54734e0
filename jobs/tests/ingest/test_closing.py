"""What closes jobs that a part of a feed no longer shows, what counts as seen, and when an approved ad is another one."""

import json
from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from jobs.choices import Ending, RunStatus, State
from jobs.ingest.run import run_source
from jobs.models import Job, Run
from jobs.tests.factories import ad, ads, feed, look, make_employer, make_source, states

pytestmark = pytest.mark.django_db
START = datetime(2026, 5, 4, 8, 0, tzinfo=UTC)


@pytest.fixture
def source():
    return make_source()


def on_day(day, action):
    with time_machine.travel(START + timedelta(days=day), tick=False):
        return action()


def part(source, day, jobs):
    return on_day(day, lambda: look(source, jobs, is_whole=False))


def open_ids():
    return {key for key, state in states().items() if state == State.OPEN}


# --- parts of a feed -------------------------------------------------------------------------------
def test_what_a_part_has_not_shown_for_14_days_in_two_good_runs_closes_and_comes_back(source):
    part(source, 0, ads(3))
    part(source, 13, ads(2))
    assert part(source, 13.9, ads(2)).closed == 0
    assert part(source, 14.1, ads(2)).closed == 1
    assert Job.objects.get(external_id="3").ending == Ending.GONE
    part(source, 15, ads(3))
    assert open_ids() == {"1", "2", "3"}
    assert Job.objects.get(external_id="3").relisted == 1


def test_one_look_after_a_long_silence_closes_nothing(source):
    part(source, 0, ads(3))
    part(source, 0.3, ads(3))
    assert part(source, 40, ads(2)).closed == 0
    assert part(source, 41, ads(2)).closed == 1


@pytest.mark.parametrize("broken", [feed([], is_whole=False), b"<html>", feed([ad(1), {"id": 8}, {"id": 9}], is_whole=False)])
def test_runs_that_nobody_believes_do_not_count(source, broken):
    part(source, 0, ads(3))
    bad = on_day(20, lambda: run_source(source, body=broken))
    assert (bad.status in {RunStatus.SUSPECT, RunStatus.FAILED}, bad.closed) == (True, 0)
    assert part(source, 21, ads(2)).closed == 0
    assert part(source, 22, ads(2)).closed == 1


def test_a_run_that_was_not_read_to_its_end_closes_nothing_and_does_not_count(source):
    part(source, 0, ads(3))
    part(source, 20, ads(2))
    Run.objects.filter(started_at__gt=START).update(note="It has more than 200 pages")
    assert part(source, 21, ads(2)).closed == 0


def test_a_job_that_is_shown_now_and_then_stays(source):
    part(source, 0, ads(3))
    for day in range(10, 60, 10):
        part(source, day, ads(2))
        part(source, day + 1, ads(3))
    assert open_ids() == {"1", "2", "3"}


def test_held_jobs_close_like_open_ones(source):
    source.is_trusted = False
    part(source, 0, ads(2))
    part(source, 8, ads(1))
    part(source, 16, ads(1))
    assert states() == {"1": State.HELD, "2": State.CLOSED}


# --- not modified ----------------------------------------------------------------------------------
def unchanged(source, web, day):
    web.answer(not_modified=True)
    return on_day(day, lambda: run_source(source))


def seen():
    """Days after the start on which each job was last seen."""
    return {key: (at - START) / timedelta(days=1) for key, at in Job.objects.values_list("external_id", "last_seen_at")}


def test_not_modified_marks_what_is_listed_as_seen_every_twelve_hours(source, web, django_assert_num_queries):
    on_day(0, lambda: look(source, ads(2)))
    unchanged(source, web, 0.4)
    assert seen() == {"1": 0, "2": 0}
    unchanged(source, web, 3)
    assert seen() == {"1": 3, "2": 3}
    unchanged(source, web, 3.4)
    assert seen() == {"1": 3, "2": 3}


def test_not_modified_keeps_open_what_a_part_shows_and_lets_go_what_it_does_not(source, web):
    part(source, 0, ads(3))
    part(source, 0.2, ads(2))
    for day in range(1, 21):
        unchanged(source, web, day)
    assert seen() == {"1": 20, "2": 20, "3": 0}
    assert part(source, 21, ads(2)).closed == 1
    assert open_ids() == {"1", "2"}


def test_not_modified_before_anything_was_read_is_harmless(source, web):
    assert unchanged(source, web, 0).status == RunStatus.UNCHANGED


# --- approved, then another ad ---------------------------------------------------------------------
CHANGES = {
    "title": ({"title": "Get rich at home"}, State.HELD),
    "employer": ({"employer": "Somebody Else"}, State.HELD),
    "address": ({"apply_url": "https://elsewhere.example.org/1"}, State.HELD),
    "email": ({"apply_url": None, "apply_email": "x@elsewhere.example"}, State.HELD),
    "case of the title": ({"title": "KITE  maker 1"}, State.OPEN),
    "case of the employer": ({"employer": "kite works"}, State.OPEN),
    "text": ({"description": "<p>Other words.</p>"}, State.OPEN),
    "date": ({"posted": "2026-03-02"}, State.OPEN),
}


@pytest.mark.parametrize(("change", "state"), CHANGES.values(), ids=CHANGES)
def test_an_approved_ad_of_a_source_that_nobody_trusts_is_held_again_when_it_becomes_another(source, change, state):
    source.is_trusted = False
    look(source, [ad(1)])
    Job.objects.get().approve()
    look(source, [ad(1, **change)])
    assert Job.objects.get().state == state


def test_where_somebody_is_trusted_an_ad_may_change(source):
    look(source, [ad(1)])
    look(source, [ad(1, title="Sail maker")])
    source.is_trusted = False
    make_employer("Known Works", is_trusted=True)
    look(source, [ad(1, employer="Known Works")])
    assert states() == {"1": State.OPEN}


def test_what_staff_closed_is_not_held_by_a_change(source):
    source.is_trusted = False
    look(source, [ad(1)])
    job = Job.objects.get()
    job.close()
    look(source, [ad(1, title="Other words")])
    assert states() == {"1": State.CLOSED}


def test_whether_a_run_saw_all_is_written_down(source):
    assert [look(source, ads(1)).is_whole, part(source, 1, ads(1)).is_whole] == [True, False]
    assert json.loads(feed(ads(1)))["jobs"]
