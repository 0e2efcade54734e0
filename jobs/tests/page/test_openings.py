"""Open jobs on the page of their guide, and what keeping them costs and promises."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from careers.preview import preview_path
from careers.tests.factories import draft_guide
from jobs.choices import State
from jobs.models import Job
from jobs.page import openings
from jobs.page.guides import shelf as guides
from jobs.tests.factories import make_job
from kit import stamp
from portal.middleware.pagecache import store

pytestmark = pytest.mark.django_db


def page_of(guide):
    store.clear()
    return Client().get(guide.get_absolute_url()).content.decode()


def test_a_guide_counts_its_open_jobs_and_shows_the_five_newest(guide):
    now = timezone.now()
    for number in range(7):
        make_job(number, title=f"Kite job {number}", guide_id=guide.pk, posted_at=now - timedelta(days=number))
    make_job("closed", guide_id=guide.pk, state=State.CLOSED)
    make_job("twice", guide_id=guide.pk, duplicate_of=Job.objects.get(external_id="0"))
    body = page_of(guide)
    assert "See 7 open jobs</a>" in body
    assert "See all 7 jobs for this role</a>" in body
    assert re.findall(r">Kite job (\d)</a>", body) == ["0", "1", "2", "3", "4"]
    assert body.count('href="/jobs/?guide=kite-maker"') == 3
    assert '<li><a href="#openings">Jobs open now</a></li>' in body
    assert body.index('id="getting-in"') < body.index('id="openings"') < body.index('id="moving-up"')


def test_a_guide_without_open_jobs_speaks_of_none(guide):
    make_job("closed", guide_id=guide.pk, state=State.CLOSED)
    body = page_of(guide)
    assert 'id="openings"' not in body
    assert "#openings" not in body
    assert "room:" not in body
    assert "Compare</a>" in body


def test_one_job_is_one(guide):
    make_job(guide_id=guide.pk)
    body = page_of(guide)
    assert "See 1 open job</a>" in body
    assert "See it among all jobs</a>" in body


def test_a_preview_shows_no_jobs(guide):
    draft = draft_guide(slug="tent-maker", title="Tent maker", plural="Tent makers", aliases=[])
    make_job(guide_id=draft.pk)
    body = Client().get(preview_path(draft)).content.decode()
    assert 'id="openings"' not in body
    assert "room:" not in body


def test_many_are_counted_up_to_a_limit(guide, monkeypatch):
    monkeypatch.setattr(openings, "MOST", 3)
    for number in range(6):
        make_job(number, guide_id=guide.pk)
    found = openings.find(guides.among([guide.pk])[guide.pk])
    assert (found.total, found.count) == (4, "3+")


def test_they_cost_no_query_while_they_are_kept(guide):
    make_job(guide_id=guide.pk)
    page_of(guide)
    with CaptureQueriesContext(connection) as captured:
        page_of(guide)
    assert not [query for query in captured if "jobs_job" in query["sql"]]


def test_a_minute_later_they_are_asked_for_again(guide, monkeypatch):
    now = [100.0]
    monkeypatch.setattr(openings.time, "monotonic", lambda: now[0])
    facts = guides.among([guide.pk])[guide.pk]
    assert openings.shelf.of(facts).total == 0
    make_job(guide_id=guide.pk)
    now[0] += 59
    assert openings.shelf.of(facts).total == 0
    now[0] += 2
    assert openings.shelf.of(facts).total == 1


def test_what_staff_take_down_leaves_the_guide_at_once(guide):
    job = make_job(title="Kite scam", guide_id=guide.pk)
    assert "Kite scam" in page_of(guide)
    job.remove()
    stamp.raise_number()
    stamp.recent.forget()  # a second passes
    assert "Kite scam" not in Client().get(guide.get_absolute_url()).content.decode()


def test_the_guide_page_is_made_anew_after_ten_minutes_at_most(guide, monkeypatch):
    kept = []
    monkeypatch.setattr("portal.middleware.pagecache.store.put", lambda key, page: kept.append(page))
    page_of(guide)
    assert kept[0].until < float("inf")
