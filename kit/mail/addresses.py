"""Addresses that take no mail one can do without. What answers a person's own act is sent to them all the same."""

from collections.abc import Iterable

from django.utils import timezone

from kit.mail.answers import MAX_ANSWER
from kit.models import AddressState, DeadAddress
from kit.text import one_line

MAX_ADDRESS = 254


def is_dead(email: str) -> bool:
    return email.lower() in dead_among([email])


def dead_among(emails: Iterable[str]) -> set[str]:
    """Those of them that take no mail, in lower case. One query."""
    return set(DeadAddress.objects.filter(email__in={email.lower() for email in emails}).values_list("email", flat=True))


def bury(email: str, state: AddressState, detail: str = "") -> None:
    """Repeating it changes nothing but the day. Somebody who complained stays somebody who complained."""
    email = email.lower()  # which may be longer
    if not 3 <= len(email) <= MAX_ADDRESS or "@" not in email or not email.isprintable():
        return
    said = {"state": state, "detail": one_line(detail, MAX_ANSWER), "at": timezone.now()}
    if state == AddressState.BOUNCED and DeadAddress.objects.filter(email=email, state=AddressState.COMPLAINED).exists():
        return
    DeadAddress.objects.update_or_create(email=email, defaults=said)


def revive(email: str) -> bool:
    """Whether it was dead."""
    return bool(DeadAddress.objects.filter(email=email.lower()).delete()[0])
