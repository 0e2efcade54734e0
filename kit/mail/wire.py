"""A mail as JSON and back: what the queue stores between request and worker."""

from typing import Any

from django.core.mail import EmailMultiAlternatives
from django.core.mail.message import EmailMessage

FIELDS = ("subject", "body", "from_email", "to", "cc", "bcc", "reply_to", "extra_headers")


def pack(message: EmailMessage) -> dict[str, Any]:
    """The message as JSON. Raises ValueError for attachments (none of our mails has one) and BadHeaderError."""
    if message.attachments:
        raise ValueError("queued mail carries no attachments")
    message.message()  # refuses line breaks in headers here, where the caller can see it
    packed: dict[str, Any] = {name: getattr(message, name) for name in FIELDS}
    packed["alternatives"] = [[alternative.content, alternative.mimetype] for alternative in getattr(message, "alternatives", [])]
    return packed


def unpack(packed: dict[str, Any]) -> EmailMultiAlternatives:
    alternatives = packed["alternatives"]
    fields = {name: packed[name] for name in FIELDS if name != "extra_headers"}
    message = EmailMultiAlternatives(**fields, headers=packed["extra_headers"])
    for content, mimetype in alternatives:
        message.attach_alternative(content, mimetype)
    return message
