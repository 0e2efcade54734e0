"""What happened to memberships, for staff's figures and for mails that go out once."""

from django.db import models
from django.db.models import Q

from billing.models.account import Account
from billing.world import world


class MilestoneQuerySet(models.QuerySet["Milestone"]):
    def here(self) -> "MilestoneQuerySet":
        return self.filter(account__world=world())


class Milestone(models.Model):
    """A change that `billing.sync` saw between two words of Stripe. Written once, in the same transaction as the change.

    `amount`: monthly price in hundredths of `currency` at that moment, for revenue over time.
    """

    class Kind(models.TextChoices):
        STARTED = "started", "Plus started"
        PAYMENT_FAILED = "payment_failed", "a payment failed"
        RECOVERED = "recovered", "the payment came after all"
        CANCELED = "canceled", "canceled to an end date"
        RESUMED = "resumed", "took the cancellation back"
        ENDED = "ended", "Plus ended"
        DISPUTED = "disputed", "a payment was charged back"

    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="milestones")
    kind = models.CharField(max_length=16, choices=Kind.choices)
    at = models.DateTimeField()
    subscription_id = models.CharField("subscription", max_length=255, blank=True)
    amount = models.PositiveIntegerField(default=0)
    currency = models.CharField(max_length=3, blank=True)

    objects = MilestoneQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["kind", "at"], name="milestone_kind_at")]
        constraints = [models.CheckConstraint(condition=~Q(kind=""), name="milestone_has_kind")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, {self.at:%B %-d, %Y}"
