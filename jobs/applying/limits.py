"""How fast one account may send. There is no limit on how many jobs one applies for: these bounds stop programs, not people.

A person who reads an ad and writes a letter needs minutes, so 30 in an hour leaves room for prepared letters. What goes
beyond would make our mail server a sender of spam and cost every applicant the employers' trust.
"""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.db.models import Sum
from django.utils import timezone

from jobs.models import Application, Job, ResumeFile

if TYPE_CHECKING:
    from accounts.models import User

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
A_HOUR = 30
A_DAY = 100
A_DAY_FOR_ONE_JOB = 3  # sent, withdrawn, sent again: each is a mail to the same employer
BYTES_A_DAY = 60 * 1024 * 1024  # of files that we do not have yet; one that is sent again costs nothing


def wait_until(user: "User", job: Job) -> datetime | None:
    """When this person may send the next application; None for now. Two queries.

    Counts stay right under `jobs.applying.sending`'s lock only; without it this tells what to show before somebody types.
    """
    now = timezone.now()
    recent = Application.objects.of(user).filter(sent_at__gt=now - DAY).order_by("-sent_at").values_list("sent_at", "job_id")
    sent = list(recent[:A_DAY])
    times = [when for when, _ in sent]
    here = [when for when, job_id in sent if job_id == job.pk]
    stops = [_after(times, A_HOUR, HOUR), _after(times, A_DAY, DAY), _after(here, A_DAY_FOR_ONE_JOB, DAY), _room(user, now)]
    return max((stop for stop in stops if stop and stop > now), default=None)


def _after(times: list[datetime], most: int, span: timedelta) -> datetime | None:
    """When fewer than `most` of these, newest first, lie within `span`."""
    return times[most - 1] + span if len(times) >= most else None


def _room(user: "User", now: datetime) -> datetime | None:
    """When the files of this person that came in within a day leave room for another."""
    files = ResumeFile.objects.filter(user=user, created_at__gt=now - DAY)
    stored = files.aggregate(total=Sum("size"))["total"] or 0
    first = files.order_by("created_at").values_list("created_at", flat=True).first() if stored >= BYTES_A_DAY else None
    return first + DAY if first else None
