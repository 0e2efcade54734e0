"""What somebody sent to an employer through our form."""

from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Func, IntegerField, Q
from django.db.models.functions import Coalesce
from django.db.models.lookups import LessThanOrEqual
from django.urls import reverse
from django.utils import timezone

from jobs.choices import Delivery, FileKind
from jobs.models.job import Job

if TYPE_CHECKING:
    from accounts.models import User

MAX_NAME = 120
MAX_PHONE = 40
MAX_LETTER = 5000
MAX_RESUME = 5 * 1024 * 1024  # bytes


class Length(Func):
    function = "octet_length"
    output_field = IntegerField()


class ResumeFile(models.Model):
    """The bytes of a resume as they were sent. One row for a person and a content, however often it is sent.

    In the database, so that every machine has it and nothing serves it by accident; apart from the application, so that
    reading applications never reads files.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    sha256 = models.CharField(max_length=64)
    kind = models.CharField(max_length=100, choices=FileKind)
    size = models.PositiveIntegerField(help_text="Bytes.")
    data = models.BinaryField()
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "sha256"], name="resume_file_once"),
            models.CheckConstraint(condition=Q(sha256__regex=r"^[0-9a-f]{64}$"), name="resume_file_digest_is_hex"),
            models.CheckConstraint(condition=Q(kind__in=FileKind.values), name="resume_file_kind_known"),
            models.CheckConstraint(condition=Q(size=Length(F("data"))), name="resume_file_size_is_true"),
            models.CheckConstraint(condition=LessThanOrEqual(F("size"), MAX_RESUME), name="resume_file_is_small"),
        ]

    def __str__(self) -> str:
        return f"Resume {self.pk}"


class ApplicationQuerySet(models.QuerySet["Application"]):
    def of(self, user: "User") -> Self:
        return self.filter(user=user)

    def standing(self) -> Self:
        """Those that were not withdrawn."""
        return self.filter(withdrawn_at=None)

    def for_job(self, job: Job) -> Self:
        """For this job or one that is the same: its duplicates, and what it is a duplicate of."""
        root = job.duplicate_of_id or job.pk
        return self.annotate(root=Coalesce("job__duplicate_of", "job")).filter(root=root)

    def for_page(self) -> Self:
        """All that the page and the mails of an application show but the file. One query."""
        return self.select_related("job__employer", "user", "resume").defer("resume__data", "job__description")


class Application(models.Model):
    """One letter and resume for one job. Nothing in it changes but how the delivery goes and whether it was withdrawn.

    standing (withdrawn_at NULL) -> withdrawn; then the same person may apply again, with a new row.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="applications")
    job = models.ForeignKey(Job, on_delete=models.PROTECT, related_name="applications")
    name = models.CharField(max_length=MAX_NAME)
    email = models.EmailField(help_text="Where the employer's answer goes: the confirmed address of the account when it was sent.")
    phone = models.CharField(max_length=MAX_PHONE, blank=True)
    letter = models.TextField(max_length=MAX_LETTER)
    resume = models.ForeignKey(ResumeFile, on_delete=models.RESTRICT, related_name="applications")
    file_name = models.CharField(max_length=120)
    sent_to = models.EmailField(help_text="The employer's address. Shown to nobody.")
    sent_at = models.DateTimeField(default=timezone.now)
    delivery = models.CharField(max_length=9, choices=Delivery, default=Delivery.QUEUED)
    delivery_at = models.DateTimeField("delivered or given up", null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects = ApplicationQuerySet.as_manager()

    class Meta:
        ordering = ["-sent_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["user", "job"], condition=Q(withdrawn_at=None), name="application_once"),
            models.CheckConstraint(condition=Q(delivery__in=Delivery.values), name="application_delivery_known"),
            models.CheckConstraint(
                condition=Q(delivery=Delivery.QUEUED, delivery_at=None) | (~Q(delivery=Delivery.QUEUED) & Q(delivery_at__isnull=False)),
                name="application_delivered_when",
            ),
            models.CheckConstraint(condition=~Q(name="") & ~Q(email="") & ~Q(sent_to=""), name="application_has_both_ends"),
        ]
        indexes = [models.Index(fields=["user", "-sent_at", "-id"], name="application_newest")]

    def __str__(self) -> str:
        return f"Application {self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("jobs:application", args=[self.pk])

    @property
    def is_delivered(self) -> bool:
        return self.delivery == Delivery.DELIVERED

    @property
    def is_failed(self) -> bool:
        return self.delivery == Delivery.FAILED
