"""What the tracker remembers so that nothing happens twice: who left for an employer's site, what we reminded of, which forms were used."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.crypto import get_random_string

from accounts.models.tracking_words import Answer
from jobs.models import Job


class DepartureQuerySet(models.QuerySet["Departure"]):
    def unanswered(self) -> Self:
        return self.filter(answer="")


class Departure(models.Model):
    """A member followed the link to an employer's own site. Asked about on coming back; going there again asks again."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="departures")
    job = models.ForeignKey(Job, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    answer = models.CharField(max_length=7, choices=Answer, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)

    objects = DepartureQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "job"], name="departure_once"),
            models.CheckConstraint(condition=Q(answer__in=["", *Answer.values]), name="departure_answer_known"),
            models.CheckConstraint(
                condition=Q(answer="", answered_at=None) | (~Q(answer="") & Q(answered_at__isnull=False)), name="departure_answered_when"
            ),
        ]
        indexes = [models.Index(fields=["user", "-at"], condition=Q(answer=""), name="departure_unanswered")]

    def __str__(self) -> str:
        return f"{self.user_id} went to {self.job_id}"


class Reminder(models.Model):
    """That somebody was reminded of something, or that it was too late for it. `key` says of what, so that it happens once."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="reminders")
    key = models.CharField(max_length=80)
    at = models.DateTimeField(default=timezone.now)
    was_dropped = models.BooleanField(default=False, help_text="Its moment was long over, so no mail went out.")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "key"], name="reminder_once")]
        indexes = [models.Index(fields=["at"], name="reminder_at")]

    def __str__(self) -> str:
        return f"{self.key} to {self.user_id}"


class UsedForm(models.Model):
    """A form that did its work. Each rendered form carries a key of its own; the second time it comes, it leads where the first one led."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    key = models.UUIDField()
    target = models.CharField(max_length=300)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "key"], name="used_form_once")]
        indexes = [models.Index(fields=["at"], name="used_form_at")]

    def __str__(self) -> str:
        return f"{self.key} of {self.user_id}"


def make_nonce() -> str:
    return get_random_string(22)


class CalendarFeed(models.Model):
    """The private calendar of one person. Its address is made of `nonce` and the secret key (`accounts.tracker.feed`), so it can be
    shown again, and whoever reads this table alone cannot open it. Without a row there is no feed.
    """

    user = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="calendar_feed")
    nonce = models.CharField(max_length=22, unique=True, default=make_nonce)
    created_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"Calendar of {self.user_id}"
