"""Skill maps of published guides, for the person who reads."""

from django.db.models import OuterRef, QuerySet, Subquery
from django.db.models.functions import Greatest

from accounts.keeping.skills import SkillMap
from accounts.models import User
from careers.document.schema import SkillMap as DocumentMap
from careers.models import GuideListing

IN_PROGRESS = 5


def map_of(user: User, slug: str) -> SkillMap | None:
    """None where no published guide has this address, or where it has no map. Two queries."""
    return next(iter(_maps(user, GuideListing.objects.filter(slug=slug))), None)


def maps_in_progress(user: User) -> list[SkillMap]:
    """Of guides that the person keeps or ticked in, the last touched first. Two queries."""
    saved = user.bookmarks.kept().filter(guide=OuterRef("guide")).values("created_at")[:1]
    ticked = user.skill_marks.filter(guide=OuterRef("guide")).order_by("-marked_at").values("marked_at")[:1]
    rows = GuideListing.objects.annotate(touched=Greatest(Subquery(saved), Subquery(ticked))).exclude(touched=None)
    return _maps(user, rows.order_by("-touched", "pk")[:IN_PROGRESS])


def _maps(user: User, listings: QuerySet[GuideListing]) -> list[SkillMap]:
    rows = list(listings.values_list("guide_id", "slug", "title", "document__skill_map"))
    states = user.skill_marks.states() if rows else {}
    found = [(guide_id, slug, title, DocumentMap.model_validate(part).groups) for guide_id, slug, title, part in rows if part]
    return [SkillMap.of(guide_id, slug, title, groups, states) for guide_id, slug, title, groups in found if groups]
