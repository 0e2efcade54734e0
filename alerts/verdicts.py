"""What a reader says of a job in a mail, and what follows from it."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from alerts.choices import Kind, Reason, Verdict
from alerts.models import MAX_QUERY, Alert, Delivery
from alerts.writing import change
from careers.search.clean import MAX_VALUES
from jobs import personal
from jobs.search.matching import read
from jobs.search.query import JobSearch


@dataclass(frozen=True)
class Outcome:
    """`is_hidden`: our searches leave the job out for this member. `is_left_out`: the alert leaves the employer out."""

    is_hidden: bool = False
    is_left_out: bool = False


@transaction.atomic
def judge(delivery: Delivery, verdict: Verdict | None, reason: str, now: datetime) -> Outcome:
    """Write it down, after taking back what followed from an earlier word. `verdict` None: it is taken back, and that is all."""
    row = Delivery.objects.select_for_update(of=["self"]).select_related("subscriber", "alert", "job__employer").get(pk=delivery.pk)
    _take_back(row)
    row.verdict = verdict or ""
    row.reason = reason if verdict == Verdict.NOT_FOR_ME else ""
    row.judged_at = now if verdict else None
    row.save(update_fields=["verdict", "reason", "judged_at"])
    return outcome(row) if verdict != Verdict.NOT_FOR_ME else _follow(row)


def outcome(row: Delivery) -> Outcome:
    """As it stands."""
    said_no = row.verdict == Verdict.NOT_FOR_ME
    is_hidden = said_no and row.subscriber.user_id is not None
    return Outcome(is_hidden, said_no and row.reason == Reason.EMPLOYER and _leaves_out(row))


def _follow(row: Delivery) -> Outcome:
    if row.subscriber.user_id is not None:
        personal.hide(row.subscriber.user_id, row.job_id)
    if row.reason == Reason.EMPLOYER and (alert := _of_jobs(row)):
        _write(alert, read(alert.query).without_employer(row.job.employer.slug))
    return outcome(row)


def _take_back(row: Delivery) -> None:
    if row.verdict != Verdict.NOT_FOR_ME:
        return
    if row.subscriber.user_id is not None:
        personal.unhide(row.subscriber.user_id, row.job_id)
    if row.reason == Reason.EMPLOYER and (alert := _of_jobs(row)):
        _write(alert, read(alert.query).without_filter("no_employer", row.job.employer.slug))


def _of_jobs(row: Delivery) -> Alert | None:
    """The alert that the job came by, where it still is one of a search."""
    alert = row.alert
    if alert is None or alert.kind != Kind.JOBS or alert.removed_at is not None:
        return None
    alert.subscriber = row.subscriber
    return alert


def _leaves_out(row: Delivery) -> bool:
    alert = _of_jobs(row)
    return alert is not None and row.job.employer.slug in read(alert.query).no_employer


def _write(alert: Alert, search: JobSearch) -> None:
    """What is new to it stays new. Left as it is where the search is full, or another alert of the person asks the same."""
    query = search.to_query()
    is_full = len(search.no_employer) > MAX_VALUES or len(query) > MAX_QUERY
    is_double = alert.subscriber.alerts.kept().filter(kind=Kind.JOBS, query=query).exclude(pk=alert.pk).exists()
    if query != alert.query and not is_full and not is_double:
        change(alert, query=query, covered_until=alert.covered_until)
