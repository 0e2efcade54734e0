"""What a mail provider tells of mails that left: addresses that do not exist, and people who call our mail spam."""

import logging
from typing import Any

from anymail.exceptions import AnymailWebhookValidationFailure
from anymail.signals import AnymailTrackingEvent, EventType, RejectReason
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest, HttpResponseBase, HttpResponseForbidden
from django.utils.module_loading import import_string
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from kit.mail.addresses import bury
from kit.mail.providers import webhook
from kit.models import AddressState

logger = logging.getLogger(__name__)

# A full mailbox or a server that is away. anymail calls these "bounced" like addresses that do not exist; the provider's own field tells.
_SOFT = {
    "Postmark": ("Type", {"SoftBounce"}),
    "Brevo": ("event", {"soft_bounce"}),
    "MailerSend": ("type", {"activity.soft_bounced"}),
    "SparkPost": ("bounce_class", {"20", "21", "22", "23", "24", "40", "70"}),
}
_GONE = {RejectReason.INVALID, RejectReason.BOUNCED}
# Who tells the provider to unsubscribe says no to all that one can do without. The provider keeps such mail back from now on, so
# whatever we went on writing would be thrown away there.
_NO = {EventType.COMPLAINED, EventType.UNSUBSCRIBED}
_SAID_NO = {RejectReason.SPAM, RejectReason.UNSUBSCRIBED}


@csrf_exempt
@login_not_required
@require_http_methods(["POST", "HEAD"])  # some providers try a new address with HEAD
def events(request: HttpRequest) -> HttpResponseBase:
    """anymail checks the password and, where the provider signs, the signature. What it cannot read after that is the provider's fault."""
    view = import_string(webhook(settings.ANYMAIL_ESP)).as_view()
    try:
        answer: HttpResponse = view(request)
    except AnymailWebhookValidationFailure as error:
        logger.warning("mail provider's webhook refused: %s", error)
        return HttpResponseForbidden("Name and password are not those of ANYMAIL_WEBHOOK_SECRET.\n", content_type="text/plain")
    except (AttributeError, LookupError, TypeError, ValueError) as error:
        logger.warning("mail provider's webhook could not be read: %s", error)
        return HttpResponseBadRequest("This is not an event of the mail provider.\n", content_type="text/plain")
    return answer


def heard(sender: object, *, event: AnymailTrackingEvent, esp_name: str, **more: Any) -> None:
    """Of one event, in whatever order they come, and however often."""
    if event.recipient and (state := _verdict(event, esp_name)):
        bury(event.recipient, state, f"{esp_name}: {event.event_type} {event.mta_response or event.description or ''}")


def _verdict(event: AnymailTrackingEvent, esp_name: str) -> AddressState | None:
    if event.event_type in _NO or (event.event_type == EventType.REJECTED and event.reject_reason in _SAID_NO):
        return AddressState.COMPLAINED
    if event.event_type in {EventType.BOUNCED, EventType.REJECTED} and event.reject_reason in _GONE and not _is_soft(event, esp_name):
        return AddressState.BOUNCED
    return None


def _is_soft(event: AnymailTrackingEvent, esp_name: str) -> bool:
    raw = event.esp_event
    if not isinstance(raw, dict):
        return False
    if esp_name == "Mailjet":
        return raw.get("event") == "bounce" and not raw.get("hard_bounce")
    name, soft = _SOFT.get(esp_name, ("", set()))
    return str(raw.get(name, "")) in soft
