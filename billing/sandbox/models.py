from django.db import models


class SandboxObject(models.Model):
    """One object as Stripe would return it. `number` keeps the order in which they were made."""

    number = models.BigAutoField(primary_key=True)
    id = models.CharField(max_length=255, unique=True)
    kind = models.CharField(max_length=40)
    body = models.JSONField()

    class Meta:
        ordering = ["number"]
        indexes = [models.Index(fields=["kind", "number"], name="sandbox_kind")]

    def __str__(self) -> str:
        return self.id
