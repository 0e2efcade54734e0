"""Who went to an employer's own site, and what became of it: asked on coming back, answered once."""

from collections.abc import Sequence
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from accounts.models import Departure, TrackedApplication, User
from accounts.models.tracking_words import Answer, EventSource, Status
from accounts.tracker.birth import track_job
from jobs.choices import State
from jobs.models import Job

ASKED_FOR = timedelta(days=30)  # longer ago nobody remembers
MOST_ASKED = 3  # questions at once


def leave(user: User, job: Job) -> None:
    """Note it. Going there again asks again, except where somebody wants not to be asked. Harmless when repeated."""
    departure = Departure(user=user, job=job)
    Departure.objects.bulk_create([departure], ignore_conflicts=True)
    again = Departure.objects.filter(user=user, job=job).exclude(answer=Answer.NEVER)
    again.update(at=timezone.now(), answer="", answered_at=None)


@transaction.atomic
def answer(user: User, job: Job, said: Answer) -> TrackedApplication | None:
    """Yes brings the job into the tracker as applied for. Harmless when repeated."""
    Departure.objects.filter(user=user, job=job).update(answer=said, answered_at=timezone.now())
    if said != Answer.YES:
        return None
    return track_job(user=user, job=job, status=Status.APPLIED, source=EventSource.RETURN)


def to_ask(user: User) -> Sequence[Departure]:
    """The newest few that wait for an answer, with their jobs. One query."""
    waiting = user.departures.unanswered().filter(at__gt=timezone.now() - ASKED_FOR, job__state__in=[State.OPEN, State.CLOSED])
    return list(waiting.select_related("job__employer").defer("job__description").order_by("-at")[:MOST_ASKED])


def is_asked(user: User, job: Job) -> bool:
    return user.departures.unanswered().filter(job=job, at__gt=timezone.now() - ASKED_FOR).exists()
