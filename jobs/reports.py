"""Filing and deciding reports. Each of these has more than one effect, in one transaction."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction
from django.utils import timezone

from jobs.choices import ReportReason, ReportState
from jobs.models import Job, Report
from jobs.models.job import Move
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
def uphold(*, reports: Iterable[Report], move: Move, by: "User") -> list[Job]:
    """Close or remove the jobs, and decide every open report of them with these. Returns the jobs that moved.

    A job that went that way before stays as it is; its reports are decided all the same.
    """
    about = {report.job_id for report in reports}
    jobs = Job.objects.select_for_update(of=["self"]).filter(pk__in=about)
    moved = list(jobs.movable(move).order_by("pk"))
    Job.objects.filter(pk__in=[job.pk for job in moved]).move(move)
    Report.objects.open().filter(job__in=about).update(state=ReportState.UPHELD, decided_at=timezone.now(), decided_by=by)
    stamp.raise_number()
    return moved


def dismiss(*, reports: Iterable[Report], by: "User") -> int:
    """Of these alone: another reader may have seen something else. Returns how many were open."""
    chosen = Report.objects.open().filter(pk__in=[report.pk for report in reports])
    return chosen.update(state=ReportState.DISMISSED, decided_at=timezone.now(), decided_by=by)
