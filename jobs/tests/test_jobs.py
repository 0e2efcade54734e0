"""States of a job, what the database refuses, and the end of its last day."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from jobs.choices import Ending, State
from jobs.expiry import close_expired
from jobs.merging import NothingToMerge, merge_employers, merge_jobs
from jobs.models import Employer, Job
from jobs.tests.factories import ad, look, make_employer, make_job, make_source

pytestmark = pytest.mark.django_db

# verb: where it leads, and from where
WAYS = {
    "approve": (State.OPEN, {State.HELD}),
    "close": (State.CLOSED, {State.OPEN, State.HELD}),
    "reopen": (State.OPEN, {State.CLOSED}),
    "remove": (State.REMOVED, {State.HELD, State.OPEN, State.CLOSED}),
}


@pytest.mark.parametrize("start", State)
@pytest.mark.parametrize("verb", WAYS)
def test_each_verb_leads_where_it_says_and_refuses_elsewhere(verb, start):
    to, allowed = WAYS[verb]
    job = make_job(state=start)
    if start in allowed or start == to:
        getattr(job, verb)()
        getattr(job, verb)()  # again is harmless
    else:
        with pytest.raises(ValueError, match=f"a job that is {start} cannot become {to}"):
            getattr(job, verb)()
    job.refresh_from_db()
    assert job.state == (to if start in allowed else start)


def test_opening_again_is_counted_and_forgets_the_end():
    job = make_job(state=State.CLOSED)
    job.reopen()
    job.refresh_from_db()
    assert (job.relisted, job.closed_at, job.ending, job.state) == (1, None, "", State.OPEN)


def test_closing_says_when_and_by_whom():
    job = make_job()
    job.close()
    job.refresh_from_db()
    assert job.ending == Ending.STAFF
    assert job.closed_at
    assert job.state == State.CLOSED


REFUSED = {
    "job_state_known": {"state": "lost"},
    "job_has_title": {"title": ""},
    "job_can_be_applied_for": {"apply_url": ""},
    "job_pay_in_order": {"pay_minimum": 9, "pay_maximum": 8, "pay_currency": "USD", "pay_period": "HOUR"},
    "job_pay_whole_or_absent": {"pay_minimum": 9, "pay_maximum": 10},
    "job_closed_when_and_why": {"state": State.CLOSED, "ending": "", "closed_at": None},
}


@pytest.mark.parametrize(("name", "values"), REFUSED.items(), ids=REFUSED)
def test_the_database_refuses(name, values):
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        make_job(**values)


def test_one_job_per_source_and_id():
    make_job("1")
    with pytest.raises(IntegrityError, match="job_once_per_source"), transaction.atomic():
        make_job("1")
    make_job("1", source=make_source("Other"))


def test_nothing_points_to_itself():
    job = make_job()
    with pytest.raises(IntegrityError, match="job_not_its_own_duplicate"), transaction.atomic():
        Job.objects.update(duplicate_of=job)
    with pytest.raises(IntegrityError, match="employer_not_merged_into_itself"), transaction.atomic():
        Employer.objects.update(merged_into=job.employer)


@pytest.mark.parametrize(("name", "values"), [("source_kind_known", {"kind": "x"}), ("source_interval_positive", {"every_hours": 0})])
def test_the_database_refuses_sources(name, values):
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        make_source(**values)


def test_an_employer_has_one_name_whatever_case():
    make_employer("Kite Works")
    with pytest.raises(IntegrityError, match="employer_name_unique"), transaction.atomic():
        Employer.objects.create(name="KITE works", slug="other")


def test_a_job_past_its_last_day_closes_and_the_others_stay():
    now = timezone.now()
    over = make_job("over", valid_through=now - timedelta(minutes=1))
    make_job("held", valid_through=now - timedelta(minutes=1), state=State.HELD)
    make_job("later", valid_through=now + timedelta(minutes=1))
    make_job("never")
    assert set(Job.objects.open().values_list("external_id", flat=True)) == {"later", "never"}
    assert (close_expired(), close_expired()) == (1, 0)
    over.refresh_from_db()
    assert (over.state, over.ending) == (State.CLOSED, Ending.OVER)


# --- two that are one ------------------------------------------------------------------------------
def test_merged_employers_lead_to_the_one_with_most_open_jobs():
    small, large, older = make_employer("Small"), make_employer("Large"), make_employer("Older")
    older.merged_into = small
    older.save()
    for number in range(3):
        make_job(number, employer=large if number else small)
    assert merge_employers([small.pk, large.pk]) == (large, 1)
    assert set(Employer.objects.filter(merged_into=large)) == {small, older}
    assert large.jobs.count() == 3


def test_merged_jobs_point_to_the_one_seen_first():
    now = timezone.now()
    late, early = make_job("late", first_seen_at=now), make_job("early", first_seen_at=now - timedelta(days=2))
    assert merge_jobs([late.pk, early.pk]) == (early, 1)
    late.refresh_from_db()
    assert late.duplicate_of == early


@pytest.mark.parametrize("merge", [merge_jobs, merge_employers])
def test_one_alone_is_nothing_to_merge(merge):
    job = make_job()
    with pytest.raises(NothingToMerge):
        merge([job.pk if merge is merge_jobs else job.employer_id])


def test_jobs_under_a_merged_name_go_on_coming_to_the_kept_one():
    source = make_source()
    look(source, [ad(1, employer="One"), ad(2, employer="One"), ad(3, employer="Two")])
    merge_employers(list(Employer.objects.values_list("pk", flat=True)))
    look(source, [ad(1, employer="One"), ad(2, employer="One"), ad(3, employer="Two"), ad(4, employer="Two")])
    assert Employer.objects.get(name="One").jobs.count() == 4
