"""What all bookmarks have in common."""

from datetime import datetime
from typing import Self, TypeVar

from django.db import models
from django.utils import timezone

MAX_NOTE = 2000

K = TypeVar("K", bound="Kept")


class KeptQuerySet(models.QuerySet[K]):
    def kept(self) -> Self:
        return self.filter(removed_at=None)

    def removed(self) -> Self:
        return self.filter(removed_at__isnull=False)

    def removed_before(self, moment: datetime) -> Self:
        return self.filter(removed_at__lt=moment)


class Kept(models.Model):
    """Something in one person's list, with a note.

    kept (removed_at NULL) -> removed -> kept again with its note, or deleted after a while (`accounts.tasks`).
    """

    note = models.TextField(max_length=MAX_NOTE, blank=True)
    created_at = models.DateTimeField(default=timezone.now)
    removed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        abstract = True
