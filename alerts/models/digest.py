"""What was sent: runs, digests, and the ledger of jobs."""

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils import timezone

from alerts.choices import DigestState, Reason, Verdict
from alerts.models.alert import Alert
from alerts.models.subscriber import Subscriber
from jobs.models import Job
from kit.models import MailState, OutgoingMail


class Run(models.Model):
    """One pass over those who are due. `moment`: the time it worked with; jobs first seen after it are left to the next run."""

    moment = models.DateTimeField()
    started_at = models.DateTimeField(default=timezone.now)
    finished_at = models.DateTimeField(null=True, blank=True)
    people = models.PositiveIntegerField(default=0, help_text="Who was due.")
    searches = models.PositiveIntegerField(default=0, help_text="Different searches that were matched.")
    digests = models.PositiveIntegerField(default=0)
    jobs = models.PositiveIntegerField(default=0, help_text="Jobs in all digests.")
    failures = models.PositiveIntegerField(default=0, help_text="Digests whose mail could not be written.")
    seconds = models.FloatField(default=0)

    class Meta:
        ordering = ["-started_at", "-pk"]
        indexes = [models.Index(fields=["-started_at", "-id"], name="alert_run_newest")]

    def __str__(self) -> str:
        return f"Run of {self.moment:%Y-%m-%d %H:%M} UTC"


class DigestQuerySet(models.QuerySet["Digest"]):
    def claimed(self) -> Self:
        return self.filter(state=DigestState.CLAIMED)

    def on_the_way(self) -> Self:
        """Not with the mail server yet."""
        under_way = [MailState.WAITING, MailState.HANDING]
        return self.filter(Q(state=DigestState.CLAIMED) | Q(state=DigestState.QUEUED, mail__state__in=under_way))


class Digest(models.Model):
    """One mail to one person for one day by their clock. The row is written before the mail: who has it is not claimed again.

    `sections`: for each alert with news, in order, what its jobs in the ledger do not tell (`alerts.digest.sections`). `notes`: what
    else the mail says (`alerts.digest.notes`).
    """

    subscriber = models.ForeignKey(Subscriber, on_delete=models.CASCADE, related_name="digests")
    run = models.ForeignKey(Run, null=True, on_delete=models.SET_NULL, related_name="digest_rows")
    slot = models.DateField(help_text="The day by the reader's clock.")
    state = models.CharField(max_length=7, choices=DigestState, default=DigestState.CLAIMED)
    sections = models.JSONField(default=list)
    notes = models.JSONField(default=list)
    mail = models.OneToOneField(OutgoingMail, null=True, on_delete=models.SET_NULL, related_name="digest")
    created_at = models.DateTimeField(default=timezone.now)

    objects = DigestQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["subscriber", "slot"], name="digest_once_a_day"),
            models.CheckConstraint(condition=Q(state__in=DigestState.values), name="digest_state_known"),
        ]
        indexes = [
            models.Index(fields=["id"], condition=Q(state=DigestState.CLAIMED), name="digest_claimed"),
            models.Index(fields=["-created_at", "-id"], name="digest_newest"),
        ]

    def __str__(self) -> str:
        return f"Digest of {self.slot}"


class DeliveryQuerySet(models.QuerySet["Delivery"]):
    def judged(self) -> Self:
        return self.exclude(verdict="")


class Delivery(models.Model):
    """The ledger: this job was told to this person. Once, ever."""

    subscriber = models.ForeignKey(Subscriber, on_delete=models.CASCADE, related_name="deliveries")
    job = models.ForeignKey(Job, on_delete=models.CASCADE, related_name="+")
    digest = models.ForeignKey(Digest, on_delete=models.CASCADE, related_name="deliveries")
    alert = models.ForeignKey(Alert, null=True, on_delete=models.SET_NULL, related_name="deliveries")
    place = models.PositiveSmallIntegerField(help_text="Within the digest, from 1.")
    verdict = models.CharField(max_length=10, choices=Verdict, blank=True)
    reason = models.CharField(max_length=8, choices=Reason, blank=True)
    judged_at = models.DateTimeField(null=True, blank=True)

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        verbose_name = "job told"
        verbose_name_plural = "ledger of jobs told"
        constraints = [models.UniqueConstraint(fields=["subscriber", "job"], name="job_told_once")]
        indexes = [models.Index(fields=["-judged_at"], condition=~Q(verdict=""), name="delivery_judged")]

    def __str__(self) -> str:
        return f"job {self.job_id} told to subscriber {self.subscriber_id}"
