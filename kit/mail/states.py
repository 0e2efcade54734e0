"""The states of a mail in the outbox, and the only code that changes them. Each step commits by itself.

A mail is claimed before the mail server hears of it, and what the server said is written down after. Whoever dies in between leaves it
in `handing`: nobody knows then whether it arrived, so it goes out once more, never twice more, and the log says so.
"""

import logging
from datetime import datetime, timedelta
from typing import Any

from django.core.mail import EmailMessage
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from kit.mail import late
from kit.mail.answers import Answer, Verdict
from kit.mail.outbox import IN_BULK
from kit.mail.queue import queue
from kit.mail.wire import unpack
from kit.models import FAREWELL, MailState, OutgoingMail, OutgoingMailQuerySet

logger = logging.getLogger(__name__)

MAX_TRIES = 8
FIRST_PAUSE = timedelta(minutes=1)  # doubled after each try: a mail server that is away for two hours loses nothing
MAX_LOST = 2
DIED = "The process that handed it over ended before it wrote down an answer."


@transaction.atomic(durable=True)
def claim(rows: OutgoingMailQuerySet, *, skip_locked: bool = False) -> tuple[OutgoingMail, EmailMessage | None] | None:
    """The first of these that waits, and what to hand over: None when it is done without that. None at all: there is none."""
    mail = rows.waiting().with_is_dead().select_for_update(of=("self",), skip_locked=skip_locked).first()
    if mail is None:
        return None
    message = None if mail.is_dead and mail.can_be_done_without else unpack(mail.message or {})
    if message is None:
        settle(mail, MailState.SKIPPED)
        return mail, None
    mail.state, mail.tries, mail.handed_at = MailState.HANDING, mail.tries + 1, timezone.now()
    mail.save(update_fields=["state", "tries", "handed_at"])
    return mail, message


@transaction.atomic
def settle(mail: OutgoingMail, state: MailState, answer: str = "") -> None:
    """It is over. Nothing happens when it went another way meanwhile: the account was deleted, or this process was taken for dead and
    the mail was tried again.
    """
    message, done = mail.message or {}, {"state": state, "answer": answer, "message": None, "done_at": timezone.now()}
    if not _still(mail).update(**done):
        return
    mail.state, mail.answer = state, answer
    late.settled(mail, message)
    if mail.stream == FAREWELL:
        mail.delete()


def record(mail: OutgoingMail, answer: Answer) -> None:
    """What the mail server said to a claimed mail that it did not take."""
    match answer.verdict:
        case Verdict.REFUSED:
            logger.info("%s %s refused: %s", mail, mail.message_id, answer.words)
            settle(mail, MailState.REFUSED, answer.words)
        case Verdict.LOST:
            lose(mail, answer.words, timezone.now() + FIRST_PAUSE)
        case Verdict.AGAIN if mail.tries >= MAX_TRIES:
            logger.error("%s %s given up after %s tries: %s", mail, mail.message_id, mail.tries, answer.words)
            settle(mail, MailState.FAILED, answer.words)
        case Verdict.AGAIN:
            put_back(mail, timezone.now() + FIRST_PAUSE * 2 ** max(mail.tries - 1, 0), answer=answer.words)


def lose(mail: OutgoingMail, words: str, at: datetime) -> None:
    """The mail server may have taken it. Once, it goes out again (`at`); the second time that is left to a person."""
    if mail.lost + 1 >= MAX_LOST:
        logger.error("%s %s: the mail server's answer was lost twice. It is not sent again: %s", mail, mail.message_id, words)
        settle(mail, MailState.UNKNOWN, words)
        return
    logger.warning("%s %s: the mail server's answer was lost. It is sent again, and may arrive twice: %s", mail, mail.message_id, words)
    put_back(mail, at, answer=words, lost=F("lost") + 1)


@transaction.atomic
def put_back(mail: OutgoingMail, at: datetime, **values: Any) -> None:
    if _still(mail).update(state=MailState.WAITING, due_at=at, handed_at=None, **values):
        mail.state = MailState.WAITING
        if mail.stream not in IN_BULK:
            queue(mail.pk, at=at)


def _still(mail: OutgoingMail) -> OutgoingMailQuerySet:
    """The row while it is as this process left it. A try that was taken for dead may still learn that it went well."""
    return OutgoingMail.objects.filter(pk=mail.pk, tries=mail.tries, state__in=[MailState.WAITING, MailState.HANDING])
