"""Scheduled publication: at its moment, once, and what was asked for."""

import threading
from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.core import mail
from django.db import connection
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from careers.choices import State
from careers.document import rows
from careers.models import Field, Guide, GuideListing, GuideRevision
from careers.tests.factories import complete_document, draft_guide
from careers.working import stored
from newsroom.models import Transition
from newsroom.states import Refused, Verb, carry_out
from newsroom.states.clock import publish_due
from newsroom.states.moments import moment_of
from newsroom.states.steps import When

LATER = timedelta(hours=3)


@pytest.fixture
def scheduled(ben):
    guide = draft_guide()
    carry_out(guide, Verb.SCHEDULE, by=ben, when=When(timezone.now() + LATER, "Europe/Vienna"))
    guide.refresh_from_db()
    return guide


@pytest.mark.django_db
def test_it_goes_live_at_its_moment_and_not_before(scheduled):
    assert publish_due(timezone.now()) == 0
    assert publish_due(scheduled.goes_live_at) == 1
    assert publish_due(scheduled.goes_live_at) == 0
    scheduled.refresh_from_db()
    assert (scheduled.state, scheduled.goes_live_at, scheduled.goes_live) == (State.PUBLISHED, None, None)
    assert GuideRevision.objects.filter(kind="published").count() == 1
    step = Transition.objects.first()
    assert (step.verb, step.by, step.before, step.after) == ("publish", None, "scheduled", "published")
    assert step.revision == GuideListing.objects.get().revision
    assert mail.outbox[-1].to == ["ben@example.org"]
    assert "live, as scheduled" in mail.outbox[-1].subject


@pytest.mark.django_db
def test_a_job_is_queued_for_the_moment(scheduled):
    job = ProcrastinateJob.objects.get(task_name="newsroom.tasks.publish_due")
    assert job.scheduled_at == scheduled.goes_live_at


@pytest.mark.django_db
def test_what_was_scheduled_goes_live_and_what_was_written_since_is_a_draft(scheduled):
    rows.write(complete_document(title="Kite smith"), scheduled)
    stored(scheduled)
    assert Guide.objects.get().state == State.SCHEDULED
    publish_due(scheduled.goes_live_at)
    assert GuideListing.objects.get().title == "Kite maker"
    guide = Guide.objects.get()
    assert (guide.state, guide.title) == (State.DRAFT, "Kite smith")


@pytest.mark.django_db
def test_what_cannot_be_shown_any_more_becomes_a_draft_and_who_scheduled_it_is_told(scheduled):
    other = Field.objects.create(slug="other", name="Other", intro="Other.")
    old = scheduled.field
    Guide.objects.update(field=other)
    old.delete()
    assert publish_due(scheduled.goes_live_at) == 0
    assert Guide.objects.get().state == State.DRAFT
    assert not GuideListing.objects.exists()
    assert "could not be published" in mail.outbox[-1].subject
    assert Transition.objects.first().note.startswith("It could not be published")


@pytest.mark.django_db(transaction=True)
def test_two_workers_and_an_editor_at_once_publish_it_once(ben):
    guide = draft_guide()
    carry_out(guide, Verb.SCHEDULE, by=ben, when=When(timezone.now() + LATER, "UTC"))
    start, answers = threading.Barrier(5), []

    def run(action):
        try:
            start.wait()
            answers.append(action())
        finally:
            connection.close()

    def save():
        stored(guide)

    due = timezone.now() + LATER + timedelta(seconds=1)
    actions = [lambda: publish_due(due)] * 4 + [save]
    threads = [threading.Thread(target=run, args=[action]) for action in actions]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    publish_due(due)  # whoever found the guide held left it to the next round
    assert len(answers) == 5
    assert GuideRevision.objects.filter(kind="published").count() == 1
    assert Transition.objects.filter(verb="publish").count() == 1
    assert Guide.objects.get().state == State.PUBLISHED


@pytest.mark.django_db(transaction=True)
def test_two_editors_who_publish_at_once_make_one_revision(ben):
    guide = draft_guide()
    start, outcomes = threading.Barrier(4), []

    def publish():
        try:
            start.wait()
            carry_out(guide, Verb.PUBLISH, by=ben)
            outcomes.append("published")
        except Refused:
            outcomes.append("refused")
        finally:
            connection.close()

    threads = [threading.Thread(target=publish) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["published", "refused", "refused", "refused"]
    assert GuideRevision.objects.filter(kind="published").count() == 1


def test_a_moment_is_by_the_clock_of_its_place():
    assert moment_of(date(2026, 7, 1), time(9), "Europe/Vienna") == datetime(2026, 7, 1, 7, tzinfo=UTC)
    assert moment_of(date(2026, 1, 1), time(9), "Europe/Vienna") == datetime(2026, 1, 1, 8, tzinfo=UTC)
    assert moment_of(date(2026, 10, 25), time(2, 30), "Europe/Vienna") == datetime(2026, 10, 25, 0, 30, tzinfo=UTC), "the first of two"
    with pytest.raises(ValueError, match="no 02:30"):
        moment_of(date(2026, 3, 29), time(2, 30), "Europe/Vienna")
