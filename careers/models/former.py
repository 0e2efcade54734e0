"""Addresses that guides and fields of work had once. They lead to today's for good."""

from django.db import models
from django.db.models import Q

from careers.models.guide import Guide
from careers.models.taxonomy import Field


class FormerSlug(models.Model):
    """One former slug, of a guide or of a field of work. An address that is in use is never a former one."""

    slug = models.SlugField(max_length=80)
    guide = models.ForeignKey(Guide, on_delete=models.CASCADE, null=True, blank=True, related_name="former_slugs")
    field = models.ForeignKey(Field, on_delete=models.CASCADE, null=True, blank=True, related_name="former_slugs")
    since = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["slug"]
        constraints = [
            models.CheckConstraint(condition=Q(guide=None) ^ Q(field=None), name="former_slug_of_one"),
            models.UniqueConstraint(fields=["slug"], condition=Q(guide__isnull=False), name="former_guide_slug"),
            models.UniqueConstraint(fields=["slug"], condition=Q(field__isnull=False), name="former_field_slug"),
        ]

    def __str__(self) -> str:
        return self.slug
