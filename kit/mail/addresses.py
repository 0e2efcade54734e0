"""Addresses that take no mail."""

from collections.abc import Iterable

from kit.models import DeadAddress


def dead_among(emails: Iterable[str]) -> set[str]:
    """Those of them that take no mail, in lower case. One query."""
    return set(DeadAddress.objects.filter(email__in={email.lower() for email in emails}).values_list("email", flat=True))
