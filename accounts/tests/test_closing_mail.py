"""The mail before a saved job closes: once, in the morning of its reader, and only to those who want it."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core import mail
from django.utils import timezone

from accounts import tasks
from accounts.bookmarks import remove, save_job, seen_job
from accounts.keeping.closing import tell
from accounts.models import MailKind
from accounts.preferences import decide
from jobs.models import Job
from jobs.tests.factories import make_job

pytestmark = pytest.mark.django_db
MORNING = datetime(2026, 5, 20, 8, 7, tzinfo=UTC)


@pytest.fixture(autouse=True)
def morning(monkeypatch):
    at(monkeypatch, MORNING)


def at(monkeypatch, moment):
    monkeypatch.setattr(timezone, "now", lambda: moment)


def keep(user, external_id="1", *, days=2, **values):
    return save_job(user=user, job=seen_job(make_job(external_id, valid_through=MORNING + timedelta(days=days), **values).pk))


def look():
    tasks.tell_of_closing(timestamp=0)
    return mail.outbox


def test_one_mail_names_all_of_them_with_the_day_and_the_way_out(member):
    keep(member, "1", title="Kite maker <b>", days=1)
    keep(member, "2", title="Sail maker", days=3)
    keep(member, "3", title="Rope maker", days=5)
    (letter,) = look()
    assert letter.to == [member.email]
    assert letter.subject == "2 of your saved jobs close soon"
    assert "Kite maker <b>, Kite Works\nCloses tomorrow, May 21, 2026" in letter.body
    assert "Sail maker, Kite Works\nCloses in 3 days" in letter.body
    assert "Rope maker" not in letter.body
    assert "Kite maker &lt;b&gt;" in letter.alternatives[0][0]
    assert "List-Unsubscribe" in letter.extra_headers


def test_one_job_is_named_in_the_subject(member):
    keep(member)
    assert look()[0].subject == "Closes in 2 days: Kite maker"


def test_it_is_written_once_and_again_only_for_another_last_day(member, monkeypatch):
    row = keep(member)
    look()
    at(monkeypatch, MORNING + timedelta(hours=25))
    assert len(look()) == 1
    Job.objects.filter(pk=row.job_id).update(valid_through=MORNING + timedelta(days=9))
    assert len(look()) == 1
    at(monkeypatch, MORNING + timedelta(days=7))
    assert len(look()) == 2


def test_nothing_is_said_of_what_is_removed_closed_over_or_not_wanted(member, stranger):
    remove(bookmark=keep(member, "1"))
    Job.objects.get(pk=keep(member, "2").job_id).close()
    keep(member, "3", days=-1)
    decide(user=stranger, kind=MailKind.CLOSING, is_wanted=False)
    keep(stranger, "4")
    assert look() == []


@pytest.mark.parametrize(("zone", "count"), [("UTC", 1), ("America/Los_Angeles", 0), ("Asia/Tokyo", 0), ("Europe/Berlin", 1)])
def test_it_comes_in_the_morning_where_its_reader_is(member, zone, count):
    member.time_zone = zone
    member.save()
    keep(member)
    assert len(look()) == count


def test_after_an_outage_of_a_day_it_still_comes_before_the_last_day(member, monkeypatch):
    keep(member, days=3)
    at(monkeypatch, MORNING + timedelta(days=1))
    assert look()[0].subject == "Closes in 2 days: Kite maker"


def test_a_second_worker_finds_nothing_to_say(member):
    keep(member)
    assert tell(member)
    assert not tell(member)
    assert len(mail.outbox) == 1
