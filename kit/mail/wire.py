"""A mail as JSON and back: what the outbox stores between request and worker."""

from typing import Any

from django.core.mail import EmailMultiAlternatives
from django.core.mail.message import EmailMessage

from kit.mail import late

FIELDS = ("subject", "body", "from_email", "to", "cc", "bcc", "reply_to", "extra_headers")


def pack(message: EmailMessage) -> dict[str, Any]:
    """The message as JSON. Raises ValueError for attachments (see `kit.mail.late` for mails that have one) and BadHeaderError."""
    if message.attachments:
        raise ValueError("a mail in the outbox carries no attachments")
    message.message()  # refuses line breaks in headers here, where the caller can see it
    packed: dict[str, Any] = {name: getattr(message, name) for name in FIELDS}
    packed["alternatives"] = [[alternative.content, alternative.mimetype] for alternative in getattr(message, "alternatives", [])]
    return packed


def pack_late(kind: str, key: int) -> dict[str, Any]:
    """A mail that `kit.mail.late` writes when it is handed over."""
    return {"late": kind, "key": key}


def unpack(packed: dict[str, Any]) -> EmailMessage | None:
    """None: it was to be written now, and is not wanted any more."""
    if "late" in packed:
        return late.kinds[packed["late"]].write(packed["key"])
    fields = {name: packed[name] for name in FIELDS if name != "extra_headers"}
    message = EmailMultiAlternatives(**fields, headers=packed["extra_headers"])
    for content, mimetype in packed["alternatives"]:
        message.attach_alternative(content, mimetype)
    return message
