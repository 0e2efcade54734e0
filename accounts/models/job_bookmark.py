"""A job that somebody keeps."""

from collections.abc import Sequence
from datetime import datetime
from functools import cached_property
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, Func, OuterRef, Q
from django.utils import timezone

from accounts.models.kept import Kept, KeptQuerySet
from accounts.models.tracked import TrackedApplication
from accounts.models.tracking_words import SENT
from jobs.choices import State
from jobs.models import Application, Job
from jobs.page import words
from jobs.page.frozen import Change, FrozenAd, changes

# The ad without its long texts.
FACTS = Func(F("ad"), template="(%(expressions)s - ARRAY['description', 'text'])", output_field=models.JSONField())


class JobBookmarkQuerySet(KeptQuerySet["JobBookmark"]):
    def of_job(self, pk: int) -> Self:
        return self.filter(job=pk)

    def of_jobs(self, pks: Sequence[int]) -> Self:
        return self.filter(job__in=pks)

    def for_page(self) -> Self:
        """All that a row shows: the job now, what the ad said when it was saved, and labels. Two queries, newest first."""
        rows = self.select_related("job__employer").defer("job__description", "ad").annotate(facts=FACTS)
        return rows.prefetch_related("labels").order_by("-created_at", "-pk")

    def with_whole_ad(self) -> Self:
        """A row and everything that its ad said."""
        return self.select_related("job__employer").annotate(facts=FACTS).prefetch_related("labels")

    def for_comparing(self) -> Self:
        """With what the job asks for. Three queries."""
        return self.for_page().prefetch_related("job__skills")

    def open(self) -> Self:
        """Those that one may still apply for."""
        return self.filter(job__in=Job.objects.open())

    def not_applied_for(self) -> Self:
        """Without jobs that the person has applied for, through our form and not withdrawn, or as the tracker says."""
        own = {"user": OuterRef("user"), "job": OuterRef("job")}
        sent = Application.objects.standing().filter(**own)
        tracked = TrackedApplication.objects.kept().filter(status__in=SENT, **own)
        return self.exclude(Exists(sent) | Exists(tracked))

    def closing_before(self, moment: datetime) -> Self:
        """Open ones whose last day comes before it, the nearest first."""
        return self.open().filter(job__valid_through__lt=moment).order_by("job__valid_through", "pk")

    def untold(self) -> Self:
        """Those about whose last day, as it is now, we have not written."""
        return self.filter(Q(told_last_day=None) | ~Q(told_last_day=F("job__valid_through")))


class JobBookmark(Kept):
    """One job in one person's list. Jobs stay in it after they close, and say so; `ad` is the ad as it was when saved."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="job_bookmarks")
    job = models.ForeignKey(Job, on_delete=models.PROTECT, related_name="+")
    ad = models.JSONField(help_text="Made by jobs.page.frozen.")

    told_last_day = models.DateTimeField(null=True, blank=True, help_text="The last day that we wrote a mail about.")

    objects = JobBookmarkQuerySet.as_manager()

    applied_at: datetime | None  # set by the page of the list
    facts: dict[str, Any]  # annotated by for_page()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "job"], name="job_bookmark_once")]
        indexes = [
            models.Index(fields=["user", "-created_at", "-id"], condition=Q(removed_at=None), name="job_bookmark_newest"),
            models.Index(fields=["removed_at"], condition=Q(removed_at__isnull=False), name="job_bookmark_removed"),
        ]

    def __str__(self) -> str:
        return f"{self.job_id} kept by {self.user_id}"

    @cached_property
    def then(self) -> FrozenAd:
        """What the ad said when it was saved, without its description."""
        return FrozenAd(self.facts)

    @property
    def key(self) -> int:
        """What names it in a form."""
        return self.job_id

    @property
    def title(self) -> str:
        return f"{self.shown.title}, {self.shown.employer.name}"

    @property
    def is_public(self) -> bool:
        """Whether the job has a page: one that staff removed has none any more."""
        return self.job.state in {State.OPEN, State.CLOSED}

    @property
    def shown(self) -> Job:
        """The job as it is now; of one that has no page any more, as it was when saved."""
        return self.job if self.is_public else self.then.job

    @property
    def changes(self) -> list[Change]:
        """What the ad says otherwise since it was saved."""
        return changes(self.then.job, self.shown)

    @property
    def place(self) -> str:
        return words.place(self.shown)

    @property
    def pay(self) -> str:
        return words.pay(self.shown)

    @property
    def closing(self) -> str:
        """Closes in 3 days; empty while the last day is further off than that of "closing soon", and for what is closed."""
        now = timezone.now()
        closes = words.closes(self.job, now) if words.is_closing_soon(self.job, now) else None
        return closes.words if closes else ""
