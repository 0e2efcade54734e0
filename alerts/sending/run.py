"""A run: everybody who is due gets a digest, or nothing if there is nothing new.

Claimed, written, handed over, recorded, in small steps that each commit. A run that was killed goes on with the next: what is claimed
gets written, what is written gets handed over, whoever was not reached is due still. docs/alerts.md says what may happen when.
"""

import logging
import time
from collections.abc import Callable
from datetime import datetime

from django.db.models import F
from django.utils import timezone

from alerts.models import Run, Subscriber
from alerts.sending.candidates import Candidates
from alerts.sending.claim import Claimed, claim
from alerts.sending.compose import AT_ONCE, STREAM, compose, compose_claimed
from alerts.sending.lock import only_runner
from kit.mail import delivery
from kit.models import OutgoingMail

logger = logging.getLogger(__name__)

Stop = Callable[[], bool]


def never() -> bool:
    return False


def send_alerts(*, now: datetime | None = None, stop: Stop = never) -> Run | None:
    """Make and send what is due. None: another process is at it, the mail server is away, or nobody is due.

    `stop` is asked between steps of some seconds.
    """
    moment = now or timezone.now()
    with only_runner() as is_ours:
        if not is_ours:
            return None
        _finish_the_last(stop)
        if is_blocked() or not Subscriber.objects.due(moment).exists():
            return None
        return _run(moment, stop)


def is_blocked() -> bool:
    """Mail waits that could go out: the mail server is away. Then nobody new is claimed: they stay due, and get one digest with
    everything when it is back.
    """
    return OutgoingMail.objects.of(STREAM).waiting().due(timezone.now()).exists()


def _finish_the_last(stop: Stop) -> None:
    """Nobody else sends alerts now, so what is being handed over is left from a process that died."""
    delivery.rescue(STREAM)
    compose_claimed()
    delivery.deliver_stream(STREAM, stop=stop)


def _run(moment: datetime, stop: Stop) -> Run:
    run = Run.objects.create(moment=moment)
    begun = time.monotonic()
    after = None
    with Candidates(moment) as candidates:
        while not stop():
            claimed = claim(run, candidates, after, AT_ONCE)
            if (after := claimed.last) is None:
                break
            failed = compose([digest.pk for digest in claimed.digests])
            _note(run, claimed, failed, candidates.searches, time.monotonic() - begun)
            delivery.deliver_stream(STREAM, stop=stop)
            if is_blocked():
                break
    run.refresh_from_db()
    run.finished_at, run.seconds = timezone.now(), time.monotonic() - begun
    run.save(update_fields=["finished_at", "seconds"])
    logger.info(
        "alerts: %s people due, %s digests with %s jobs, %s failed, %.1f s", run.people, run.digests, run.jobs, run.failures, run.seconds
    )
    return run


def _note(run: Run, claimed: Claimed, failed: int, searches: int, seconds: float) -> None:
    """As it goes: a run that is killed has said how far it came."""
    Run.objects.filter(pk=run.pk).update(
        people=F("people") + len(claimed.people),
        digests=F("digests") + len(claimed.digests),
        jobs=F("jobs") + sum(person.jobs for person in claimed.people),
        failures=F("failures") + failed,
        searches=searches,
        seconds=seconds,
    )


def words(run: Run) -> str:
    """For the log and the command."""
    failed = f", {run.failures:,} could not be written" if run.failures else ""
    return f"{run.people:,} people due, {run.digests:,} digests with {run.jobs:,} jobs{failed}, {run.seconds:.1f} s"
