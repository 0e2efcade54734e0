"""An application that somebody keeps track of, and the history that its status comes from."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q, Value, Window
from django.db.models.functions import Concat, RowNumber
from django.urls import reverse
from django.utils import timezone

from accounts.models.tracking_words import ENDED, EventSource, Status
from careers.models import Guide
from jobs.choices import PayPeriod
from jobs.models import Application, Job
from kit.text import Fold

MAX_TITLE = 200
MAX_PLACE = 200
MAX_URL = 1000
MAX_TEXT = 5000
MAX_EVENT_NOTE = 1000


class TrackedQuerySet(models.QuerySet["TrackedApplication"]):
    def kept(self) -> Self:
        return self.filter(removed_at=None)

    def removed(self) -> Self:
        return self.filter(removed_at__isnull=False)

    def newest(self) -> Self:
        return self.order_by("-status_at", "-pk")

    def newest_of_each(self, most: int) -> Self:
        """The newest `most` of each status, in order; `rank` is the place within its status."""
        rank = Window(RowNumber(), partition_by=F("status"), order_by=[F("status_at").desc(), F("pk").desc()])
        return self.annotate(rank=rank).filter(rank__lte=most).order_by("status", "rank")

    def light(self) -> Self:
        """Without the frozen ad and the long texts: all that a list shows."""
        return self.defer("frozen", "note", "words")


class TrackedApplication(models.Model):
    """One application of one person, from the first thought to the answer.

    `frozen` is the ad as it was shown when this row was born (jobs.page.frozen.freeze), empty for one that was typed in.
    `status` and `status_at` repeat what the events say; `accounts.tracker.history` alone writes them.
    kept (removed_at NULL) -> removed -> kept again with everything, or deleted after a while (`accounts.tasks`).
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="tracked")
    job = models.ForeignKey(Job, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    sent = models.OneToOneField(
        Application,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="tracked",
        help_text="What went out through our form, the last time where it went out more than once.",
    )
    guide = models.ForeignKey(Guide, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    title = models.CharField(max_length=MAX_TITLE)
    employer = models.CharField(max_length=MAX_TITLE, blank=True)
    place = models.CharField(max_length=MAX_PLACE, blank=True)
    url = models.URLField(max_length=MAX_URL, blank=True)
    words = models.GeneratedField(
        expression=Fold(Concat("title", Value("\n"), "employer", Value("\n"), "place", output_field=models.TextField())),
        output_field=models.TextField(),
        db_persist=True,
    )
    frozen = models.JSONField(default=dict, blank=True)
    salary_minimum = models.DecimalField(max_digits=12, decimal_places=2, null=True, blank=True)
    salary_maximum = models.DecimalField(max_digits=12, decimal_places=2, null=True, blank=True)
    salary_currency = models.CharField(max_length=3, blank=True)
    salary_period = models.CharField(max_length=5, choices=PayPeriod, blank=True)
    note = models.TextField(max_length=MAX_TEXT, blank=True)
    status = models.CharField(max_length=12, choices=Status)
    status_at = models.DateTimeField()
    created_at = models.DateTimeField(default=timezone.now)
    removed_at = models.DateTimeField(null=True, blank=True)

    objects = TrackedQuerySet.as_manager()

    rank: int  # annotated by newest_of_each()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "job"], name="tracked_once_for_a_job"),
            models.CheckConstraint(condition=Q(status__in=Status.values), name="tracked_status_known"),
            models.CheckConstraint(condition=Q(title__gt=""), name="tracked_has_title"),
            models.CheckConstraint(
                condition=Q(salary_minimum=None, salary_maximum=None, salary_currency="", salary_period="")
                | (~Q(salary_currency="") & ~Q(salary_period="") & (Q(salary_minimum__gt=0) | Q(salary_maximum__gt=0))),
                name="tracked_salary_whole_or_absent",
            ),
            models.CheckConstraint(
                condition=Q(salary_minimum=None) | Q(salary_maximum=None) | Q(salary_minimum__lte=F("salary_maximum")),
                name="tracked_salary_in_order",
            ),
        ]
        indexes = [
            models.Index(fields=["user", "status", "-status_at", "-id"], condition=Q(removed_at=None), name="tracked_board"),
            models.Index(fields=["user", "-status_at", "-id"], condition=Q(removed_at=None), name="tracked_newest"),
            models.Index(fields=["status_at"], condition=Q(status=Status.APPLIED, removed_at=None), name="tracked_waiting"),
            models.Index(fields=["removed_at"], condition=Q(removed_at__isnull=False), name="tracked_removed"),
        ]

    def __str__(self) -> str:
        return f"Tracked application {self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("accounts:application", args=[self.pk])

    @property
    def name(self) -> str:
        """Kite maker, Kite Works"""
        return ", ".join(filter(None, [self.title, self.employer]))

    @property
    def is_ended(self) -> bool:
        return self.status in ENDED


class EventQuerySet(models.QuerySet["ApplicationEvent"]):
    def standing(self) -> Self:
        """Those that no correction replaced and that say something."""
        return self.filter(correction=None).exclude(status="")

    def in_order(self) -> Self:
        """As it happened; what happened at the same moment, as it was written down."""
        return self.order_by("happened_at", "pk")


class ApplicationEvent(models.Model):
    """One thing that happened, written once and never changed (a trigger sees to it).

    A wrong one is replaced by another that `corrects` it; one that never happened by one without a status. The status of
    an application is that of the last standing event: the latest `happened_at`, then the highest number.
    """

    application = models.ForeignKey(TrackedApplication, on_delete=models.CASCADE, related_name="events")
    status = models.CharField(max_length=12, choices=Status, blank=True, help_text="Empty: what this corrects did not happen.")
    happened_at = models.DateTimeField()
    note = models.TextField(max_length=MAX_EVENT_NOTE, blank=True)
    source = models.CharField(max_length=6, choices=EventSource)
    corrects = models.OneToOneField("self", on_delete=models.CASCADE, null=True, blank=True, related_name="correction")
    created_at = models.DateTimeField(default=timezone.now)

    objects = EventQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(status__in=["", *Status.values]), name="event_status_known"),
            models.CheckConstraint(condition=~Q(status="") | Q(corrects__isnull=False), name="event_says_something"),
            models.CheckConstraint(condition=Q(source__in=EventSource.values), name="event_source_known"),
            models.CheckConstraint(condition=~Q(corrects=F("id")), name="event_corrects_another"),
        ]
        indexes = [models.Index(fields=["application", "-happened_at", "-id"], name="event_latest")]

    def __str__(self) -> str:
        return f"Event {self.pk} of {self.application_id}"
