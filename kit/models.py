from django.db import models
from django.utils import timezone


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
    """waiting -> handing -> sent | refused | unknown; handing -> waiting when it may be tried again; waiting -> failed | skipped."""

    WAITING = "waiting", "Waiting"
    HANDING = "handing", "Being handed to the mail server"
    SENT = "sent", "Taken by the mail server"
    REFUSED = "refused", "Refused by the mail server for good"
    FAILED = "failed", "Given up after the last try"
    UNKNOWN = "unknown", "The mail server's answer was lost twice"
    SKIPPED = "skipped", "Not sent: the address takes no mail"


class OutgoingMail(models.Model):
    """The outbox: a mail from the transaction that caused it until some weeks after the mail server took it.

    `stream`: "transactional" (answers what a person did, is never held back) or a kind that one can do without. `message`: see
    `kit.mail.wire`; emptied once it has left. `lost`: how often the mail server's answer was lost. Times are UTC.
    """

    stream = models.CharField(max_length=20)
    recipient = models.EmailField(max_length=254)
    message = models.JSONField(null=True, blank=True)
    message_id = models.CharField(max_length=255, unique=True, help_text="Message-ID with its angle brackets (RFC 5322).")
    state = models.CharField(max_length=8, choices=MailState, default=MailState.WAITING)
    tries = models.PositiveSmallIntegerField(default=0)
    lost = models.PositiveSmallIntegerField(default=0)
    answer = models.CharField(max_length=300, blank=True, help_text="What the mail server said.")
    created_at = models.DateTimeField(default=timezone.now)
    due_at = models.DateTimeField(default=timezone.now)
    handed_at = models.DateTimeField(null=True, blank=True)
    done_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-created_at", "-pk"]
        verbose_name = "mail"
        constraints = [models.CheckConstraint(condition=models.Q(state__in=MailState.values), name="mail_state_known")]
        indexes = [
            models.Index(fields=["stream", "due_at", "id"], condition=models.Q(state=MailState.WAITING), name="mail_waiting"),
            models.Index(fields=["handed_at"], condition=models.Q(state=MailState.HANDING), name="mail_handing"),
            models.Index(fields=["-created_at", "-id"], name="mail_newest"),
        ]

    def __str__(self) -> str:
        return f"{self.stream} mail {self.pk}"


class AddressState(models.TextChoices):
    BOUNCED = "bounced", "Does not exist"
    COMPLAINED = "complained", "Called our mail spam"


class DeadAddress(models.Model):
    """An address that takes no mail one can do without. Deleted when its owner says that it works again."""

    email = models.EmailField(max_length=254, unique=True, help_text="Lower case.")
    state = models.CharField(max_length=10, choices=AddressState)
    detail = models.CharField(max_length=300, blank=True)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-at"]
        constraints = [models.CheckConstraint(condition=models.Q(state__in=AddressState.values), name="dead_address_state_known")]

    def __str__(self) -> str:
        return self.email
