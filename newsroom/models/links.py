"""What became of the addresses that guides cite."""

from django.db import models


class LinkCheck(models.Model):
    """One address of a source or a named thing, and what it answered last."""

    class State(models.TextChoices):
        NEW = "new", "Not looked at yet"
        FINE = "fine", "Answers"
        MOVED = "moved", "Moved for good"
        DOUBTFUL = "doubtful", "Did not answer lately"
        DEAD = "dead", "Dead"

    url = models.URLField(max_length=500, unique=True)
    state = models.CharField(max_length=10, choices=State, default=State.NEW)
    status = models.PositiveSmallIntegerField(null=True, blank=True, help_text="HTTP status of the last answer.")
    error = models.CharField(max_length=300, blank=True, help_text="Why there was no answer.")
    moved_to = models.URLField(max_length=500, blank=True)
    failures = models.PositiveSmallIntegerField(default=0, help_text="Looks in a row without an answer.")
    checked_at = models.DateTimeField(null=True, blank=True)
    fine_at = models.DateTimeField(null=True, blank=True)
    next_at = models.DateTimeField(db_index=True)

    class Meta:
        ordering = ["url"]
        verbose_name = "link"

    def __str__(self) -> str:
        return self.url
