"""What all bookmarks have in common."""

from collections.abc import Sequence
from datetime import datetime
from typing import Self, TypeVar

from django.db import models
from django.db.models import Expression, Q
from django.utils import timezone

from accounts.models.label import Label
from kit.text import fold

MAX_NOTE = 2000

K = TypeVar("K", bound="Kept")


class KeptQuerySet(models.QuerySet[K]):
    def kept(self) -> Self:
        return self.filter(removed_at=None)

    def removed(self) -> Self:
        return self.filter(removed_at__isnull=False)

    def labelled(self, name: str) -> Self:
        """With the label of this name, whatever its case; all of them for an empty name."""
        return self.filter(labels__in=Label.objects.named(name)) if name else self

    def holding(self, text: Expression, words: Sequence[str]) -> Self:
        """Where each of these folded words stands somewhere in `text`."""
        rows = self.alias(text=text)
        return rows.filter(*(Q(text__contains=word) for word in words)) if words else self

    def removed_before(self, moment: datetime) -> Self:
        return self.filter(removed_at__lt=moment)


class Kept(models.Model):
    """Something in one person's list, with a note and labels.

    kept (removed_at NULL) -> removed -> kept again with its note, or deleted after a while (`accounts.tasks`).
    """

    note = models.TextField(max_length=MAX_NOTE, blank=True)
    labels = models.ManyToManyField(Label, blank=True, related_name="%(class)ss")
    created_at = models.DateTimeField(default=timezone.now)
    removed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        abstract = True

    @property
    def label_names(self) -> list[str]:
        """By name; of labels that for_page() fetched."""
        return sorted((label.name for label in self.labels.all()), key=fold)
