"""What somebody typed and has not saved yet."""

from django.conf import settings
from django.db import models

from careers.models import Guide


class UnsavedCopy(models.Model):
    """The fields of one person's form of one guide, as the browser last sent them. No guide: the form of a new one."""

    guide = models.ForeignKey(Guide, on_delete=models.CASCADE, null=True, blank=True, related_name="unsaved_copies")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    fields = models.TextField(help_text="As application/x-www-form-urlencoded, without token and buttons.")
    seen = models.PositiveIntegerField(default=0, help_text="Number of the newest revision when the form was opened.")
    saved_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["guide", "user"], nulls_distinct=False, name="unsaved_copy_once")]
        verbose_name_plural = "unsaved copies"

    def __str__(self) -> str:
        return f"Unsaved copy of guide {self.guide_id}"
