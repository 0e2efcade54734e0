from collections.abc import Sequence

from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend

from kit.mail.wire import pack
from kit.tasks import deliver_mail


class QueueBackend(BaseEmailBackend):
    """Django's mail backend of the web process: each message becomes a job in PostgreSQL.

    The job commits or rolls back with the caller's transaction, and a slow or dead mail server never
    holds up a page. The worker hands messages to settings.EMAIL_DELIVERY_BACKEND.
    """

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        for message in email_messages:
            deliver_mail.defer(message=pack(message))
        return len(email_messages)
