"""Mail goes to people who are there: after a year without a sign of life we ask, and a month later we stop.

A sign of life is anything that somebody did here: signing in, looking for jobs, using alerts or a link in a mail. Opening a mail is
none, because we do not see that.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import transaction

from alerts.choices import Stop
from alerts.digest.letter import Reader
from alerts.links import keep_url, manage_url, off_url
from alerts.models import Digest, Run, Subscriber
from alerts.sending.compose import STREAM
from alerts.writing import stop
from kit.mail import outbox
from kit.mail.addresses import dead_among
from kit.mail.letter import make_letter

SILENCE = timedelta(days=365)
ANSWER = timedelta(days=30)  # to the question whether they still want them
AT_ONCE = 200
KEPT = timedelta(days=400)  # of runs, and of what digests said beside the ledger


def settle(now: datetime) -> tuple[int, int]:
    """Ask those who have been silent for a year, stop those who did not answer; how many of each. May be repeated and killed."""
    asked = sum(iter(lambda: _ask_some(now), 0))
    stopped = sum(iter(lambda: _stop_some(now), 0))
    return asked, stopped


def forget_old(now: datetime) -> None:
    """The ledger stays for good: no job comes twice."""
    Digest.objects.filter(created_at__lt=now - KEPT).exclude(sections=[], notes=[]).update(sections=[], notes=[])
    Run.objects.filter(started_at__lt=now - KEPT).delete()


@transaction.atomic
def _ask_some(now: datetime) -> int:
    """Only who gets mail is asked: there is an alert that runs. An address that takes no mail is noted as asked all the same."""
    silent = Subscriber.objects.reachable().silent_since(now - SILENCE).filter(asked_at=None, next_at__isnull=False)
    rows = list(silent.select_related("user").order_by("pk").select_for_update(of=("self",), skip_locked=True)[:AT_ONCE])
    dead = dead_among([row.address for row in rows])
    for row in rows:
        if row.address.lower() not in dead:
            _write(row)
    _note_asked(rows, now)
    return len(rows)


def _write(subscriber: Subscriber) -> None:
    names = list(subscriber.alerts.kept().filter(off_at=None).in_order().values_list("name", flat=True))
    context = {"names": names, "keep_url": keep_url(subscriber), "manage_url": manage_url(subscriber), "days": ANSWER.days}
    letter = make_letter("emails/alerts_still_wanted", to=Reader.of(subscriber), context=context, unsubscribe_url=off_url(subscriber))
    outbox.put(letter, stream=STREAM)


def _note_asked(rows: Sequence[Subscriber], now: datetime) -> None:
    Subscriber.objects.filter(pk__in=[row.pk for row in rows]).update(asked_at=now)


@transaction.atomic
def _stop_some(now: datetime) -> int:
    """Who has shown a sign of life since the question is left alone, and the question is forgotten."""
    asked = Subscriber.objects.reachable().with_life().filter(asked_at__lt=now - ANSWER)
    rows = list(asked.select_for_update(of=("self",), skip_locked=True).order_by("pk")[:AT_ONCE])
    back = [row.pk for row in rows if row.asked_at and row.seen_at > row.asked_at]
    Subscriber.objects.filter(pk__in=back).update(asked_at=None)
    for row in rows:
        if row.pk not in back:
            stop(row, Stop.SILENT, now)
    return len(rows)
