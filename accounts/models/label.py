"""A person's own words on what they keep."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Count, Q

from kit.text import Fold, fold

MAX_NAME = 40


class LabelQuerySet(models.QuerySet["Label"]):
    def named(self, name: str) -> Self:
        """By its words, whatever their case and accents."""
        return self.annotate(folded=Fold("name")).filter(folded=fold(name))

    def by_name(self) -> Self:
        return self.order_by(Fold("name"), "pk")

    def with_counts(self) -> Self:
        """`guide_count`, `job_count`: how much of what is kept now carries it. One query, by name."""
        counted = {
            "guide_count": Count("bookmarks", filter=Q(bookmarks__removed_at=None), distinct=True),
            "job_count": Count("jobbookmarks", filter=Q(jobbookmarks__removed_at=None), distinct=True),
        }
        return self.annotate(**counted).by_name()


class Label(models.Model):
    """The same one for guides and jobs; deleting it takes it off them and leaves them in the list."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="labels")
    name = models.CharField(max_length=MAX_NAME)

    objects = LabelQuerySet.as_manager()

    guide_count: int  # annotated by with_counts()
    job_count: int

    class Meta:
        constraints = [
            models.UniqueConstraint("user", Fold("name"), name="label_once"),
            models.CheckConstraint(condition=Q(name__gt=""), name="label_has_name"),
        ]

    def __str__(self) -> str:
        return self.name
