"""What a visitor asked for, until the address is confirmed."""

from datetime import datetime, timedelta
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils import timezone

from accounts.models.user import validate_time_zone
from alerts.models.alert import MAX_QUERY
from careers.models import Guide

KEPT = timedelta(days=7)


class WishQuerySet(models.QuerySet["Wish"]):
    def fresh(self, now: datetime) -> Self:
        return self.filter(created_at__gt=now - KEPT)

    def stale(self, now: datetime) -> Self:
        return self.filter(created_at__lte=now - KEPT)

    def of_address(self, email: str) -> Self:
        return self.filter(email__iexact=email)


class Wish(models.Model):
    """An alert that somebody asked for with an address. Until the link in the mail is used it is nobody's: whoever typed the address
    may have typed a stranger's. So it touches neither the alerts nor the choices of the one whose address it is.

    `query` and `guide` as in Alert; always weekly. Deleted after KEPT, confirmed or not: until then its link says what was done.
    """

    email = models.EmailField(max_length=254)
    time_zone = models.CharField(max_length=64, validators=[validate_time_zone])
    name = models.CharField(max_length=200)
    query = models.CharField(max_length=MAX_QUERY, blank=True)
    guide = models.ForeignKey(Guide, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    confirmed_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(default=timezone.now)

    objects = WishQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "wishes"
        constraints = [
            models.CheckConstraint(condition=Q(name__gt=""), name="wish_has_name"),
            models.CheckConstraint(condition=Q(guide=None) | Q(query=""), name="wish_of_jobs_or_guide"),
        ]
        indexes = [models.Index(fields=["created_at"], name="wish_oldest")]

    def __str__(self) -> str:
        return self.name
