"""A mail of ours: subject, text and HTML from three templates."""

from typing import Any, Protocol
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.utils import timezone

from kit.models import TRANSACTIONAL


class Reader(Protocol):
    """Whom a mail is written to: a member, or somebody without an account."""

    @property
    def email(self) -> str: ...

    @property
    def time_zone(self) -> str: ...


class Letter(EmailMultiAlternatives):
    """`stream`: see `kit.models.OutgoingMail`. It is no header and does not leave the house."""

    stream = TRANSACTIONAL


def send_letter(template: str, *, to: Reader, context: dict[str, Any], unsubscribe_url: str = "", stream: str = TRANSACTIONAL) -> None:
    """Send what `make_letter` makes through Django's mail backend, which puts it into the outbox in the caller's transaction."""
    letter = make_letter(template, to=to, context=context, unsubscribe_url=unsubscribe_url)
    letter.stream = stream
    letter.send()


def make_letter(template: str, *, to: Reader, context: dict[str, Any], unsubscribe_url: str = "") -> Letter:
    """`template`_subject.txt, .txt and .html. Dates are in the reader's time zone.

    A mail that one can do without has `unsubscribe_url`: mail programs show a button for it (RFC 8058), and the mail's last lines
    name it.
    """
    common = {
        "reader": to,
        "unsubscribe_url": unsubscribe_url,
        "site_name": settings.SITE_NAME,
        "site_url": settings.SITE_URL,
        "contact_email": settings.SERVER_EMAIL,
    }
    everything = common | context
    with timezone.override(ZoneInfo(to.time_zone)):
        subject = " ".join(render_to_string(f"{template}_subject.txt", everything).split())
        text = render_to_string(f"{template}.txt", everything).strip() + "\n"
        html = render_to_string(f"{template}.html", everything)
    letter = Letter(subject, text, to=[to.email], headers=_headers(unsubscribe_url))
    letter.attach_alternative(html, "text/html")
    return letter


def _headers(unsubscribe_url: str) -> dict[str, str]:
    if not unsubscribe_url:
        return {}
    return {"List-Unsubscribe": f"<{unsubscribe_url}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}
