"""A guide that somebody keeps."""

from collections.abc import Sequence
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.fields.json import KeyTextTransform

from accounts.models.kept import Kept, KeptQuerySet
from careers.models import Guide, GuideListing, GuideRevision
from careers.models.listing import HEAVY
from kit.words import money


class BookmarkQuerySet(KeptQuerySet["Bookmark"]):
    def of_guide(self, slug: str) -> Self:
        """The bookmark of the guide at this address, also while the guide is withdrawn."""
        return self.filter(Q(guide__listing__slug=slug) | Q(guide__listing=None, guide__slug=slug))

    def of_guides(self, slugs: Sequence[str]) -> Self:
        return self.filter(Q(guide__listing__slug__in=slugs) | Q(guide__listing=None, guide__slug__in=slugs))

    def for_page(self) -> Self:
        """All that a row shows: guide, its public facts, its title when saved, and labels. Two queries, newest first."""
        big = [f"guide__listing__{name}" for name in HEAVY]
        rows = self.select_related("guide__listing__field").defer(*big)
        titled = rows.annotate(saved_title=KeyTextTransform("title", "revision__document"))
        return titled.prefetch_related("labels").order_by("-created_at", "-pk")


class Bookmark(Kept):
    """One guide in one person's list."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="bookmarks")
    guide = models.ForeignKey(Guide, on_delete=models.PROTECT, related_name="+")
    revision = models.ForeignKey(
        GuideRevision, on_delete=models.PROTECT, related_name="+", help_text="What was to be seen when it was saved."
    )

    objects = BookmarkQuerySet.as_manager()

    saved_title: str  # annotated by for_page()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "guide"], name="bookmark_once")]
        indexes = [
            models.Index(fields=["user", "-created_at", "-id"], condition=Q(removed_at=None), name="bookmark_newest"),
            models.Index(fields=["removed_at"], condition=Q(removed_at__isnull=False), name="bookmark_removed"),
        ]

    def __str__(self) -> str:
        return f"{self.guide_id} kept by {self.user_id}"

    @property
    def listing(self) -> GuideListing | None:
        """What the public sees of the guide; None while it is withdrawn."""
        return getattr(self.guide, "listing", None)

    @property
    def key(self) -> str:
        """What names it in a form."""
        return self.slug

    @property
    def title(self) -> str:
        """The public title. A withdrawn guide keeps the one that was saved: its working copy is not public."""
        return self.listing.title if self.listing else self.saved_title

    @property
    def slug(self) -> str:
        return self.listing.slug if self.listing else self.guide.slug

    @property
    def facts(self) -> list[str]:
        """Pay and demand as the guide has them now, in words."""
        if self.listing is None:
            return []
        pay = money(self.listing.pay_median, self.listing.currency)
        demand = self.listing.get_demand_display()
        return [f"{pay} a year" if pay else "Pay not stated", f"{demand} demand" if demand else "Demand not rated"]

    @property
    def is_updated(self) -> bool:
        """Whether the guide was published anew since it was saved."""
        return self.listing is not None and self.listing.revision_id != self.revision_id
