"""Handing mails of the outbox to the mail server."""

from collections.abc import Callable

from django.conf import settings
from django.core.mail import get_connection
from django.utils import timezone

from kit.mail.wire import unpack
from kit.models import MailState, OutgoingMail


def rescue(stream: str) -> int:
    """Mails that a dead process had in hand wait again."""
    return OutgoingMail.objects.filter(stream=stream, state=MailState.HANDING).update(state=MailState.WAITING)


def deliver_stream(stream: str, *, stop: Callable[[], bool]) -> int:
    sent = 0
    with get_connection(settings.EMAIL_DELIVERY_BACKEND) as connection:
        for mail in OutgoingMail.objects.filter(stream=stream, state=MailState.WAITING).order_by("due_at", "pk"):
            if stop():
                break
            connection.send_messages([unpack(mail.message or {})])
            OutgoingMail.objects.filter(pk=mail.pk).update(state=MailState.SENT, message=None, done_at=timezone.now())
            sent += 1
    return sent
