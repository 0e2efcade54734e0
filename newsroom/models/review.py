"""Reminders that a guide is due to be looked through."""

from django.db import models

from careers.models import Guide


class Reminder(models.Model):
    """A reminder that was mailed: once for a guide, a date and a stage, whatever runs twice."""

    class Stage(models.TextChoices):
        SOON = "soon", "Two weeks before"
        DUE = "due", "On the day"
        OVERDUE = "overdue", "A week after, to the deputy too"

    guide = models.ForeignKey(Guide, on_delete=models.CASCADE, related_name="reminders")
    review_by = models.DateField()
    stage = models.CharField(max_length=10, choices=Stage)
    sent_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["guide", "review_by", "stage"], name="review_reminder_once")]

    def __str__(self) -> str:
        return f"{self.guide_id}: {self.stage}"
