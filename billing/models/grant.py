"""Plus that staff give away."""

from datetime import datetime
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from billing.models.account import Account


class GrantQuerySet(models.QuerySet["Grant"]):
    def in_force(self, now: datetime) -> Self:
        return self.filter(revoked_at=None, until__gt=now)


class Grant(models.Model):
    """Complimentary Plus until a date. Never changed or deleted: it is revoked, so that it stays known who gave what.

    given -> over by itself at `until`, or revoked.
    """

    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="grants")
    until = models.DateTimeField()
    reason = models.CharField(max_length=200)
    granted_at = models.DateTimeField(default=timezone.now, editable=False)
    granted_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    revoked_at = models.DateTimeField(null=True, blank=True)
    revoked_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    objects = GrantQuerySet.as_manager()

    class Meta:
        verbose_name = "complimentary plan"
        ordering = ["-granted_at"]
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="grant_has_reason"),
            models.CheckConstraint(
                condition=Q(until__gt=F("granted_at")), name="grant_lasts", violation_error_message="Choose a later date."
            ),
        ]

    def __str__(self) -> str:
        return f"Plus until {self.until:%B %-d, %Y}"
