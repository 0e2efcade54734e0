"""Related roles: pinned by editors, then computed from shared skills and tiers, each with its reason."""

from dataclasses import dataclass
from typing import Any

from careers.document.schema import Guide
from careers.models import GuideListing
from kit.text import fold
from kit.words import money, within_sentence

MOST = 5
# A shared skill weighs ln((guides + 1) / guides that have it): what nearly every guide asks for says little about
# kinship, what two guides alone ask for says much. A guide of another field needs this sum to count as related.
LEAST_WEIGHT = 1.5

# One statement for all guides: those that are pinned, by today's address or a former one; skills of this guide, how common each
# is, and who else has it.
QUERY = """
WITH pin AS (
  SELECT guide_id, min(place) AS place, (array_agg(slug ORDER BY place))[1] AS slug
  FROM (
    SELECT asked.slug, asked.place, coalesce(named.guide_id, once.guide_id) AS guide_id
    FROM unnest(%(pinned)s::text[]) WITH ORDINALITY AS asked (slug, place)
    LEFT JOIN careers_guidelisting named ON named.slug = asked.slug LEFT JOIN careers_formerslug once ON once.slug = asked.slug
  ) AS pinned WHERE guide_id IS NOT NULL GROUP BY guide_id
),
ours AS (SELECT skill_id FROM careers_listedskill WHERE listing_id = %(guide)s),
common AS (
  SELECT skill_id, count(*) AS guides FROM careers_listedskill WHERE skill_id IN (SELECT skill_id FROM ours) GROUP BY skill_id
),
kin AS (
  SELECT theirs.listing_id, array_agg(skill.name ORDER BY common.guides, skill.name) AS names,
         sum(ln(((SELECT count(*) FROM careers_guidelisting) + 1.0) / common.guides)) AS weight
  FROM careers_listedskill theirs JOIN common USING (skill_id) JOIN careers_skill skill ON skill.id = theirs.skill_id
  WHERE theirs.listing_id <> %(guide)s GROUP BY theirs.listing_id
)
SELECT listing.guide_id, listing.slug, listing.title, listing.currency, listing.pay_median, pin.slug AS pinned_as,
       kin.names AS shared_names,
       (SELECT count(*) FROM careers_listedskill own WHERE own.listing_id = listing.guide_id) AS skill_count
FROM careers_guidelisting listing JOIN careers_field field ON field.id = listing.field_id
LEFT JOIN kin ON kin.listing_id = listing.guide_id LEFT JOIN pin ON pin.guide_id = listing.guide_id
WHERE listing.guide_id <> %(guide)s
  AND (pin.guide_id IS NOT NULL OR kin.weight >= %(least)s OR (field.slug = %(field)s AND kin.weight > 0))
ORDER BY pin.place, kin.weight DESC NULLS LAST, listing.title_folded
LIMIT %(most)s
"""


@dataclass(frozen=True)
class RelatedRole:
    listing: GuideListing
    reason: str
    pay: str
    difference: str  # "$6,300 more", in the same currency only
    shared: int
    overlap: int  # percent of the other guide's skills that this guide has too


def related_roles(document: Guide, guide_id: int, *, median: int | None, currency: str) -> list[RelatedRole]:
    """At most five published guides, pinned ones first in the editors' order. One query."""
    pinned = {pin.slug: pin.reason for pin in document.related}
    values = {"guide": guide_id, "pinned": list(pinned), "least": LEAST_WEIGHT, "field": document.field, "most": MOST}
    found = GuideListing.objects.raw(QUERY, values)
    return [_role(listing, pinned, document, median, currency) for listing in found]


def _role(listing: Any, pinned: dict[str, str], document: Guide, median: int | None, currency: str) -> RelatedRole:
    theirs, shared, count = listing.pay_median, listing.shared_names or [], listing.skill_count
    difference = ""
    if theirs and median and listing.currency == currency and theirs != median:
        difference = f"{money(abs(theirs - median), currency)} {'more' if theirs > median else 'less'}"
    return RelatedRole(
        listing=listing,
        reason=pinned.get(listing.pinned_as or "") or _reason(shared, is_tier=_is_tier(document, listing.title)),
        pay=money(theirs, listing.currency),
        difference=difference,
        shared=len(shared),
        overlap=round(len(shared) / count * 100) if count else 0,
    )


def _is_tier(document: Guide, title: str) -> bool:
    return any(fold(tier.title) == fold(title) for tier in document.tiers)


def _reason(shared: list[str], *, is_tier: bool) -> str:
    """The rarest shared skills first: they are the kinship."""
    if is_tier:
        return "A stage of this career"
    shown = ", ".join(within_sentence(name) for name in shared[:3])
    more = f" and {len(shared) - 3} more" if len(shared) > 3 else ""
    return f"Shares {shown}{more}"
