"""A copy of everything that is somebody's, made once and kept for a day."""

from datetime import datetime, timedelta
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

KEPT = timedelta(hours=24)  # from when it is ready
STUCK = timedelta(hours=6)  # the longest takes minutes: what waits longer has lost its worker for good


class DataExportQuerySet(models.QuerySet["DataExport"]):
    def pending(self) -> Self:
        return self.filter(state__in=DataExport.PENDING)

    def ready(self) -> Self:
        return self.filter(state=DataExport.State.READY, ready_at__gt=timezone.now() - KEPT)

    def newest(self) -> Self:
        return self.order_by("-asked_at", "-pk")

    def over(self) -> Self:
        """Those that nobody may fetch any more."""
        now = timezone.now()
        ready = Q(state=DataExport.State.READY, ready_at__lte=now - KEPT)
        return self.filter(ready | Q(state=DataExport.State.FAILED, asked_at__lte=now - KEPT))

    def stuck(self) -> Self:
        return self.pending().filter(asked_at__lte=timezone.now() - STUCK)


class DataExport(models.Model):
    """waiting -> making -> ready (for KEPT, then deleted), or failed. A worker that dies leaves it at making and begins anew."""

    class State(models.TextChoices):
        WAITING = "waiting"
        MAKING = "making"
        READY = "ready"
        FAILED = "failed"

    PENDING = (State.WAITING, State.MAKING)

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="exports")
    state = models.CharField(max_length=7, choices=State, default=State.WAITING)
    asked_at = models.DateTimeField(default=timezone.now)
    ready_at = models.DateTimeField(null=True, blank=True)
    size = models.PositiveBigIntegerField(default=0, help_text="Bytes of the zip file.")

    objects = DataExportQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=["waiting", "making", "ready", "failed"]), name="data_export_state_known"),
            models.CheckConstraint(
                condition=Q(state="ready", ready_at__isnull=False, size__gt=0) | (~Q(state="ready") & Q(ready_at=None)),
                name="data_export_ready_when",
            ),
            models.UniqueConstraint(fields=["user"], condition=Q(state__in=["waiting", "making"]), name="data_export_one_at_a_time"),
        ]
        indexes = [models.Index(fields=["user", "-asked_at", "-id"], name="data_export_newest")]

    def __str__(self) -> str:
        return f"Export {self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("accounts:export_file", args=[self.pk])

    @property
    def is_pending(self) -> bool:
        return self.state in self.PENDING

    @property
    def until(self) -> datetime | None:
        """When it is deleted; None before it is ready."""
        return self.ready_at and self.ready_at + KEPT

    @property
    def file_name(self) -> str:
        return f"{settings.SITE_NAME.lower()}-{self.asked_at:%Y-%m-%d}.zip"


class ExportChunk(models.Model):
    """A piece of the zip file, so that no process ever holds the whole. In the database: every web machine has it, and it goes
    with the account.
    """

    export = models.ForeignKey(DataExport, on_delete=models.CASCADE, related_name="chunks")
    number = models.PositiveIntegerField()
    data = models.BinaryField()

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["export", "number"], name="export_chunk_once")]

    def __str__(self) -> str:
        return f"Piece {self.number} of {self.export_id}"
