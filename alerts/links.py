"""Addresses that stand in mails. They work signed out, do not run out, and nobody can make one for somebody else.

Each is signed for one purpose and one person. None of them changes anything by being opened: programs that look at links in mails
open them all.
"""

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.urls import reverse
from django.utils import timezone

from alerts.choices import Verdict
from alerts.models import Alert, Delivery, Subscriber, Wish

_off = Signer(salt="alerts.off")
_confirm = Signer(salt="alerts.confirm")
_keep = Signer(salt="alerts.keep")
_verdict = Signer(salt="alerts.verdict")


def off_url(subscriber: Subscriber, alert: Alert | None = None) -> str:
    """The page that turns off one alert, or all of them; for `List-Unsubscribe` as well (RFC 8058)."""
    return _site(reverse("alerts:off", args=[_off.sign(f"{subscriber.pk}.{alert.pk if alert else 'all'}")]))


def read_off(token: str) -> tuple[Subscriber, Alert | None] | None:
    """Whose alerts, and which: None for all. None at all: altered, or gone. A link to an alert that was removed stands for all.

    An alert is followed to the account that took it over from a visitor.
    """
    if (parts := _read(_off, token)) is None:
        return None
    alert = Alert.objects.kept().select_related("subscriber__user").filter(pk=parts[1]).first() if parts[1].isdecimal() else None
    if alert:
        return alert.subscriber, alert
    subscriber = _subscriber(parts[0])
    return (subscriber, None) if subscriber else None


def confirm_url(wish: Wish) -> str:
    """Of the address of a visitor who asked for an alert."""
    return _site(reverse("alerts:confirm", args=[_confirm.sign(f"{wish.pk}.")]))


def read_confirm(token: str) -> Wish | None:
    """None: altered, or older than Wish.KEPT."""
    parts = _read(_confirm, token)
    return Wish.objects.fresh(timezone.now()).select_related("guide").filter(pk=parts[0]).first() if parts else None


def keep_url(subscriber: Subscriber) -> str:
    """The answer to "do you still want these?"."""
    return _site(reverse("alerts:keep", args=[_keep.sign(f"{subscriber.pk}.")]))


def read_keep(token: str) -> Subscriber | None:
    parts = _read(_keep, token)
    return _subscriber(parts[0]) if parts else None


def verdict_url(delivery: Delivery, verdict: Verdict) -> str:
    """What the reader says of one job. `delivery` is saved."""
    return _site(reverse("alerts:verdict", args=[_verdict.sign(f"{delivery.pk}.{verdict.value}")]))


def read_verdict(token: str) -> tuple[Delivery, Verdict] | None:
    parts = _read(_verdict, token)
    if parts is None or parts[1] not in Verdict.values:
        return None
    found = Delivery.objects.select_related("job__employer", "alert", "subscriber__user").filter(pk=parts[0]).first()
    return (found, Verdict(parts[1])) if found else None


def manage_url(subscriber: Subscriber) -> str:
    """All alerts of the person: a member's page, or the page of a visitor, which the key opens."""
    return _site(reverse("alerts:list") if subscriber.user_id else reverse("alerts:by_mail", args=[subscriber.key]))


def _subscriber(number: str) -> Subscriber | None:
    return Subscriber.objects.numbered(int(number))


def _read(signer: Signer, token: str) -> tuple[str, str] | None:
    """The two parts of what was signed."""
    try:
        first, _, second = signer.unsign(token).partition(".")
    except BadSignature:
        return None
    return first, second


def _site(path: str) -> str:
    return settings.SITE_URL + path
