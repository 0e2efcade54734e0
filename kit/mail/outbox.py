"""The outbox: mails in the transaction that causes them."""

from email.utils import make_msgid
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage

from kit.mail.wire import pack
from kit.models import OutgoingMail


def put(message: EmailMessage, *, stream: str = "transactional") -> OutgoingMail:
    """In the caller's transaction."""
    message.extra_headers.setdefault("Message-ID", make_msgid(domain=urlsplit(settings.SITE_URL).hostname))
    return OutgoingMail.objects.create(
        stream=stream, recipient=message.to[0], message=pack(message), message_id=message.extra_headers["Message-ID"]
    )
