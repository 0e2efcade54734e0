"""Handing mails of the outbox to the mail server, and what is done about those that a dead process had in hand."""

import logging
from collections import Counter
from collections.abc import Callable
from datetime import datetime, timedelta

from django.core.mail import EmailMessage
from django.db.models import F
from django.utils import timezone

from kit.mail import addresses
from kit.mail.answers import ERRORS, Answer, read
from kit.mail.line import Line
from kit.mail.outbox import IN_BULK
from kit.mail.pace import pace
from kit.mail.states import DIED, MAX_TRIES, claim, lose, put_back, record, settle
from kit.models import AddressState, MailState, OutgoingMail, OutgoingMailQuerySet

logger = logging.getLogger(__name__)

Stop = Callable[[], bool]
Counts = Counter[MailState]

IN_HAND = timedelta(minutes=15)  # longer than any mail server is waited for; who has a mail in hand for longer is dead
MOST_PUT_OFF = 10  # mails in a row: the server is in trouble, and the others need not spend their tries on it
KEPT = timedelta(days=30)
AT_ONCE = 1000


def never() -> bool:
    return False


def deliver(mail_id: int) -> None:
    """Hand over one mail, if it still waits."""
    mine = OutgoingMail.objects.filter(pk=mail_id)
    if not mine.waiting().exists():
        return
    with Line() as line:
        pace.wait()
        trouble = _open(line)
        held = claim(mine)
        if held and held[1]:
            _hand_over(held[0], held[1], line, trouble)


def deliver_stream(stream: str, *, stop: Stop = never) -> Counts:
    """Hand over what waits in this stream and is due, in order; what became of how many. `waiting`: those that were put off.

    Several processes may do it at once. It ends early when the mail server is away or puts off one mail after the other; what is left
    waits for the next time, and has not lost a try.
    """
    counts: Counts = Counter()
    if not OutgoingMail.objects.of(stream).waiting().due(timezone.now()).exists():
        return counts  # no line is opened for nothing, every five minutes
    start: datetime | None = None  # those before are done: the index need not be read through their dead entries again
    put_off = 0
    with Line() as line:
        while put_off < MOST_PUT_OFF and not stop():
            pace.wait()
            if trouble := _open(line):
                logger.warning("mail of stream %s waits: %s", stream, trouble.words)
                break
            rows = OutgoingMail.objects.of(stream).due(timezone.now())
            held = claim(rows.filter(due_at__gte=start) if start else rows, skip_locked=True)
            if held is None and start is None:
                break
            if held is None:  # once more from the start: a transaction that began earlier may have committed meanwhile
                start = None
                continue
            mail, message = held
            start = mail.due_at
            if message:
                _hand_over(mail, message, line)
            counts[MailState(mail.state)] += 1
            put_off = put_off + 1 if mail.state == MailState.WAITING else 0
    return counts


def rescue(stream: str) -> int:
    """Put back what a dead process had in hand; how many. Only for whoever knows that nobody else hands over this stream now."""
    return _rescue(OutgoingMail.objects.of(stream).handing())


def rescue_old(*, older_than: timedelta = IN_HAND) -> int:
    """The same for all streams, of mails that were in hand for longer than anybody alive has one; how many."""
    return _rescue(OutgoingMail.objects.handing().filter(handed_at__lt=timezone.now() - older_than))


def queue_again() -> int:
    """Mails that wait though their job is gone, as when it killed its worker again and again; how many. Each counts a try."""
    late = OutgoingMail.objects.waiting().exclude(stream__in=IN_BULK).filter(due_at__lt=timezone.now() - IN_HAND)
    found = list(late.order_by("due_at", "pk")[:AT_ONCE])
    for mail in found:
        if OutgoingMail.objects.waiting().filter(pk=mail.pk, tries=mail.tries).update(tries=F("tries") + 1):
            mail.tries += 1
            if mail.tries > MAX_TRIES:
                settle(mail, MailState.FAILED, "No worker could write it or hand it over.")
            else:
                put_back(mail, timezone.now())
    return len(found)


def forget_old() -> int:
    """Rows of mails that left, or did not, a month ago; how many."""
    old = OutgoingMail.objects.filter(done_at__lt=timezone.now() - KEPT)
    forgotten = 0
    while some := list(old.order_by().values_list("pk", flat=True)[:AT_ONCE]):
        OutgoingMail.objects.filter(pk__in=some).delete()
        forgotten += len(some)
    return forgotten


def _open(line: Line) -> Answer | None:
    """What is in the way, if anything is."""
    try:
        line.open()
    except ERRORS as error:
        return read(error)
    return None


def _hand_over(mail: OutgoingMail, message: EmailMessage, line: Line, trouble: Answer | None = None) -> None:
    answer = trouble or _send(message, line)
    if answer is None:
        settle(mail, MailState.SENT)
        return
    record(mail, answer)
    if answer.is_dead:
        addresses.bury(mail.recipient, AddressState.BOUNCED, answer.words)


def _send(message: EmailMessage, line: Line) -> Answer | None:
    """None when the mail server took it."""
    try:
        line.send(message)
    except ERRORS as error:
        line.close()
        return read(error)
    return None


def _rescue(rows: OutgoingMailQuerySet) -> int:
    found = list(rows.order_by("pk"))
    for mail in found:
        lose(mail, DIED, timezone.now())
    return len(found)
