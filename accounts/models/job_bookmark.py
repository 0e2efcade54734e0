"""A job that somebody keeps."""

from datetime import datetime
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q

from accounts.models.kept import Kept, KeptQuerySet
from jobs.choices import State
from jobs.models import Job
from jobs.page import words


class JobBookmarkQuerySet(KeptQuerySet["JobBookmark"]):
    def of_job(self, pk: int) -> Self:
        return self.filter(job=pk)

    def for_page(self) -> Self:
        """All that a row shows. One query, newest first."""
        return self.select_related("job__employer").defer("job__description").order_by("-created_at", "-pk")


class JobBookmark(Kept):
    """One job in one person's list. Jobs stay in it after they close, and say so."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="job_bookmarks")
    job = models.ForeignKey(Job, on_delete=models.PROTECT, related_name="+")

    objects = JobBookmarkQuerySet.as_manager()

    applied_at: datetime | None  # set by the page of the list

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "job"], name="job_bookmark_once")]
        indexes = [
            models.Index(fields=["user", "-created_at", "-id"], condition=Q(removed_at=None), name="job_bookmark_newest"),
            models.Index(fields=["removed_at"], condition=Q(removed_at__isnull=False), name="job_bookmark_removed"),
        ]

    def __str__(self) -> str:
        return f"{self.job_id} kept by {self.user_id}"

    @property
    def title(self) -> str:
        return f"{self.job.title}, {self.job.employer.name}"

    @property
    def is_public(self) -> bool:
        """Whether the job has a page: one that staff removed has none any more."""
        return self.job.state in {State.OPEN, State.CLOSED}

    @property
    def place(self) -> str:
        """As the ad has it now, in words; empty where unknown."""
        return words.place(self.job)

    @property
    def pay(self) -> str:
        """As the ad has it now, in words."""
        return words.pay(self.job)
