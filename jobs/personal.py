"""Hidden jobs, seen jobs, and "new since my last visit". Every write may be repeated, and by two tabs at once."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.contrib.auth import get_user_model
from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import F, OuterRef
from django.utils import timezone

from jobs.models import HiddenJob, JobVisit, SeenJob

MOST_HIDDEN = 1_000  # the newest that a search leaves out
MOST_SEEN = 2_000  # kept for each member
VISIT_ENDS = timedelta(minutes=60)  # without activity


@dataclass(frozen=True)
class Personal:
    """What the search needs to know of the one who searches. `since`: the end of the last visit; None on the first."""

    hidden_ids: tuple[int, ...] = ()
    since: datetime | None = None

    @classmethod
    def of(cls, user: AbstractBaseUser | AnonymousUser) -> "Personal":
        """One query; none for somebody who is signed out."""
        if not user.is_authenticated:
            return cls()
        hidden = HiddenJob.objects.filter(user_id=OuterRef("pk")).open().newest().values("job_id")[:MOST_HIDDEN]
        people = get_user_model().objects.filter(pk=user.pk)
        found = people.values_list(ArraySubquery(hidden), "job_visit__active_at", "job_visit__previous_at").first()
        return cls(tuple(found[0]), _last_visit(found[1], found[2])) if found else cls()


def hide(user_id: int, job_id: int) -> None:
    HiddenJob.objects.bulk_create([HiddenJob(user_id=user_id, job_id=job_id)], ignore_conflicts=True)


def unhide(user_id: int, job_id: int) -> None:
    HiddenJob.objects.filter(user_id=user_id, job_id=job_id).delete()


def mark_seen(user_id: int, job_id: int) -> None:
    """Seen again moves to the front. Reading keeps a visit going, but begins none: a link in a mail is no look at the list."""
    seen = SeenJob(user_id=user_id, job_id=job_id)
    SeenJob.objects.bulk_create([seen], update_conflicts=True, update_fields=["seen_at"], unique_fields=["user", "job"])
    _go_on(user_id, timezone.now())


def trim_seen() -> int:
    """Forget what lies beyond MOST_SEEN; how many there were."""
    return SeenJob.objects.filter(pk__in=list(SeenJob.objects.beyond(MOST_SEEN).values_list("pk", flat=True))).delete()[0]


def mark_visit(user_id: int) -> None:
    """The member looks for jobs now. After VISIT_ENDS of silence this is a new visit.

    Each step is one statement that says what it expects, so of two tabs that come back together only one begins the visit.
    """
    now = timezone.now()
    ended = JobVisit.objects.filter(user_id=user_id, active_at__lt=now - VISIT_ENDS)
    if _go_on(user_id, now) or ended.update(previous_at=F("active_at"), started_at=now, active_at=now):
        return
    JobVisit.objects.bulk_create([JobVisit(user_id=user_id, started_at=now, active_at=now)], ignore_conflicts=True)


def _go_on(user_id: int, now: datetime) -> int:
    return JobVisit.objects.filter(user_id=user_id, active_at__gte=now - VISIT_ENDS, active_at__lte=now).update(active_at=now)


def _last_visit(active_at: datetime | None, previous_at: datetime | None) -> datetime | None:
    """The end of the visit before this one. A visit that has ended is that one, though the new one is not noted yet."""
    return active_at if active_at and active_at < timezone.now() - VISIT_ENDS else previous_at
