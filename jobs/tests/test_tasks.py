"""What the worker does by itself."""

from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.db import connections
from django.utils import timezone
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from jobs.choices import State
from jobs.models import Job, Run, Source
from jobs.tasks import LANES, expire_jobs, lane, look_at_due_sources, look_at_source
from jobs.tests.factories import ads, feed, make_job, make_source, states

pytestmark = pytest.mark.django_db


def queued():
    return list(ProcrastinateJob.objects.filter(task_name=look_at_source.name).order_by("pk").values_list("args", "lock", "queue_name"))


def test_due_sources_become_jobs_in_the_queue_once():
    due = make_source("Due")
    make_source("Later", next_run_at=timezone.now() + timedelta(hours=1))
    make_source("Off", is_active=False)
    make_source("By file", address="")
    look_at_due_sources(timestamp=0)
    look_at_due_sources(timestamp=0)
    assert queued() == [({"source_id": due.pk}, lane(due.pk), "feeds")]


def test_a_look_stores_what_the_source_answers(web):
    web.answer(feed(ads(2)))
    look_at_source(source_id=make_source().pk)
    assert states() == {"1": State.OPEN, "2": State.OPEN}


def test_a_look_that_fails_is_a_run_and_no_error(web):
    web.fail()
    look_at_source(source_id=make_source().pk)
    assert Run.objects.get().status == "failed"


def test_a_source_that_was_switched_off_or_deleted_meanwhile_is_left(web):
    look_at_source(source_id=make_source(is_active=False).pk)
    look_at_source(source_id=0)
    assert web.asked == []


def test_a_source_at_which_another_process_is_is_left(web):
    source = make_source()
    other = connections.create_connection("default")
    try:
        with other.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_lock(7401, %s)", [source.pk])
        look_at_source(source_id=source.pk)
    finally:
        other.close()
    assert web.asked == []


def test_jobs_past_their_last_day_close():
    make_job(valid_through=timezone.now() - timedelta(minutes=1))
    expire_jobs(timestamp=0)
    assert states() == {"1": State.CLOSED}


def test_both_are_periodic():
    crons = {task.task.name: task.cron for task in app.periodic_registry.periodic_tasks.values()}
    assert (crons[look_at_due_sources.name], crons[expire_jobs.name]) == ("*/10 * * * *", "*/10 * * * *")


def test_what_was_queued_is_what_the_worker_needs(web):
    web.answer(feed(ads(2)))
    make_source()
    look_at_due_sources(timestamp=0)
    ((arguments, *_),) = queued()
    look_at_source(**arguments)
    assert (Job.objects.count(), Source.objects.get().next_run_at > timezone.now()) == (2, True)


def test_slow_feeds_take_two_of_the_four_places_of_the_worker(settings):
    for number in range(6):
        make_source(f"Source {number}")
    look_at_due_sources(timestamp=0)
    locks = {lock for _, lock, _ in queued()}
    assert len(locks) == LANES < settings.PROCRASTINATE_WORKER_DEFAULTS["concurrency"]


def test_a_look_that_broke_holds_its_lane_for_a_minute_not_for_hours():
    decision = look_at_source.retry_strategy.get_retry_decision(exception=ValueError(), job=SimpleNamespace(attempts=1))
    assert decision.retry_at - timezone.now() <= timedelta(seconds=61)
