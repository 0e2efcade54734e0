"""Reminder mails: the tasks of today, interviews that come up, and a nudge where no answer came.

Each goes out once: a row of Reminder is written in the transaction that queues the mail, under a key that names what it is about
and when. What should have gone out more than LATEST ago, because no worker ran, is dropped and noted: a reminder in the past
helps nobody. Nothing is sent twice when two workers run at once: the unique key lets one through.
"""

import logging
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from accounts.models import ApplicationTask, Contact, Interview, MailKind, Reminder, TrackedApplication, User
from accounts.models.tracking_words import Status
from accounts.preferences import unsubscribe_url, wants
from accounts.tracker.follow_up import MOST, WAIT, mailto
from kit.mail.letter import send_letter

logger = logging.getLogger(__name__)

LATEST = timedelta(hours=4)
LOOK_BACK = timedelta(days=3)  # what was due longer ago is not even noted as dropped
MORNING = time(8)  # where the person lives: tasks of the day, and nudges
BEFORE = (timedelta(hours=24), timedelta(hours=1))  # interviews
KEPT = timedelta(days=400)  # of the notes on what was sent: longer than anything can be due


@dataclass(frozen=True)
class Due:
    """`moment`: when it should go out; `template` without its endings."""

    user: User
    key: str
    moment: datetime
    template: str
    application: TrackedApplication
    about: object = None


def send_due(now: datetime | None = None) -> int:
    """Send what is due; how many mails."""
    moment = now or timezone.now()
    return sum(_send(due, moment) for due in due_at(moment))


def due_at(now: datetime) -> Iterator[Due]:
    """All whose moment has come, also those too late; without what was noted before."""
    found = [*_tasks(now), *_interviews(now), *_nudges(now)]
    noted = set(
        Reminder.objects.filter(user__in={due.user.pk for due in found}, key__in=[due.key for due in found]).values_list("user", "key")
    )
    return (due for due in found if (due.user.pk, due.key) not in noted)


@transaction.atomic
def _send(due: Due, now: datetime) -> bool:
    is_late = now - due.moment > LATEST
    wanted = wants(due.user, MailKind.REMINDERS)
    # The insert decides who sends: a second worker waits here, and then finds that the row is there.
    made, is_new = Reminder.objects.get_or_create(user=due.user, key=due.key, defaults={"at": now, "was_dropped": is_late or not wanted})
    if not is_new:
        return False
    if is_late:
        logger.warning("reminder %s of person %s dropped: it was due at %s", made.key, made.user_id, due.moment)
        return False
    if not wanted:
        return False
    context = {
        "application": due.application,
        "about": due.about,
        "application_url": settings.SITE_URL + due.application.get_absolute_url(),
    }
    url = unsubscribe_url(due.user, MailKind.REMINDERS)
    send_letter(f"emails/{due.template}", to=due.user, context=context, unsubscribe_url=url, stream=MailKind.REMINDERS)
    return True


def morning_of(day: date, zone: str) -> datetime:
    return datetime.combine(day, MORNING, tzinfo=ZoneInfo(zone))


def _tasks(now: datetime) -> Iterator[Due]:
    """Of days that begin somewhere on earth within a day of now; whose morning has come is said by the zone."""
    around = ((now - LOOK_BACK).date(), (now + timedelta(days=1)).date())
    tasks = ApplicationTask.objects.in_use().open().filter(due_on__range=around)
    for task in tasks.with_application().select_related("application__user").order_by("pk"):
        user = task.application.user
        moment = morning_of(task.due_on or around[0], user.time_zone)
        # One that was written down after its moment reminds of nothing new: its owner has just thought of it.
        if task.created_at < moment <= now:
            yield Due(user, f"task-{task.pk}-{task.due_on}", moment, "reminder_task", task.application, task)


def _interviews(now: datetime) -> Iterator[Due]:
    """A day and an hour before. Of those whose moments have both come only the later one: nobody needs two mails at once."""
    coming = Interview.objects.in_use().filter(starts_at__gt=now, starts_at__lte=now + max(BEFORE))
    for interview in coming.with_application().select_related("application__user").order_by("pk"):
        past = [before for before in BEFORE if interview.starts_at - before <= now and interview.updated_at < interview.starts_at - before]
        if past:
            before = min(past)
            key = f"interview-{interview.pk}-{interview.starts_at:%Y%m%dT%H%M}-{int(before.total_seconds() // 3600)}h"
            yield Due(interview.application.user, key, interview.starts_at - before, "reminder_interview", interview.application, interview)


def _nudges(now: datetime) -> Iterator[Due]:
    """In the morning after a week without an answer, and once more after the next: at most MOST of one application, ever."""
    for number in range(1, MOST + 1):
        end = now - WAIT * number
        waiting = TrackedApplication.objects.kept().filter(status=Status.APPLIED, status_at__range=(end - LOOK_BACK, end))
        rows = list(waiting.light().select_related("user").order_by("pk"))
        contacts = _contacts_of(rows)
        for application in rows:
            moment = _nudge_moment(application, number)
            # Of one that was written down later, the week was over already.
            if application.created_at < moment <= now:
                draft = mailto(application, contacts.get(application.pk, []))
                yield Due(application.user, f"nudge-{application.pk}-{number}", moment, "reminder_follow_up", application, draft)


def _nudge_moment(application: TrackedApplication, number: int) -> datetime:
    zone = application.user.time_zone
    return morning_of((application.status_at + WAIT * number).astimezone(ZoneInfo(zone)).date() + timedelta(days=1), zone)


def _contacts_of(applications: Iterable[TrackedApplication]) -> dict[int, list[Contact]]:
    found: dict[int, list[Contact]] = {}
    for contact in Contact.objects.kept().filter(application__in=[row.pk for row in applications]).order_by("pk"):
        found.setdefault(contact.application_id, []).append(contact)
    return found


def forget_old(now: datetime) -> None:
    Reminder.objects.filter(at__lt=now - KEPT).delete()
