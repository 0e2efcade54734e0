"""Interviews and tasks as iCalendar (RFC 5545), and the private address of a person's own calendar."""

from collections.abc import Iterable
from datetime import UTC, timedelta
from urllib.parse import urlsplit

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar, Event

from accounts.models import ApplicationTask, CalendarFeed, Interview, User
from accounts.models.tracking_marks import make_nonce
from jobs.reading.addresses import web_address

BACK = timedelta(days=90)  # how far into the past the calendar reaches
_signer = Signer(salt="accounts.calendar", sep=".")


def calendar_of(interviews: Iterable[Interview], tasks: Iterable[ApplicationTask] = ()) -> bytes:
    """Interviews with their times in UTC, which every program shows by the clocks of its reader; open tasks as all-day entries."""
    found = Calendar()
    found.add("prodid", f"-//{settings.SITE_NAME}//Applications//EN")
    found.add("version", "2.0")
    found.add("method", "PUBLISH")
    found.add("x-wr-calname", f"{settings.SITE_NAME}: applications")
    for interview in interviews:
        found.add_component(_interview(interview))
    for task in tasks:
        found.add_component(_task(task))
    return bytes(found.to_ical())


def feed_of(user: User) -> bytes:
    """Three months back and all that is to come."""
    since = timezone.now() - BACK
    interviews = Interview.objects.in_use().filter(application__user=user, starts_at__gte=since).order_by("starts_at", "pk")
    tasks = ApplicationTask.objects.in_use().open().filter(application__user=user, due_on__gte=since.date()).next_first()
    return calendar_of(interviews.with_application(), tasks.with_application())


def address_of(feed: CalendarFeed) -> str:
    """Made of the row and the secret key: it can be shown again, and the table alone opens nothing."""
    return settings.SITE_URL + reverse("accounts:calendar", args=[_signer.sign(feed.nonce)])


def read_token(token: str) -> CalendarFeed | None:
    """None for one that we did not make or that was revoked."""
    try:
        nonce = _signer.unsign(token)
    except BadSignature:
        return None
    return CalendarFeed.objects.select_related("user").filter(nonce=nonce, user__is_active=True).first()


def open_feed(user: User) -> None:
    """Make the address, or a new one in place of it: the old one is 404 from now on."""
    CalendarFeed.objects.update_or_create(user=user, defaults={"nonce": make_nonce(), "created_at": timezone.now()})


def close_feed(user: User) -> None:
    CalendarFeed.objects.filter(user=user).delete()


def _interview(interview: Interview) -> Event:
    application = interview.application
    event = Event()
    event.add("uid", _uid("interview", interview.pk))
    event.add("dtstamp", interview.updated_at)
    event.add("last-modified", interview.updated_at)
    event.add("sequence", interview.version)
    event.add("dtstart", interview.starts_at.astimezone(UTC))
    event.add("dtend", interview.ends_at.astimezone(UTC))
    event.add("summary", f"Interview: {application.name}")
    if interview.place:
        event.add("location", interview.place)
    if link := web_address(interview.place):
        event.add("url", link)
    else:
        event.add("url", settings.SITE_URL + application.get_absolute_url())
    about = [interview.get_kind_display(), f"With {interview.people}" if interview.people else "", interview.note]
    event.add("description", "\n".join([*filter(None, about), settings.SITE_URL + application.get_absolute_url()]))
    return event


def _task(task: ApplicationTask) -> Event:
    assert task.due_on is not None
    event = Event()
    event.add("uid", _uid("task", task.pk))
    event.add("dtstamp", task.created_at)
    event.add("dtstart", task.due_on)
    event.add("dtend", task.due_on + timedelta(days=1))
    event.add("transp", "TRANSPARENT")  # does not make its owner look busy
    event.add("summary", f"{task.text} ({task.application.name})")
    event.add("url", settings.SITE_URL + task.application.get_absolute_url())
    return event


def _uid(kind: str, pk: int) -> str:
    return f"{kind}-{pk}@{urlsplit(settings.SITE_URL).hostname}"
