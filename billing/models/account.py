"""What we know of one person's subscription: a copy of Stripe's word, never the other way round."""

import uuid
from datetime import datetime
from typing import Self

from django.conf import settings
from django.db import OperationalError, models
from django.db.models import Max, Q
from psycopg.errors import LockNotAvailable

from billing.answers import Unavailable
from billing.plans import Plan
from billing.world import World, world

PLANS = [(plan.value, plan.name.capitalize()) for plan in Plan]
WORLDS = [(name.value, name.value) for name in World if name is not World.OFF]


class AccountQuerySet(models.QuerySet["Account"]):
    def here(self) -> Self:
        """Accounts of the world this process lives in: nobody else's subscription counts."""
        return self.filter(world=world())

    def lock(self) -> "Account | None":
        """The first, locked until the transaction ends: whoever asks Stripe about it does so with the row in hand.

        Raises answers.Unavailable when another holds it for longer than the database's lock_timeout: a Stripe that is
        slow to answer the first request must be the same to the second.
        """
        try:
            return self.select_for_update().first()
        except OperationalError as error:
            if isinstance(error.__cause__, LockNotAvailable):
                raise Unavailable("another request holds this account") from None
            raise

    def members(self) -> Self:
        """People who pay for Plus, as of the last word from Stripe."""
        return self.here().filter(is_member=True)

    def past_due(self) -> Self:
        return self.members().filter(status="past_due")

    def known_to_stripe(self) -> Self:
        return self.here().exclude(customer_id=None)

    def with_grants(self, now: datetime) -> Self:
        """`granted_until`: how long complimentary Plus lasts, in the same query."""
        return self.annotate(granted_until=Max("grants__until", filter=Q(grants__revoked_at=None, grants__until__gt=now)))


class Account(models.Model):
    """One person and their customer at Stripe. All but `user`, `key` and `world` is written by `billing.sync` alone.

    Outlives its user, anonymous: Stripe may still send events about it, and the books must add up.
    """

    user = models.OneToOneField(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="billing_account")
    key = models.UUIDField(
        default=uuid.uuid4, unique=True, editable=False, help_text="Seed of idempotency keys and client_reference_id at Stripe."
    )
    world = models.CharField(max_length=8, choices=WORLDS)
    customer_id = models.CharField("customer", max_length=255, null=True, blank=True, unique=True)
    checkout_id = models.CharField("checkout session", max_length=255, blank=True)

    subscription_id = models.CharField("subscription", max_length=255, blank=True)
    status = models.CharField(max_length=40, blank=True, help_text="Stripe's word for the subscription.")
    plan = models.CharField(max_length=8, choices=PLANS, default=Plan.FREE, help_text="The plan that the subscription sells.")
    period_start = models.DateTimeField(null=True, blank=True)
    paid_through = models.DateTimeField(null=True, blank=True, help_text="End of the current period.")
    ends_at = models.DateTimeField(null=True, blank=True, help_text="When it ends or ended, once that is known.")
    amount = models.PositiveIntegerField(null=True, blank=True, help_text="Hundredths of the currency, before tax and discounts.")
    currency = models.CharField(max_length=3, blank=True)
    live_subscriptions = models.PositiveSmallIntegerField(default=0, help_text="More than one: somebody pays twice.")

    is_member = models.BooleanField(default=False, help_text="Had Plus by this subscription at the last synchronization.")
    disputed_at = models.DateTimeField(null=True, blank=True, help_text="A payment was charged back; the subscription was ended.")
    synced_at = models.DateTimeField(null=True, blank=True)

    objects = AccountQuerySet.as_manager()

    granted_until: datetime | None  # annotated by with_grants()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(plan__in=[plan.value for plan in Plan]), name="account_plan_known"),
            models.CheckConstraint(condition=Q(world__in=[name for name, _ in WORLDS]), name="account_world_known"),
            models.CheckConstraint(condition=Q(is_member=False) | Q(plan=Plan.PLUS), name="account_member_has_plan"),
            models.CheckConstraint(condition=~Q(subscription_id="") | Q(status="", plan=Plan.FREE), name="account_status_of_subscription"),
        ]
        indexes = [models.Index(fields=["world", "status"], condition=Q(is_member=True), name="account_members")]

    def __str__(self) -> str:
        return f"Billing of {self.user or 'a deleted account'}"
