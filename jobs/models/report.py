"""What readers say is wrong with an ad."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Case, Q, When
from django.utils import timezone

from jobs.choices import ReportReason, ReportState
from jobs.models.job import Job

MAX_WORDS = 1000  # characters


class ReportQuerySet(models.QuerySet["Report"]):
    def open(self) -> Self:
        return self.filter(state=ReportState.OPEN)


class Report(models.Model):
    """One reader's word about one job. `reporter` is empty for visitors, of whom nothing is kept here."""

    job = models.ForeignKey(Job, on_delete=models.CASCADE, related_name="reports")
    reason = models.CharField(max_length=13, choices=ReportReason)
    words = models.TextField(max_length=MAX_WORDS, blank=True)
    state = models.CharField(max_length=9, choices=ReportState, default=ReportState.OPEN)
    reporter = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    objects = ReportQuerySet.as_manager()

    class Meta:
        ordering = [Case(When(state=ReportState.OPEN, then=0), default=1), "-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=ReportState.values), name="report_state_known"),
            models.CheckConstraint(condition=Q(reason__in=ReportReason.values), name="report_reason_known"),
            models.CheckConstraint(
                condition=Q(state=ReportState.OPEN, decided_at=None) | (~Q(state=ReportState.OPEN) & Q(decided_at__isnull=False)),
                name="report_decided_when",
            ),
            models.UniqueConstraint(
                fields=["job", "reporter"], condition=Q(state=ReportState.OPEN), name="report_one_open_per_person"
            ),  # visitors are NULL, which is never equal
        ]
        indexes = [models.Index(fields=["job"], condition=Q(state=ReportState.OPEN), name="report_open_of_job")]

    def __str__(self) -> str:
        return f"{self.get_reason_display()}: {self.job}"
