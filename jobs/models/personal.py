"""What the search for jobs remembers for one member. Nobody else sees it, and it goes with the account."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q, Window
from django.db.models.functions import RowNumber
from django.utils import timezone

from jobs.choices import State
from jobs.models.job import Job


class HiddenJobQuerySet(models.QuerySet["HiddenJob"]):
    def open(self) -> Self:
        """Those that would stand in the search were they not hidden."""
        return self.filter(job__state=State.OPEN).filter(Q(job__valid_through=None) | Q(job__valid_through__gte=timezone.now()))

    def newest(self) -> Self:
        return self.order_by("-hidden_at", "-pk")

    def for_page(self) -> Self:
        """All that a row of the list shows. One query."""
        return self.newest().select_related("job__employer").defer("job__description")


class HiddenJob(models.Model):
    """A job that a member does not want to see in the search."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="hidden_jobs")
    job = models.ForeignKey(Job, on_delete=models.CASCADE, related_name="+")
    hidden_at = models.DateTimeField(default=timezone.now)

    objects = HiddenJobQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "job"], name="hidden_job_once")]
        indexes = [models.Index(fields=["user", "-hidden_at", "-id"], name="hidden_job_newest")]

    def __str__(self) -> str:
        return f"{self.job_id} hidden by {self.user_id}"


class SeenJobQuerySet(models.QuerySet["SeenJob"]):
    def beyond(self, most: int) -> Self:
        """All but the `most` newest of each member."""
        crowded = self.values("user").annotate(count=models.Count("pk")).filter(count__gt=most).values("user")
        place = Window(RowNumber(), partition_by=F("user_id"), order_by=[F("seen_at").desc(), F("pk").desc()])
        return self.filter(user__in=crowded).annotate(place=place).filter(place__gt=most)


class SeenJob(models.Model):
    """A job whose page a member opened, and when last."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="seen_jobs")
    job = models.ForeignKey(Job, on_delete=models.CASCADE, related_name="+")
    seen_at = models.DateTimeField(default=timezone.now)

    objects = SeenJobQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "job"], name="seen_job_once")]
        indexes = [models.Index(fields=["user", "-seen_at"], name="seen_job_newest")]

    def __str__(self) -> str:
        return f"{self.job_id} seen by {self.user_id}"

    @classmethod
    def by(cls, user_id: int | None) -> Exists:
        """For a query of jobs: whether this member opened the job."""
        return Exists(cls.objects.filter(user_id=user_id, job=OuterRef("pk")))


class JobVisit(models.Model):
    """When a member looks for jobs: this visit, and the end of the one before (NULL: it is the first)."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="job_visit")
    started_at = models.DateTimeField(default=timezone.now)
    active_at = models.DateTimeField(default=timezone.now)
    previous_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(started_at__lte=F("active_at")), name="job_visit_begins_first"),
            models.CheckConstraint(condition=Q(previous_at=None) | Q(previous_at__lte=F("started_at")), name="job_visit_after_the_last"),
        ]

    def __str__(self) -> str:
        return f"visit of {self.user_id}"
