"""A CSV file of applications between its upload and the time in which it can be undone."""

from datetime import datetime, timedelta
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from accounts.models.tracked import TrackedApplication

WAITS = timedelta(hours=24)  # for the confirmation; then the file is deleted
CAN_BE_UNDONE = timedelta(days=30)  # as long as removed applications can be brought back


class ApplicationImportQuerySet(models.QuerySet["ApplicationImport"]):
    def waiting(self) -> Self:
        return self.filter(done_at=None)

    def can_be_undone(self) -> Self:
        return self.filter(undone_at=None, done_at__gt=timezone.now() - CAN_BE_UNDONE)

    def over(self) -> Self:
        now = timezone.now()
        return self.filter(Q(done_at=None, created_at__lte=now - WAITS) | Q(done_at__lte=now - CAN_BE_UNDONE))


class ApplicationImport(models.Model):
    """waiting, with the file -> done, with its applications and without the file -> undone, or over after CAN_BE_UNDONE.

    One at a time waits: a new upload takes the place of the last. `columns`: what each field is read from (accounts.importing.columns).
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="imports")
    file_name = models.CharField(max_length=120)
    data = models.BinaryField(default=b"", help_text="The file as it came. Empty as soon as it is imported.")
    columns = models.JSONField(default=dict)
    created_at = models.DateTimeField(default=timezone.now)
    done_at = models.DateTimeField(null=True, blank=True)
    undone_at = models.DateTimeField(null=True, blank=True)

    objects = ApplicationImportQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user"], condition=Q(done_at=None), name="import_one_waits"),
            models.CheckConstraint(condition=Q(done_at=None) | Q(data=b""), name="import_done_keeps_no_file"),
            models.CheckConstraint(condition=Q(undone_at=None) | Q(done_at__isnull=False), name="import_done_before_undone"),
        ]
        indexes = [models.Index(fields=["user", "-done_at"], name="import_newest")]

    def __str__(self) -> str:
        return f"Import {self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("accounts:import", args=[self.pk])

    @property
    def until(self) -> datetime | None:
        """Until when it can be undone; None before it is done."""
        return self.done_at and self.done_at + CAN_BE_UNDONE


class ImportedApplication(models.Model):
    """Which applications an import made, so that all of them can be taken back together."""

    batch = models.ForeignKey(ApplicationImport, on_delete=models.CASCADE, related_name="made")
    application = models.OneToOneField(TrackedApplication, on_delete=models.CASCADE, related_name="imported")

    def __str__(self) -> str:
        return f"{self.application_id} by {self.batch_id}"
