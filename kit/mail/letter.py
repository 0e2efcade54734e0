"""A mail of ours: subject, text and HTML from three templates."""

from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.utils import timezone

if TYPE_CHECKING:
    from accounts.models import User


def send_letter(template: str, *, to: "User", context: dict[str, Any], unsubscribe_url: str = "") -> None:
    """Send `template`_subject.txt, .txt and .html. Dates are in the reader's time zone.

    Goes through Django's mail backend, which queues it in the caller's transaction. A mail that one can do without has
    `unsubscribe_url` (accounts.preferences): mail programs show a button for it (RFC 8058), and the mail's last lines name it.
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
    message = EmailMultiAlternatives(subject, text, to=[to.email], headers=_headers(unsubscribe_url))
    message.attach_alternative(html, "text/html")
    message.send()


def _headers(unsubscribe_url: str) -> dict[str, str]:
    if not unsubscribe_url:
        return {}
    return {"List-Unsubscribe": f"<{unsubscribe_url}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}
