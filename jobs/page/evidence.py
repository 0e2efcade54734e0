"""What we know of an ad ourselves. Facts without a verdict: the reader decides what they mean."""

from dataclasses import dataclass
from datetime import datetime

from jobs.choices import ReportState, State
from jobs.models import Job, Report


@dataclass(frozen=True)
class Evidence:
    """`also_listed_by`: names of other sources that have the same ad."""

    first_seen: datetime
    last_seen: datetime
    relisted: int
    open_reports: int
    also_listed_by: list[str]

    @property
    def listed_again(self) -> str:
        if not self.relisted:
            return "No"
        return "Once" if self.relisted == 1 else f"{self.relisted} times"

    @property
    def reports(self) -> str:
        if not self.open_reports:
            return "None that waits for our staff"
        return f"{self.open_reports} {'waits' if self.open_reports == 1 else 'wait'} for our staff"


def evidence(job: Job) -> Evidence:
    """Two queries."""
    return Evidence(
        first_seen=job.first_seen_at,
        last_seen=job.last_seen_at,
        relisted=job.relisted,
        open_reports=Report.objects.filter(job=job, state=ReportState.OPEN).count(),
        also_listed_by=_other_sources(job),
    )


def _other_sources(job: Job) -> list[str]:
    """Of the ads that point to the same first one, this one left out."""
    first = job.duplicate_of_id or job.pk
    same = Job.objects.filter(duplicate_of=first) | Job.objects.filter(pk=first)
    rows = same.exclude(pk=job.pk).exclude(source=job.source_id).filter(state=State.OPEN).values_list("source__attribution", "source__name")
    return sorted({attribution or name for attribution, name in rows})
