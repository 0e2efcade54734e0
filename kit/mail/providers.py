"""Mail providers whose interface and webhook django-anymail knows and that need no further package. Settings read this table."""

from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ImproperlyConfigured


@dataclass(frozen=True)
class Provider:
    """`key`, `second`: what anymail calls the provider's keys; `second` also proves that a webhook is the provider's, where it signs."""

    view: str
    key: str = "API_KEY"
    second: str = ""
    needs_second: bool = False
    needs_domain: bool = False


PROVIDERS = {
    "brevo": Provider("BrevoTrackingWebhookView"),
    "mailersend": Provider("MailerSendTrackingWebhookView", key="API_TOKEN", second="SIGNING_SECRET", needs_second=True),
    "mailgun": Provider("MailgunTrackingWebhookView", second="WEBHOOK_SIGNING_KEY", needs_second=True, needs_domain=True),
    "mailjet": Provider("MailjetTrackingWebhookView", second="SECRET_KEY", needs_second=True),
    "mailtrap": Provider("MailtrapTrackingWebhookView", key="API_TOKEN", second="SIGNING_SECRET"),
    "postmark": Provider("PostmarkTrackingWebhookView", key="SERVER_TOKEN"),
    "sparkpost": Provider("SparkPostTrackingWebhookView"),
}


def anymail(esp: str, *, key: str, second: str, domain: str, webhook_secret: str) -> dict[str, Any]:
    """What anymail reads as ANYMAIL. Raises ImproperlyConfigured for an unknown provider and for a missing key or secret: with an open
    webhook anybody could turn off anybody's mail.
    """
    provider = PROVIDERS.get(esp)
    if provider is None:
        raise ImproperlyConfigured(f"ANYMAIL_ESP={esp} is not one of {', '.join(PROVIDERS)}.")
    needed = {
        "ANYMAIL_API_KEY": key,
        "ANYMAIL_SECOND_KEY": second or not provider.needs_second,
        "ANYMAIL_SENDER_DOMAIN": domain or not provider.needs_domain,
        "ANYMAIL_WEBHOOK_SECRET": webhook_secret,
    }
    if missing := [name for name, value in needed.items() if not value]:
        raise ImproperlyConfigured(f"With ANYMAIL_ESP={esp} set {', '.join(missing)}, too (docs/mail.md).")
    if not all(webhook_secret.partition(":")):
        raise ImproperlyConfigured("ANYMAIL_WEBHOOK_SECRET is a name and a password: name:password (docs/mail.md).")
    found = {f"{esp}_{provider.key}".upper(): key, "WEBHOOK_SECRET": webhook_secret}
    if second and provider.second:
        found[f"{esp}_{provider.second}".upper()] = second
    if provider.needs_domain:
        found[f"{esp}_SENDER_DOMAIN".upper()] = domain
    return found


def backend(esp: str) -> str:
    return f"anymail.backends.{esp}.EmailBackend"


def webhook(esp: str) -> str:
    """Dotted path of anymail's view."""
    return f"anymail.webhooks.{esp}.{PROVIDERS[esp].view}"
