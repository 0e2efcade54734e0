"""Which jobs are like one, and in what order."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from jobs.choices import State
from jobs.models import Job
from jobs.page.job import job_page
from jobs.page.similar import similar
from jobs.page.skills import named_skills
from jobs.tests.factories import make_job

pytestmark = pytest.mark.django_db


def kin(job):
    return [card.job.external_id for card in similar(job, named_skills(job).ids)]


def test_the_same_guide_comes_first_and_of_it_the_same_country(guide, skill):
    now = timezone.now()
    mine = make_job("mine", guide_id=guide.pk, place_country="US")
    make_job("far", guide_id=guide.pk, place_country="DE", posted_at=now)
    make_job("near", guide_id=guide.pk, place_country="US", posted_at=now - timedelta(days=9))
    make_job("other", title="Sail cutter", place_country="US", posted_at=now).skills.set([skill("Sewing"), skill("Patience")])
    mine.skills.set([skill("Sewing"), skill("Patience")])
    assert kin(mine) == ["near", "far", "other"]


def test_one_shared_skill_alone_is_no_kinship_and_a_word_of_the_title_more_is(skill):
    mine = make_job("mine")
    mine.skills.set([skill("Sewing")])
    make_job("stranger", title="Tailor").skills.set([skill("Sewing")])
    make_job("kin", title="Kite tailor").skills.set([skill("Sewing")])
    assert kin(mine) == ["kin"]


def test_what_nobody_can_apply_for_and_what_is_there_twice_is_left_out(guide):
    now = timezone.now()
    mine = make_job("mine", guide_id=guide.pk)
    for state in (State.HELD, State.CLOSED, State.REMOVED):
        make_job(state, guide_id=guide.pk, state=state)
    make_job("over", guide_id=guide.pk, valid_through=now - timedelta(minutes=1))
    make_job("twice", guide_id=guide.pk, duplicate_of=mine)
    assert kin(mine) == []


def test_at_most_five_and_a_job_of_no_guide_and_no_skill_has_none(guide):
    for number in range(9):
        make_job(number, guide_id=guide.pk)
    assert len(kin(Job.objects.get(external_id="0"))) == 5
    assert kin(make_job("alone")) == []


def test_cards_read_no_description_and_cost_the_same_at_twice_the_rows(guide, skill):
    def cost():
        job = Job.objects.for_page().get(external_id="0")
        with CaptureQueriesContext(connection) as captured:
            page = job_page(job)
            assert [card.pay.stated for card in page.similar]
        assert not [query for query in captured if '"jobs_job"."description"' in query["sql"]]
        return len(captured)

    for number in range(3):
        make_job(number, guide_id=guide.pk).skills.set([skill("Sewing")])
    cost()
    before = cost()
    for number in range(3, 9):
        make_job(number, guide_id=guide.pk).skills.set([skill("Sewing")])
    assert cost() == before <= 7
