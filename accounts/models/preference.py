"""Which of our mails somebody wants."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone


class MailKind(models.TextChoices):
    """Mails that one can do without. Those that answer a person's own act (sign-in, plan, export) are of no kind: they always come."""

    REMINDERS = "reminders", "Reminders of next steps and interviews"
    CLOSING = "closing_soon", "Saved jobs that close soon"


class NotificationPreferenceQuerySet(models.QuerySet["NotificationPreference"]):
    def refused(self, kind: MailKind) -> Self:
        return self.filter(kind=kind, is_wanted=False)


class NotificationPreference(models.Model):
    """What one person decided about one kind of mail. Without a row the mail is wanted."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="notification_preferences")
    kind = models.CharField(max_length=20, choices=MailKind)
    is_wanted = models.BooleanField()
    decided_at = models.DateTimeField(default=timezone.now)

    objects = NotificationPreferenceQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "kind"], name="notification_preference_once"),
            models.CheckConstraint(condition=Q(kind__in=MailKind.values), name="notification_preference_kind_known"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} of {self.user_id}: {'yes' if self.is_wanted else 'no'}"
