"""What readers say of a guide. No person is recorded beyond the address that somebody leaves for an answer."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from careers.choices import Section, WorkState
from careers.models import Guide


class ReaderReport(models.Model):
    """Something is wrong or missing in a guide, or a reader asks. Work for staff, with a state."""

    class Kind(models.TextChoices):
        WRONG = "wrong", "Something is wrong"
        MISSING = "missing", "Something is missing"
        QUESTION = "question", "A question"

    guide = models.ForeignKey(Guide, on_delete=models.CASCADE, related_name="reader_reports")
    section = models.CharField(max_length=30, choices=Section, blank=True)
    kind = models.CharField(max_length=10, choices=Kind)
    text = models.TextField(max_length=2000)
    email = models.EmailField(blank=True, help_text="Only if the reader wants an answer. Removed when the report is settled.")
    revision_number = models.PositiveIntegerField(null=True, blank=True, help_text="Revision that the reader saw.")
    state = models.CharField(max_length=10, choices=WorkState, default=WorkState.OPEN)
    assigned_to = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    note = models.TextField(blank=True, help_text="What was done, or why nothing is. For staff.")
    created_at = models.DateTimeField(auto_now_add=True)
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["-created_at", "-pk"]
        indexes = [
            models.Index(fields=["created_at"], condition=Q(state__in=["open", "doing"]), name="report_waiting"),
            models.Index(fields=["guide", "-created_at"], name="report_of_guide"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.text[:60]}"


class GuideVote(models.Model):
    """How many readers found a guide useful, or not, on one day."""

    guide = models.ForeignKey(Guide, on_delete=models.CASCADE, related_name="votes")
    day = models.DateField()
    useful = models.PositiveIntegerField(default=0)
    not_useful = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["guide", "day"], name="guide_vote_once_a_day")]

    def __str__(self) -> str:
        return f"{self.guide_id} on {self.day}"
