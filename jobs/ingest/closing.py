"""Which jobs of a source are gone after a look at it, and which are still listed though nothing was read."""

from datetime import timedelta

from django.utils import timezone

from jobs.choices import Ending, RunStatus, State
from jobs.ingest.store import BATCH, SEEN_EVERY, Counts
from jobs.models import Job, JobQuerySet, Run, Source

SHRUNKEN = 0.5  # a whole feed with less than this part of what was open is not believed
FEW = 20  # below this many open jobs the rule above says nothing
UNSEEN = timedelta(days=14)  # after which a job that a part of a feed no longer shows may close
GOOD_RUNS = 2  # that must have missed it since


def close_gone(source: Source, run: Run, counts: Counts) -> None:
    """Close what the source no longer lists, unless the feed looks broken or was not read to its end."""
    run.status = RunStatus.DONE
    if run.note:
        return
    listed = _listed(source)
    if doubt := _doubt(listed.count() - counts.new, counts, is_whole=run.is_whole):
        run.status, run.note = RunStatus.SUSPECT, f"{doubt} Nothing was closed."
    elif run.is_whole:
        run.closed = _close_missing(listed, counts)
    else:
        run.closed = _close_unseen(listed, run)


def keep_listed(source: Source) -> None:
    """An answer that did not change lists what the last one listed: those count as seen, written every SEEN_EVERY at most.

    After a whole feed that is all that is open. After a part it is what that run saw: others stay unseen.
    """
    last = source.runs.filter(status=RunStatus.DONE).first()
    if last is None:
        return
    listed = _listed(source) if last.is_whole else _listed(source).filter(last_seen_at__gte=last.started_at)
    now = timezone.now()
    listed.filter(last_seen_at__lt=now - SEEN_EVERY).update(last_seen_at=now)


def _listed(source: Source) -> JobQuerySet:
    return Job.objects.filter(source=source, state__in=[State.OPEN, State.HELD])


def _close_missing(listed: JobQuerySet, counts: Counts) -> int:
    gone = [pk for pk, external_id in listed.values_list("pk", "external_id") if external_id not in counts.external_ids]
    return sum(Job.objects.filter(pk__in=gone[start : start + BATCH]).end(Ending.GONE) for start in range(0, len(gone), BATCH))


def _close_unseen(listed: JobQuerySet, run: Run) -> int:
    """A part shows only the latest jobs, so one that is missing may still be on offer. Time and repetition decide.

    A look counts from SEEN_EVERY after a job was seen: before that it may have seen the job without writing it down.
    """
    good = run.source.runs.filter(status__in=[RunStatus.DONE, RunStatus.UNCHANGED], note="")
    earlier = list(good.values_list("started_at", flat=True)[: GOOD_RUNS - 1])
    if len(earlier) < GOOD_RUNS - 1:
        return 0
    unseen_since = min(run.started_at - UNSEEN, earlier[-1] - SEEN_EVERY)
    return listed.filter(last_seen_at__lt=unseen_since).end(Ending.GONE)


def _doubt(before: int, counts: Counts, *, is_whole: bool) -> str:
    """Why a feed is not believed; empty when it is."""
    if not counts.external_ids and before:
        return "The feed holds no job at all."
    if is_whole and before >= FEW and len(counts.external_ids) < before * SHRUNKEN:
        return f"The feed shrank from {before} jobs to {len(counts.external_ids)}."
    if counts.rejected > len(counts.external_ids):
        return f"{counts.rejected} of {counts.seen} items could not be read."
    return ""
