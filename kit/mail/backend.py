from collections.abc import Sequence

from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend

from kit.mail import outbox
from kit.mail.letter import Letter
from kit.models import TRANSACTIONAL


class QueueBackend(BaseEmailBackend):
    """Django's mail backend: each message becomes a row of the outbox.

    It commits or rolls back with the caller's transaction, and a slow or dead mail server never holds up a page. The worker hands
    messages to settings.EMAIL_DELIVERY_BACKEND.
    """

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        for message in email_messages:
            outbox.put(message, stream=message.stream if isinstance(message, Letter) else TRANSACTIONAL)
        return len(email_messages)
