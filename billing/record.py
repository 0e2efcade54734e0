"""All that we hold about one person's plan, for a copy of their data. Receipts and cards are at Stripe, never here."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from django.db import models

from billing.entitlements import plan_of
from billing.models import Account, Grant, Milestone

if TYPE_CHECKING:
    from accounts.models import User

TABLES: tuple[type[models.Model], ...] = (Account, Grant, Milestone)

PLAN = ("plan", "subscription", "customer", "state", "amount", "currency", "paid_through", "ends_at", "disputed_at")
_FIELDS = ("subscription_id", "customer_id", "status", "amount", "currency", "paid_through", "ends_at", "disputed_at")
HISTORY = ("what", "at", "amount", "currency")
GIFTS = ("until", "reason", "given_at", "taken_back_at")


def plan(user: "User") -> Iterator[tuple[Any, ...]]:
    """One row of PLAN. `amount` is in hundredths of the currency, a month; customer and subscription are Stripe's names."""
    found = Account.objects.filter(user=user).values_list(*_FIELDS).first()
    yield (plan_of(user).value, *(found or (None,) * len(_FIELDS)))


def history(user: "User") -> Iterator[tuple[Any, ...]]:
    """Rows of HISTORY, oldest first: what happened to the membership."""
    yield from Milestone.objects.filter(account__user=user).order_by("at", "pk").values_list("kind", "at", "amount", "currency")


def gifts(user: "User") -> Iterator[tuple[Any, ...]]:
    """Rows of GIFTS: Plus that staff gave."""
    yield from Grant.objects.filter(account__user=user).order_by("granted_at").values_list("until", "reason", "granted_at", "revoked_at")
