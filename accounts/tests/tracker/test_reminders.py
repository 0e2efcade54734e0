"""Reminder mails: in the person's zone, once, and never in the past."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.core import mail
from django.db import connection

from accounts.models import ApplicationTask, Interview, MailKind, Reminder
from accounts.models.tracking_words import Status
from accounts.preferences import decide
from accounts.tasks import delete_removed_applications
from accounts.tests.factories import make_user
from accounts.tests.tracker.factories import make_tracked
from accounts.tracker.history import record
from accounts.tracker.reminders import send_due

pytestmark = pytest.mark.django_db
DAY = date(2026, 12, 2)


def at(hour, minute=0, day=2):
    return datetime(2026, 12, day, hour, minute, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _before():
    with time_machine.travel(datetime(2026, 11, 20, 12, tzinfo=UTC), tick=False):
        yield


@pytest.fixture
def berliner():
    return make_user("ada@example.org", time_zone="Europe/Berlin")


@pytest.fixture
def application(berliner):
    return make_tracked(berliner, Status.SAVED, title="Sail maker", employer="Sails")


@pytest.fixture
def task(application):
    return ApplicationTask.objects.create(application=application, text="Send the portfolio", due_on=DAY)


def interview(application, when=None, **more):
    values = {"kind": "video", "starts_at": when or at(19, 30), "zone": "America/New_York", "place": "https://m.example.org"}
    return Interview.objects.create(application=application, **values | more)


def test_a_task_comes_in_the_morning_where_the_person_lives_once(task):
    assert send_due(at(6, 59)) == 0
    assert send_due(at(7, 0)) == 1
    assert send_due(at(7, 5)) == 0
    (sent,) = mail.outbox
    assert sent.to == ["ada@example.org"]
    assert sent.subject == "Today: Send the portfolio (Sail maker, Sails)"
    assert "December 2" in sent.body
    assert "List-Unsubscribe" in sent.extra_headers


MORNINGS = {"Pacific/Kiritimati": at(18, 0, day=1), "Pacific/Pago_Pago": at(19), "Asia/Kathmandu": at(2, 15)}


@pytest.mark.parametrize("zone", MORNINGS)
def test_morning_is_that_of_any_zone_on_earth(zone):
    application = make_tracked(make_user(time_zone=zone), Status.SAVED)
    ApplicationTask.objects.create(application=application, text="Write", due_on=DAY)
    assert send_due(MORNINGS[zone] - timedelta(seconds=1)) == 0
    assert send_due(MORNINGS[zone]) == 1


def test_after_an_outage_what_is_more_than_four_hours_late_is_dropped_and_noted(task, caplog):
    assert send_due(at(11, 1)) == 0
    assert "dropped" in caplog.text
    assert Reminder.objects.get().was_dropped
    assert send_due(at(11, 6)) == 0
    assert not mail.outbox


def test_after_a_short_outage_it_comes_late(task):
    assert send_due(at(11, 0)) == 1


@pytest.mark.parametrize("gone", ["done", "removed", "application"])
def test_what_is_done_or_removed_reminds_of_nothing(task, gone):
    if gone == "application":
        task.application.user.tracked.update(removed_at=at(1))
    else:
        ApplicationTask.objects.update(**{f"{gone}_at": at(1)})
    assert send_due(at(7)) == 0


def test_a_task_written_down_after_its_morning_reminds_of_nothing(application):
    with time_machine.travel(at(9), tick=False):
        ApplicationTask.objects.create(application=application, text="Call", due_on=DAY)
        assert send_due(at(9, 5)) == 0


def test_who_wants_no_reminders_gets_none(task, berliner):
    decide(user=berliner, kind=MailKind.REMINDERS, is_wanted=False)
    assert send_due(at(7)) == 0
    assert not mail.outbox


def test_an_interview_comes_a_day_and_an_hour_before_in_both_zones(application):
    interview(application)
    assert send_due(at(19, 29, day=1)) == 0
    assert send_due(at(19, 30, day=1)) == 1
    assert send_due(at(18, 29)) == 0
    assert send_due(at(18, 30)) == 1
    assert send_due(at(19, 29)) == 0
    body = mail.outbox[0].body
    assert "Wednesday, December 2, 8:30" in body
    assert "December 2, 2:30 PM" in body
    assert "https://m.example.org" in body


def test_an_interview_that_was_moved_reminds_anew(application):
    made = interview(application)
    send_due(at(19, 30, day=1))
    with time_machine.travel(at(20, day=1), tick=False):
        made.starts_at, made.updated_at = at(19, 30, day=4), at(20, day=1)
        made.save()
    assert send_due(at(18, 30)) == 0
    assert send_due(at(19, 30, day=3)) == 1


def test_an_interview_written_down_shortly_before_reminds_an_hour_before_only(application):
    interview(application, created_at=at(9), updated_at=at(9))
    assert send_due(at(9, 5)) == 0
    assert send_due(at(18, 30)) == 1


def test_after_an_outage_an_interview_that_has_begun_reminds_of_nothing(application):
    interview(application)
    assert send_due(at(19, 31)) == 0
    assert not mail.outbox


def test_an_application_without_an_answer_is_asked_about_twice_at_most(berliner):
    make_tracked(berliner, title="Sail maker", employer="Sails", at=datetime(2026, 11, 20, 12, tzinfo=UTC))
    sent = [day for day in range(60) if send_due(datetime(2026, 11, 20, 7, 2, tzinfo=UTC) + timedelta(days=day))]
    assert sent == [8, 15]
    assert mail.outbox[0].subject == "No answer yet: Sail maker, Sails"
    assert "mailto:" in mail.outbox[0].alternatives[0].content


def test_an_answer_ends_the_asking(berliner):
    application = make_tracked(berliner, at=datetime(2026, 11, 20, 12, tzinfo=UTC))
    assert send_due(datetime(2026, 11, 28, 7, 2, tzinfo=UTC)) == 1
    with time_machine.travel(datetime(2026, 11, 29, tzinfo=UTC), tick=False):
        record(application, Status.REJECTED)
    assert not sum(send_due(datetime(2026, 11, 30, 7, 2, tzinfo=UTC) + timedelta(days=day)) for day in range(30))


def test_what_was_sent_long_before_it_was_written_down_is_not_asked_about(berliner):
    make_tracked(berliner, at=datetime(2026, 11, 10, 12, tzinfo=UTC))
    assert not sum(send_due(datetime(2026, 11, 20, 7, 2, tzinfo=UTC) + timedelta(days=day)) for day in range(4))


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_send_one_mail(settings):
    application = make_tracked(make_user(time_zone="UTC"), Status.SAVED)
    ApplicationTask.objects.create(application=application, text="Write", due_on=DAY)

    def work(_):
        try:
            return send_due(at(8, 1))
        finally:
            connection.close()

    with ThreadPoolExecutor(3) as pool:
        assert sum(pool.map(work, range(3))) == 1


def test_queries_do_not_grow_with_what_is_not_due(application, django_assert_max_num_queries):
    for _ in range(20):
        interview(make_tracked(application.user, Status.SAVED), when=at(1, day=20))
    with django_assert_max_num_queries(6):
        send_due(at(7))


def test_the_night_forgets_what_was_removed_long_ago(member):
    old, kept = make_tracked(member), make_tracked(member)
    contact = kept.contacts.create(name="Ada", removed_at=datetime(2026, 10, 1, tzinfo=UTC))
    member.tracked.filter(pk=old.pk).update(removed_at=datetime(2026, 10, 1, tzinfo=UTC))
    delete_removed_applications(0)
    assert list(member.tracked.all()) == [kept]
    assert not kept.contacts.filter(pk=contact.pk).exists()
