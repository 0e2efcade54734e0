"""The outbox: every mail of ours is a row in the transaction that causes it. docs/mail.md says what becomes of it."""

from email.utils import format_datetime, make_msgid, parseaddr
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage
from django.utils import timezone

from kit.mail.queue import queue
from kit.mail.wire import pack, pack_late, unpack
from kit.models import TRANSACTIONAL, MailState, OutgoingMail

IN_BULK = frozenset({"alerts"})  # streams that their own task drains (`delivery.deliver_stream`): no job for each mail


def put(message: EmailMessage, *, stream: str = TRANSACTIONAL) -> OutgoingMail:
    """In the caller's transaction, with its job. Chooses Message-ID and Date, so that it is the same mail whenever it is tried again.

    Raises ValueError for anything but one recipient, and what `kit.mail.wire.pack` raises.
    """
    (recipient,) = message.recipients()
    given = {name.lower() for name in message.extra_headers}
    if "message-id" not in given:
        message.extra_headers["Message-ID"] = make_msgid(domain=host())
    if "date" not in given:
        message.extra_headers["Date"] = format_datetime(timezone.now())
    message_id = next(str(value) for name, value in message.extra_headers.items() if name.lower() == "message-id")
    mail = OutgoingMail.objects.create(stream=stream, recipient=parseaddr(recipient)[1], message=pack(message), message_id=message_id)
    if stream not in IN_BULK:
        queue(mail.pk)
    return mail


def adopt(packed: dict[str, Any]) -> None:
    """Put a mail into the outbox that was packed elsewhere."""
    if message := unpack(packed):
        put(message)


def put_late(kind: str, key: int, *, to: str) -> OutgoingMail:
    """A mail that is written when it is handed over (`kit.mail.late`). There is one of a kind and key: while it waits, this changes
    nothing; one that is done goes out again.
    """
    now = timezone.now()
    anew = {"state": MailState.WAITING, "tries": 0, "lost": 0, "answer": "", "due_at": now, "handed_at": None, "done_at": None}
    values = anew | {"stream": TRANSACTIONAL, "recipient": to, "message": pack_late(kind, key)}
    mail, is_new = OutgoingMail.objects.select_for_update().get_or_create(message_id=late_id(kind, key), defaults=values)
    if is_new or mail.done_at is not None:
        OutgoingMail.objects.filter(pk=mail.pk).update(**values)
        queue(mail.pk)
    return mail


def late_id(kind: str, key: int) -> str:
    """The Message-ID: should it ever go out twice, mail programs show it once."""
    return f"<{kind}.{key}@{host()}>"


def host() -> str:
    return urlsplit(settings.SITE_URL).hostname or "localhost"
