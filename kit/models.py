from collections.abc import Iterable
from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Lower, Upper
from django.utils import timezone

TRANSACTIONAL = "transactional"
FAREWELL = "farewell"


class ContentStamp(models.Model):
    """One row that counts every committed change of public content.

    Triggers on the content tables raise it inside the changing transaction (see `kit.stamp.watch`), so a page
    stored under an older number is known to be stale whatever wrote the change: admin, command or SQL.
    """

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    number = models.BigIntegerField(default=1)

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(id=1), name="one_stamp")]

    def __str__(self) -> str:
        return str(self.number)


class MailState(models.TextChoices):
    """waiting -> handing -> sent | refused | failed | unknown; handing -> waiting when it may be tried again; waiting -> skipped.

    docs/mail.md says when. Each stands in the table of staff, so their labels are short.
    """

    WAITING = "waiting", "Waiting"
    HANDING = "handing", "In hand"
    SENT = "sent", "Sent"
    REFUSED = "refused", "Refused"
    FAILED = "failed", "Given up"
    UNKNOWN = "unknown", "Unknown"
    SKIPPED = "skipped", "Not sent"


class OutgoingMailQuerySet(models.QuerySet["OutgoingMail"]):
    def waiting(self) -> Self:
        return self.filter(state=MailState.WAITING)

    def handing(self) -> Self:
        return self.filter(state=MailState.HANDING)

    def of(self, stream: str) -> Self:
        return self.filter(stream=stream)

    def due(self, now: datetime) -> Self:
        """In the order in which they are due."""
        return self.filter(due_at__lte=now).order_by("due_at", "pk")

    def to(self, addresses: Iterable[str]) -> Self:
        return self.alias(address=Upper("recipient")).filter(address__in=[address.upper() for address in addresses])

    def with_is_dead(self) -> Self:
        """`is_dead`: the address takes no mail that one can do without."""
        return self.annotate(is_dead=Exists(DeadAddress.objects.filter(email=Lower(OuterRef("recipient")))))


class OutgoingMail(models.Model):
    """The outbox: a mail from the transaction that caused it until some weeks after the mail server took it.

    `stream`: "transactional" (answers what a person did, is never held back), "farewell" (the same, and the row goes with the mail:
    nobody is left to ask about it), or a kind that one can do without. `message`: see `kit.mail.wire` and `kit.mail.late`; emptied once
    it has left. `lost`: how often the mail server's answer was lost. Times are UTC.
    """

    stream = models.CharField(max_length=20)
    recipient = models.EmailField(max_length=254)
    message = models.JSONField(null=True, blank=True)
    message_id = models.CharField("Message-ID", max_length=255, unique=True, help_text="With its angle brackets (RFC 5322).")
    state = models.CharField(max_length=8, choices=MailState, default=MailState.WAITING)
    tries = models.PositiveSmallIntegerField(default=0)
    lost = models.PositiveSmallIntegerField("answers lost", default=0)
    answer = models.CharField(max_length=300, blank=True, help_text="What the mail server said last.")
    created_at = models.DateTimeField(default=timezone.now)
    due_at = models.DateTimeField(default=timezone.now)
    handed_at = models.DateTimeField(null=True, blank=True)
    done_at = models.DateTimeField(null=True, blank=True)

    objects = OutgoingMailQuerySet.as_manager()
    is_dead: bool  # of `with_is_dead`

    class Meta:
        ordering = ["-created_at", "-pk"]
        verbose_name = "mail"
        constraints = [
            models.CheckConstraint(condition=Q(state__in=MailState.values), name="mail_state_known"),
            models.CheckConstraint(
                condition=Q(state__in=["waiting", "handing"], done_at=None, message__isnull=False)
                | (~Q(state__in=["waiting", "handing"]) & Q(done_at__isnull=False, message=None)),
                name="mail_open_or_done",
            ),
        ]
        indexes = [
            models.Index(fields=["stream", "due_at", "id"], condition=Q(state=MailState.WAITING), name="mail_waiting"),
            models.Index(fields=["handed_at"], condition=Q(state=MailState.HANDING), name="mail_handing"),
            models.Index(fields=["-created_at", "-id"], name="mail_newest"),
            models.Index(Upper("recipient"), name="mail_recipient"),
        ]

    def __str__(self) -> str:
        return f"{self.stream} mail {self.pk}"

    @property
    def can_be_done_without(self) -> bool:
        return self.stream not in {TRANSACTIONAL, FAREWELL}


class AddressState(models.TextChoices):
    """Said no: called our mail spam, or told the mail provider to stop it."""

    BOUNCED = "bounced", "Does not exist"
    COMPLAINED = "complained", "Said no"


class DeadAddress(models.Model):
    """An address that takes no mail one can do without. Deleted when its owner says that it works again."""

    email = models.EmailField(max_length=254, unique=True, help_text="Lower case.")
    state = models.CharField(max_length=10, choices=AddressState)
    detail = models.CharField(max_length=300, blank=True)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-at", "-pk"]
        verbose_name = "address that takes no mail"
        verbose_name_plural = "addresses that take no mail"
        constraints = [
            models.CheckConstraint(condition=Q(state__in=AddressState.values), name="dead_address_state_known"),
            models.CheckConstraint(condition=Q(email=Lower("email")), name="dead_address_lower"),
        ]
        indexes = [models.Index(fields=["-at", "-id"], name="dead_address_newest")]

    def __str__(self) -> str:
        return self.email
