"""Many guides at once: a zip of guide files that comes in, or goes out."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q


class BundleQuerySet(models.QuerySet["Bundle"]):
    def with_has_data(self) -> Self:
        """`has_data`: the zip is still there; it is read only when it is asked for."""
        return self.defer("data").annotate(has_data=models.ExpressionWrapper(Q(data__isnull=False), output_field=models.BooleanField()))


class Bundle(models.Model):
    """A zip. One that comes in is read first (nothing is written), shown file by file, and then imported if somebody says so."""

    class Way(models.TextChoices):
        IN = "in", "Import"
        OUT = "out", "Export"

    class State(models.TextChoices):
        READING = "reading", "Being read"
        READ = "read", "Read, waiting for you"
        IMPORTING = "importing", "Being imported"
        PACKING = "packing", "Being packed"
        DONE = "done", "Done"
        FAILED = "failed", "Failed"

    way = models.CharField(max_length=3, choices=Way)
    state = models.CharField(max_length=10, choices=State)
    name = models.CharField(max_length=200, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    data = models.BinaryField(null=True)
    wanted = models.JSONField(default=list, help_text="Keys of the guides to pack; none: all.")
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    error = models.CharField(max_length=300, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = BundleQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at"]
        verbose_name = "zip of guides"
        verbose_name_plural = "zips of guides"
        indexes = [models.Index(fields=["created_at"], condition=Q(data__isnull=False), name="bundle_with_data")]

    def __str__(self) -> str:
        return f"{self.get_way_display()} of {self.created_at:%Y-%m-%d %H:%M}"


class BundleFile(models.Model):
    """One file of a bundle that comes in, and what it is or became."""

    class Outcome(models.TextChoices):
        NEW = "new", "A new guide"
        CHANGED = "changed", "Changes a guide"
        SAME = "same", "Says the same"
        REFUSED = "refused", "Refused"
        IMPORTED = "imported", "Imported"

    bundle = models.ForeignKey(Bundle, on_delete=models.CASCADE, related_name="files")
    position = models.PositiveIntegerField()
    name = models.CharField(max_length=300)
    outcome = models.CharField(max_length=10, choices=Outcome)
    slug = models.CharField(max_length=80, blank=True)
    seen_at = models.DateTimeField(
        null=True, blank=True, help_text="When the guide was last saved, as it was looked at. Empty: there was none."
    )
    report = models.JSONField(default=list, help_text="What to know of it, a line each: faults, changed sections.")

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["bundle", "position"], name="bundle_file_once")]

    def __str__(self) -> str:
        return self.name
