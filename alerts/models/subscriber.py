"""Somebody who gets digests: a member, or a visitor known by a confirmed address."""

import secrets
from datetime import datetime
from typing import Self

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils import timezone

from accounts.models import User
from accounts.models.user import validate_time_zone
from alerts.choices import Stop, Weekday

HOUR = 8  # where the person lives, unless they choose another


def new_key() -> str:
    """128 random bits."""
    return secrets.token_urlsafe(16)


class SubscriberQuerySet(models.QuerySet["Subscriber"]):
    def reachable(self) -> Self:
        """Confirmed, not stopped, and whose account (if any) is in use."""
        return self.filter(confirmed_at__isnull=False, stopped_at=None).exclude(user__is_active=False)

    def due(self, now: datetime) -> Self:
        return self.reachable().filter(next_at__lte=now)

    def visitors(self) -> Self:
        return self.filter(user=None)

    def numbered(self, number: int) -> "Subscriber | None":
        """The one of this number, or the member who took over the alerts of it. Two queries at most."""
        people = self.select_related("user")
        return people.filter(pk=number).first() or people.filter(former__contains=[number]).first()

    def with_key(self, key: str) -> Self:
        """Who may be managed by a key: visitors whose address is confirmed. A member's key opens nothing."""
        return self.visitors().filter(confirmed_at__isnull=False, key=key)


class Subscriber(models.Model):
    """All alerts of one person come in one mail, at one hour of their day.

    `time_zone` of a member is a copy of the account's, brought up to date by every run and every visit of the alerts pages.
    `next_at`: when a run must look at this person next; NULL: there is nothing to send. `alive_at`: the last sign of life that
    we know of. `asked_at`: since when we wait for an answer to "do you still want these?". `told_weekly_at`: when we said that
    daily alerts come weekly now. `mailed_at`: the last digest or word that we still watch. `former`: numbers of the visitors whose
    alerts this member took over, because links in mails to them keep working.
    """

    user = models.OneToOneField(User, null=True, blank=True, on_delete=models.CASCADE, related_name="subscriber")
    email = models.EmailField(max_length=254, blank=True, help_text="Of a visitor; a member's is the account's.")
    key = models.CharField(max_length=22, unique=True, default=new_key, help_text="Lets a visitor manage alerts without an account.")
    confirmed_at = models.DateTimeField(null=True, blank=True)
    time_zone = models.CharField(max_length=64, default="UTC", validators=[validate_time_zone])
    weekday = models.PositiveSmallIntegerField(choices=Weekday, default=Weekday.MONDAY)
    hour = models.PositiveSmallIntegerField(default=HOUR, validators=[MaxValueValidator(23)])
    next_at = models.DateTimeField(null=True, blank=True)
    stopped_at = models.DateTimeField(null=True, blank=True)
    stopped_because = models.CharField(max_length=6, choices=Stop, blank=True)
    alive_at = models.DateTimeField(default=timezone.now)
    asked_at = models.DateTimeField(null=True, blank=True)
    told_weekly_at = models.DateTimeField(null=True, blank=True)
    mailed_at = models.DateTimeField(null=True, blank=True)
    former = ArrayField(models.BigIntegerField(), default=list, blank=True)
    created_at = models.DateTimeField(default=timezone.now)

    objects = SubscriberQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(user__isnull=False, email="") | (Q(user__isnull=True) & ~Q(email="")), name="subscriber_member_or_address"
            ),
            models.UniqueConstraint(Lower("email"), condition=Q(user=None), name="subscriber_address_once"),
            models.CheckConstraint(condition=Q(weekday__lte=6), name="subscriber_weekday_known"),
            models.CheckConstraint(condition=Q(hour__lte=23), name="subscriber_hour_known"),
            models.CheckConstraint(
                condition=Q(stopped_at=None, stopped_because="") | (Q(stopped_at__isnull=False) & ~Q(stopped_because="")),
                name="subscriber_stopped_when_and_why",
            ),
        ]
        indexes = [
            models.Index(fields=["next_at", "id"], condition=Q(next_at__isnull=False), name="subscriber_due"),
            GinIndex(fields=["former"], name="subscriber_former"),
        ]

    def __str__(self) -> str:
        return self.address

    @property
    def address(self) -> str:
        """Where digests go. Needs `user`."""
        return self.user.email if self.user else self.email

    @property
    def name(self) -> str:
        """Of the account; empty for visitors."""
        return self.user.display_name if self.user else ""
