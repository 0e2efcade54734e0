"""Where jobs come from, and what each look there brought."""

from datetime import timedelta
from typing import Self

from django.core.validators import URLValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone

from careers.models.fields import AddressField
from jobs.choices import RunStatus, SourceKind


class SourceQuerySet(models.QuerySet["Source"]):
    def due(self) -> Self:
        """Active sources whose interval has passed since they were last asked."""
        now = timezone.now()
        return self.filter(is_active=True).filter(Q(next_run_at=None) | Q(next_run_at__lte=now))


class Source(models.Model):
    """A feed of jobs. Staff add it with kind, address and interval."""

    name = models.CharField(max_length=120, unique=True)
    kind = models.CharField(max_length=16, choices=SourceKind)
    address = AddressField(
        max_length=500,
        blank=True,
        validators=[URLValidator(schemes=["https"])],
        help_text="Of the feed, https; empty for files that are read by command.",
    )
    every_hours = models.PositiveSmallIntegerField(default=24)
    is_active = models.BooleanField(default=True)
    is_trusted = models.BooleanField(default=False, help_text="Jobs of employers that are new here open without review.")
    attribution = models.CharField(max_length=120, blank=True, help_text="Shown beside its jobs where the source asks for credit.")
    attribution_url = AddressField(max_length=300, blank=True)
    etag = models.CharField(max_length=300, blank=True, editable=False)
    last_modified = models.CharField(max_length=60, blank=True, editable=False)
    next_run_at = models.DateTimeField(null=True, blank=True, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = SourceQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=SourceKind.values), name="source_kind_known"),
            models.CheckConstraint(condition=Q(every_hours__gte=1), name="source_interval_positive"),
        ]

    def __str__(self) -> str:
        return self.name

    def schedule_next(self) -> None:
        self.next_run_at = timezone.now() + timedelta(hours=self.every_hours)


class Run(models.Model):
    """One look at a source. Counts are of listings; `rejected` pairs which and why, the first fifty."""

    source = models.ForeignKey(Source, on_delete=models.CASCADE, related_name="runs")
    status = models.CharField(max_length=10, choices=RunStatus, default=RunStatus.RUNNING)
    started_at = models.DateTimeField(default=timezone.now)
    finished_at = models.DateTimeField(null=True, blank=True)
    is_whole = models.BooleanField("whole", default=False, help_text="The feed said, or its kind implies, that these are all of its jobs.")
    seen = models.PositiveIntegerField(default=0)
    new = models.PositiveIntegerField(default=0)
    changed = models.PositiveIntegerField(default=0)
    unchanged = models.PositiveIntegerField(default=0)
    closed = models.PositiveIntegerField(default=0)
    rejected_count = models.PositiveIntegerField("rejected", default=0)
    rejected = models.JSONField(default=list, blank=True)
    note = models.TextField(blank=True, help_text="What went wrong, or why nothing was closed.")

    class Meta:
        ordering = ["-started_at", "-pk"]
        indexes = [models.Index(fields=["source", "-started_at"], name="run_newest")]
        constraints = [models.CheckConstraint(condition=Q(status__in=RunStatus.values), name="run_status_known")]

    def __str__(self) -> str:
        return f"{self.source}, {self.started_at:%B %-d, %Y %H:%M}"
