"""Deliveries from Stripe: for doing each once, and for looking things up."""

from django.db import models


class StripeEvent(models.Model):
    """One event by its id. Its content is never stored or believed: it only says whom to ask Stripe about.

    failed -> processed | ignored | unmatched. A failed one is done again when Stripe sends it again; the others never.
    """

    class Status(models.TextChoices):
        PROCESSED = "processed"
        IGNORED = "ignored", "ignored: a type that changes nothing here"
        UNMATCHED = "unmatched", "unmatched: a customer we do not know"
        FAILED = "failed", "failed: Stripe will send it again"

    id = models.CharField(max_length=255, primary_key=True)
    type = models.CharField(max_length=100)
    customer_id = models.CharField("customer", max_length=255, blank=True)
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.PROCESSED)
    error = models.CharField(max_length=200, blank=True, help_text="Kind of the last failure.")
    attempts = models.PositiveIntegerField(default=1)
    received_at = models.DateTimeField()

    class Meta:
        verbose_name = "Stripe event"
        ordering = ["-received_at"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(status__in=["processed", "ignored", "unmatched", "failed"]), name="stripeevent_status_known"
            )
        ]
        indexes = [models.Index(fields=["-received_at"], name="stripeevent_newest")]

    def __str__(self) -> str:
        return f"{self.type} {self.id}"
