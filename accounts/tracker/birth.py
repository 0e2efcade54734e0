"""How applications come into the tracker: from a job of ours, from our apply form, by hand, from a file.

Each person's row is locked meanwhile, so that a double click or two ways at once make one application.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection, transaction
from django.db.models.functions import Coalesce
from django.utils import timezone

from accounts.models import ApplicationEvent, TrackedApplication, User
from accounts.models.tracked import MAX_PLACE, MAX_TITLE, TrackedQuerySet
from accounts.models.tracking_words import EventSource, Status
from accounts.tracker.history import record, settle
from jobs import matching
from jobs.models import Application, Job
from jobs.page import words
from jobs.page.frozen import freeze
from kit.text import fold

# From these, applying (again) is news; somebody who is being interviewed is not set back by a click.
BEFORE_APPLYING = (Status.SAVED, Status.PREPARING, Status.REJECTED, Status.WITHDRAWN, Status.NO_ANSWER)


@dataclass(frozen=True)
class Facts:
    """What is known of a job that is not ours. `url` is a web address or empty."""

    title: str
    employer: str = ""
    place: str = ""
    url: str = ""


@transaction.atomic
def track_job(
    *, user: User, job: Job, status: Status, source: EventSource, sent: Application | None = None, happened_at: datetime | None = None
) -> TrackedApplication:
    """Keep track of a job, with the ad as it is now. One that is tracked already (or was removed) is moved on where that is news."""
    _one_at_a_time(user)
    found = of_job(user, job).first()
    if found is None:
        return _born(user, status, source, happened_at, sent=sent, **_of_job(job))
    _bring_back(found, sent)
    if status == Status.APPLIED and found.status in BEFORE_APPLYING:
        record(found, status, source=source, happened_at=happened_at)
    return TrackedApplication.objects.get(pk=found.pk)


def track_sent(application: Application) -> None:
    """Called by the room that sends applications, in its transaction."""
    track_job(
        user=application.user,
        job=Job.objects.select_related("employer", "source", "guide").get(pk=application.job_id),
        status=Status.APPLIED,
        source=EventSource.FORM,
        sent=application,
        happened_at=None,
    )


def track_withdrawn(application: Application) -> None:
    """The same for one that was withdrawn there."""
    found = TrackedApplication.objects.kept().filter(sent=application).first()
    if found:
        record(found, Status.WITHDRAWN, source=EventSource.FORM)


@transaction.atomic
def track(
    *,
    user: User,
    facts: Facts,
    status: Status,
    source: EventSource,
    happened_at: datetime | None = None,
    note: str = "",
    guide_id: int | None = None,
    **more: Any,
) -> TrackedApplication:
    """One that was found elsewhere. `more`: other columns of TrackedApplication. Doubles are for the caller to ask about: `alike`."""
    return _born(
        user,
        status,
        source,
        happened_at,
        title=facts.title[:MAX_TITLE],
        employer=facts.employer[:MAX_TITLE],
        place=facts.place[:MAX_PLACE],
        url=facts.url,
        note=note,
        guide_id=guide_id,
        **more,
    )


@transaction.atomic
def guide_of(title: str) -> int | None:
    """The guide of a job that was typed in. Four queries."""
    return matching.load().guide_of(title)


def of_job(user: User, job: Job) -> TrackedQuerySet:
    """What this person tracks of this job or of the same one under another number, removed ones too; the newest first."""
    root = job.duplicate_of_id or job.pk
    same = user.tracked.annotate(root=Coalesce("job__duplicate_of", "job")).filter(root=root)
    return same.light().order_by("removed_at", "-pk")


def alike(user: User, facts: Facts) -> TrackedQuerySet:
    """Kept ones with the same title and employer, whatever their case and accents."""
    start = fold(f"{facts.title}\n{facts.employer}\n")
    return user.tracked.kept().light().filter(words__startswith=start).newest()


# The same job is known under several numbers when one is a duplicate of another. Through `root`, both steps have an index.
_APPLIED = """
SELECT shown.id, max(coalesce(told.at, tracked.status_at))
FROM jobs_job AS shown
CROSS JOIN LATERAL (SELECT coalesce(shown.duplicate_of_id, shown.id)) AS root (id)
JOIN jobs_job AS same ON same.id = root.id OR same.duplicate_of_id = root.id
JOIN accounts_trackedapplication AS tracked ON tracked.job_id = same.id AND tracked.user_id = %s
LEFT JOIN LATERAL (
  SELECT max(event.happened_at) FROM accounts_applicationevent AS event
  WHERE event.application_id = tracked.id AND event.status = 'applied'
    AND NOT EXISTS (SELECT FROM accounts_applicationevent AS later WHERE later.corrects_id = event.id)
) AS told (at) ON true
WHERE shown.id = ANY(%s) AND tracked.removed_at IS NULL AND tracked.status <> ALL(%s)
GROUP BY shown.id
"""


def applied_on(user_id: int, job_ids: Sequence[int]) -> dict[int, datetime]:
    """Number of a job -> when this person applied for it, as the tracker knows. One query. Withdrawn ones do not count."""
    with connection.cursor() as cursor:
        cursor.execute(_APPLIED, [user_id, list(job_ids), [Status.SAVED, Status.PREPARING, Status.WITHDRAWN]])
        return dict(cursor.fetchall())


def _one_at_a_time(user: User) -> None:
    User.objects.select_for_update(no_key=True).get(pk=user.pk)


def _bring_back(found: TrackedApplication, sent: Application | None) -> None:
    changed: dict[str, Any] = {"removed_at": None} if found.removed_at else {}
    if sent:
        changed["sent"] = sent
    if changed:
        TrackedApplication.objects.filter(pk=found.pk).update(**changed)


def _of_job(job: Job) -> dict[str, Any]:
    return {
        "job": job,
        "title": job.title,
        "employer": job.employer.name[:MAX_TITLE],
        "place": words.place(job)[:MAX_PLACE],
        "url": job.apply_url,
        "guide_id": job.guide_id,
        "frozen": freeze(job),
    }


def _born(user: User, status: Status, source: EventSource, happened_at: datetime | None, **columns: Any) -> TrackedApplication:
    moment = happened_at or timezone.now()
    application = TrackedApplication.objects.create(user=user, status=status, status_at=moment, **columns)
    ApplicationEvent.objects.create(application=application, status=status, happened_at=moment, source=source)
    settle(application)
    return application
