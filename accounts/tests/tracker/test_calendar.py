"""Interviews for calendar programs, and the private address of a person's own calendar."""

from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar

from accounts.models import ApplicationTask, CalendarFeed, Interview
from accounts.tests.factories import signed_in
from accounts.tests.tracker.factories import make_tracked
from accounts.tracker.calendar import address_of, calendar_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def application(member):
    return make_tracked(member, title="Sail maker; ropes, kites", employer="Sails")


@pytest.fixture
def interview(application):
    return Interview.objects.create(
        application=application,
        kind="video",
        starts_at=datetime(2026, 12, 2, 19, 30, tzinfo=UTC),
        zone="America/New_York",
        minutes=45,
        place="https://meet.example.org/" + "a" * 90,
        people="Ada\r\nATTENDEE:mailto:x@example.org",
        note="Line one\nLine two",
    )


def components(data):
    return Calendar.from_ical(data).walk("VEVENT")


def test_an_interview_reads_back_as_it_was_written(member, interview, application):
    url = reverse("accounts:interview_file", args=[application.pk, interview.pk])
    answer = signed_in(member).get(url)
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    assert answer["Cache-Control"] == "private, no-store"
    (event,) = components(answer.content)
    assert event.decoded("dtstart") == interview.starts_at
    assert event.decoded("dtend") == interview.ends_at
    assert event["summary"] == "Interview: Sail maker; ropes, kites, Sails"
    assert event["location"] == interview.place
    assert "ATTENDEE" not in event
    assert event["sequence"] == 0


def test_lines_are_folded_and_end_as_the_standard_asks(interview):
    lines = calendar_of([interview]).split(b"\r\n")
    assert max(map(len, lines)) <= 75
    assert not any(b"\n" in line for line in lines)
    assert b"DTSTART:20261202T193000Z" in lines


def test_a_strangers_interview_is_not_there(stranger, interview, application):
    url = reverse("accounts:interview_file", args=[application.pk, interview.pk])
    assert signed_in(stranger).get(url).status_code == 404


def test_the_calendar_is_opened_renewed_and_closed(member, interview, application):
    client, program = signed_in(member), Client()
    ApplicationTask.objects.create(application=application, text="Send thanks", due_on=timezone.localdate() + timedelta(days=1))
    client.post(reverse("accounts:calendar_open"))
    first = address_of(CalendarFeed.objects.get())
    assert first in client.get(reverse("accounts:calendar_page")).text
    answer = program.get(first)
    assert answer.status_code == 200
    assert answer["Cache-Control"] == "private, no-store"
    assert len(components(answer.content)) == 2
    client.post(reverse("accounts:calendar_open"))
    second = address_of(CalendarFeed.objects.get())
    assert program.get(first).status_code == 404
    assert program.get(second).status_code == 200
    client.post(reverse("accounts:calendar_close"))
    assert program.get(second).status_code == 404


def test_an_address_that_we_did_not_make_opens_nothing(member):
    feed = CalendarFeed.objects.create(user=member)
    for token in (feed.nonce, f"{feed.nonce}.x", f"{feed.nonce}.{'a' * 43}", "x"):
        assert Client().get(reverse("accounts:calendar", args=[token])).status_code == 404


def test_the_calendar_of_one_holds_nothing_of_another(member, stranger, interview):
    feed = CalendarFeed.objects.create(user=stranger)
    assert components(Client().get(address_of(feed)).content) == []


def test_what_is_removed_or_whose_application_is_removed_leaves_the_calendar(member, interview, application):
    feed = address_of(CalendarFeed.objects.create(user=member))
    Interview.objects.update(removed_at=timezone.now())
    assert components(Client().get(feed).content) == []
    Interview.objects.update(removed_at=None)
    member.tracked.update(removed_at=timezone.now())
    assert components(Client().get(feed).content) == []


def test_the_queries_of_the_calendar_do_not_grow(member, interview, application, django_assert_max_num_queries):
    for day in range(20):
        Interview.objects.create(application=make_tracked(member), kind="phone", starts_at=timezone.now() + timedelta(days=day), zone="UTC")
    feed = address_of(CalendarFeed.objects.create(user=member))
    with django_assert_max_num_queries(4):
        assert len(components(Client().get(feed).content)) == 21
