"""What happened to a guide on its way: who did what, when, and what they said of it."""

from typing import Any

from django.conf import settings
from django.db import models

from careers.choices import State
from careers.models import Guide, GuideRevision


class Transition(models.Model):
    """One verb carried out. Rows are written once and never changed."""

    guide = models.ForeignKey(Guide, on_delete=models.CASCADE, related_name="transitions")
    verb = models.CharField(max_length=20)
    before = models.CharField(max_length=10, choices=State)
    after = models.CharField(max_length=10, choices=State)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+", help_text="Empty: the worker."
    )
    at = models.DateTimeField(auto_now_add=True)
    note = models.TextField(blank=True)
    revision = models.ForeignKey(GuideRevision, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["-at", "-pk"]
        verbose_name = "step of a guide"
        verbose_name_plural = "steps of guides"
        indexes = [models.Index(fields=["guide", "-at"], name="transition_of_guide")]

    def __str__(self) -> str:
        return f"{self.guide}: {self.verb}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise TypeError("a step is written once")
        super().save(*args, **kwargs)
