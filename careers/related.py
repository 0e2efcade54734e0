"""Related roles: pinned by editors, then computed from shared skills, tiers and field, each with its reason."""

from dataclasses import dataclass
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db.models import Func, IntegerField, Q, TextField
from django.db.models.expressions import RawSQL
from django.db.models.functions import Coalesce

from careers.document.schema import Guide
from careers.models import GuideListing
from careers.page.words import money
from kit.text import fold
from kit.words import within_sentence

MOST = 5
LEAST_SHARED = 2  # a guide of another field needs at least so many shared skills to count as related


@dataclass(frozen=True)
class RelatedRole:
    listing: GuideListing
    reason: str
    pay: str
    difference: str  # "$6,300 more", in the same currency only
    shared: int
    overlap: int  # percent of the other guide's skills that this guide has too


def related_roles(document: Guide, guide_id: int, *, median: int | None, currency: str) -> list[RelatedRole]:
    """At most five published guides, pinned ones first. One query."""
    pinned = {pin.slug: pin.reason for pin in document.related}
    listings = (
        GuideListing.objects.for_cards()
        .exclude(pk=guide_id)
        .annotate(shared_names=_shared_with(guide_id), skill_count=_SKILL_COUNT)
        .annotate(shared=Coalesce(Func("shared_names", 1, function="array_length"), 0, output_field=IntegerField()))
        .filter(Q(slug__in=pinned) | Q(shared__gte=LEAST_SHARED) | Q(field__slug=document.field, shared__gte=1))
        .order_by("-shared", "title_folded")[: MOST + len(pinned)]
    )
    ranked: list[Any] = sorted(listings, key=lambda listing: (listing.slug not in pinned, -listing.shared, listing.title_folded))
    return [_role(listing, pinned.get(listing.slug), document, median, currency) for listing in ranked[:MOST]]


_SKILL_COUNT = RawSQL(
    "SELECT count(*) FROM careers_listedskill WHERE listing_id = careers_guidelisting.guide_id", [], output_field=IntegerField()
)


def _shared_with(guide_id: int) -> RawSQL:
    """Names of the skills that a listing shares with this guide, as a scalar subquery of the outer row."""
    return RawSQL(
        "SELECT array_agg(skill.name ORDER BY skill.name) FROM careers_listedskill theirs "
        "JOIN careers_listedskill ours USING (skill_id) JOIN careers_skill skill ON skill.id = theirs.skill_id "
        "WHERE theirs.listing_id = careers_guidelisting.guide_id AND ours.listing_id = %s",
        [guide_id],
        output_field=ArrayField(TextField()),
    )


def _role(listing: Any, pinned: str | None, document: Guide, median: int | None, currency: str) -> RelatedRole:
    theirs, shared = listing.pay_median, listing.shared_names or []
    difference = ""
    if theirs and median and listing.currency == currency and theirs != median:
        difference = f"{money(abs(theirs - median), currency)} {'more' if theirs > median else 'less'}"
    count = listing.skill_count
    return RelatedRole(
        listing=listing,
        reason=pinned or _reason(shared, is_next_tier=_is_tier(document, listing.title)),
        pay=money(theirs, listing.currency),
        difference=difference,
        shared=len(shared),
        overlap=round(len(shared) / count * 100) if count else 0,
    )


def _is_tier(document: Guide, title: str) -> bool:
    return any(fold(tier.title) == fold(title) for tier in document.tiers)


def _reason(shared: list[str], *, is_next_tier: bool) -> str:
    if is_next_tier:
        return "A stage of this career"
    shown = ", ".join(within_sentence(name) for name in shared[:3])
    more = f" and {len(shared) - 3} more" if len(shared) > 3 else ""
    return f"Shares {shown}{more}"
