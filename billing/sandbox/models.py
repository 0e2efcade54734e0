from typing import ClassVar

from django.db import models


class SandboxObject(models.Model):
    """One object as Stripe would return it. `number` keeps the order in which they were made."""

    number = models.BigAutoField(primary_key=True)
    id = models.CharField(max_length=255, unique=True)
    kind = models.CharField(max_length=40)
    body = models.JSONField()

    objects: ClassVar[models.Manager["SandboxObject"]] = models.Manager()  # named: 'make check' runs where the app is not installed

    class Meta:
        ordering = ["number"]
        indexes = [models.Index(fields=["kind", "number"], name="sandbox_kind")]

    def __str__(self) -> str:
        return self.id
