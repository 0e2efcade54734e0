"""What hangs on an application: people, things to do, interviews, documents."""

from datetime import datetime, timedelta
from typing import Self, TypeVar
from zoneinfo import ZoneInfo

from django.db import models
from django.db.models import F, Q
from django.db.models.lookups import LessThanOrEqual
from django.utils import timezone

from accounts.models.tracked import TrackedApplication
from accounts.models.tracking_words import DocumentKind, InterviewKind
from accounts.models.user import validate_time_zone
from jobs.models.application import Length

MAX_PART_NAME = 200
MAX_PART_NOTE = 2000
MAX_DOCUMENT = 5 * 1024 * 1024  # bytes

P = TypeVar("P", bound="Part")


class PartQuerySet(models.QuerySet[P]):
    def kept(self) -> Self:
        return self.filter(removed_at=None)

    def removed_before(self, moment: datetime) -> Self:
        return self.filter(removed_at__lt=moment)

    def in_use(self) -> Self:
        """Kept, and its application too."""
        return self.filter(removed_at=None, application__removed_at=None)

    def with_application(self) -> Self:
        return self.select_related("application").defer("application__frozen", "application__note", "application__words")


class Part(models.Model):
    """kept (removed_at NULL) -> removed -> kept again, or deleted after a while with what else was removed."""

    application = models.ForeignKey(TrackedApplication, on_delete=models.CASCADE, related_name="%(class)ss")
    created_at = models.DateTimeField(default=timezone.now)
    removed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        abstract = True


class Contact(Part):
    """Somebody at the employer or an agency."""

    name = models.CharField(max_length=MAX_PART_NAME)
    role = models.CharField(max_length=MAX_PART_NAME, blank=True)
    email = models.EmailField(blank=True)
    phone = models.CharField(max_length=40, blank=True)
    note = models.TextField(max_length=MAX_PART_NOTE, blank=True)

    objects = PartQuerySet["Contact"].as_manager()

    def __str__(self) -> str:
        return f"Contact {self.pk}"


class TaskQuerySet(PartQuerySet["ApplicationTask"]):
    def open(self) -> Self:
        return self.filter(done_at=None)

    def next_first(self) -> Self:
        """By date; those without one last."""
        return self.order_by(F("due_on").asc(nulls_last=True), "pk")


class ApplicationTask(Part):
    """One thing to do. `due_on` is a day where the person lives."""

    text = models.CharField(max_length=300)
    due_on = models.DateField(null=True, blank=True)
    done_at = models.DateTimeField(null=True, blank=True)

    objects = TaskQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["due_on"], condition=Q(done_at=None, removed_at=None, due_on__isnull=False), name="task_due"),
        ]

    def __str__(self) -> str:
        return f"Task {self.pk}"


class Interview(Part):
    """One round. `starts_at` is the moment; `zone` says by which clocks it was agreed. `minutes` is how long it takes."""

    kind = models.CharField(max_length=8, choices=InterviewKind)
    starts_at = models.DateTimeField()
    zone = models.CharField(max_length=64, validators=[validate_time_zone])
    minutes = models.PositiveSmallIntegerField(default=60)
    place = models.CharField(max_length=1000, blank=True, help_text="An address or a link.")
    people = models.CharField(max_length=300, blank=True)
    note = models.TextField(max_length=MAX_PART_NOTE, blank=True)
    version = models.PositiveIntegerField(default=0, help_text="Raised by every change: the SEQUENCE of calendars (RFC 5545).")
    updated_at = models.DateTimeField(default=timezone.now)

    objects = PartQuerySet["Interview"].as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=InterviewKind.values), name="interview_kind_known"),
            models.CheckConstraint(condition=Q(minutes__gte=5, minutes__lte=1440), name="interview_takes_a_while"),
        ]
        indexes = [models.Index(fields=["starts_at"], condition=Q(removed_at=None), name="interview_when")]

    def __str__(self) -> str:
        return f"Interview {self.pk}"

    @property
    def ends_at(self) -> datetime:
        return self.starts_at + timedelta(minutes=self.minutes)

    @property
    def there(self) -> datetime:
        """By the clocks of its zone."""
        return self.starts_at.astimezone(ZoneInfo(self.zone))

    @property
    def there_in_words(self) -> str:
        """October 12, 2:30 PM, by the clocks of its zone."""
        return f"{self.there:%B %-d, %-I:%M %p}"

    @property
    def zone_in_words(self) -> str:
        """America/New_York: New York"""
        return self.zone.rpartition("/")[2].replace("_", " ")


class ApplicationDocument(Part):
    """A file that somebody keeps with an application. Its bytes are in DocumentFile, so that lists never read them."""

    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=100, choices=DocumentKind)
    size = models.PositiveIntegerField(help_text="Bytes.")

    objects = PartQuerySet["ApplicationDocument"].as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=DocumentKind.values), name="document_kind_known"),
            models.CheckConstraint(condition=LessThanOrEqual(F("size"), MAX_DOCUMENT), name="document_is_small"),
        ]

    def __str__(self) -> str:
        return f"Document {self.pk}"


class DocumentFile(models.Model):
    """The bytes of a document."""

    document = models.OneToOneField(ApplicationDocument, on_delete=models.CASCADE, primary_key=True, related_name="file")
    data = models.BinaryField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=LessThanOrEqual(Length(F("data")), MAX_DOCUMENT), name="document_file_is_small"),
        ]

    def __str__(self) -> str:
        return f"Bytes of {self.document_id}"
