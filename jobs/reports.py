"""Filing and deciding reports. Each of these has more than one effect, in one transaction."""

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction
from django.utils import timezone

from jobs.choices import ReportReason, ReportState, State
from jobs.models import Job, Report
from kit import stamp

if TYPE_CHECKING:
    from accounts.models import User


def file_report(*, job: Job, reason: ReportReason, words: str, reporter: "User | None") -> Report | None:
    """None when this person has a report of this job that is still open: the first one stands."""
    try:
        with transaction.atomic():
            return Report.objects.create(job=job, reason=reason, words=words, reporter=reporter)
    except IntegrityError:
        if reporter and Report.objects.open().filter(job=job, reporter=reporter).exists():
            return None
        raise


@transaction.atomic
def uphold(*, reports: Iterable[Report], move: Callable[[Job], None], by: "User") -> list[Job]:
    """Close or remove the jobs (`move`), and decide every open report of them with these. Returns the jobs that were moved.

    A job that has gone that way already stays as it is; its reports are decided all the same.
    """
    jobs = list(Job.objects.select_for_update(of=["self"]).filter(pk__in={report.job_id for report in reports}).order_by("pk"))
    moved = []
    for job in jobs:
        before = job.state
        if move is Job.remove or job.state in {State.OPEN, State.HELD}:
            move(job)
        if job.state != before:
            moved.append(job)
    Report.objects.open().filter(job__in=jobs).update(state=ReportState.UPHELD, decided_at=timezone.now(), decided_by=by)
    stamp.raise_number()
    return moved


def dismiss(*, reports: Iterable[Report], by: "User") -> int:
    """Of these alone: another reader may have seen something else. Returns how many were open."""
    chosen = Report.objects.open().filter(pk__in=[report.pk for report in reports])
    return chosen.update(state=ReportState.DISMISSED, decided_at=timezone.now(), decided_by=by)
