"""What a guide is held against: the other published guides, and today."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache

from django.utils import timezone
from pydantic import ValidationError

from careers.choices import Section
from careers.document.schema import Guide as Document
from careers.document.schema import skill_names
from careers.gates.prints import prints
from careers.gates.sizes import sizes, usual
from careers.models import FormerSlug, GuideListing, ListedSkill, Skill, TextPrint
from kit import stamp


@dataclass(frozen=True)
class Shared:
    """What is the same for every guide."""

    today: date
    public_slugs: frozenset[str]
    former_slugs: frozenset[str]
    usual_words: Mapping[Section, int]


@dataclass(frozen=True)
class Context:
    """For the checks. `who_says`: number of a sentence -> titles of other published guides that say it. `has_kin`: whether another
    published guide lists one of its skills.
    """

    today: date
    public_slugs: frozenset[str] = frozenset()
    former_slugs: frozenset[str] = frozenset()
    usual_words: Mapping[Section, int] = field(default_factory=dict)
    who_says: Mapping[int, tuple[str, ...]] = field(default_factory=dict)
    has_kin: bool = True

    @classmethod
    def of(cls, guide_id: int, document: Document, shared: Shared | None = None) -> "Context":
        """Four queries for the guide; three more, or four, for what is the same for all when that is not given."""
        common = shared or shared_context()
        says, kin = _who_says(guide_id, document), _has_kin(guide_id, document)
        return cls(common.today, common.public_slugs, common.former_slugs, common.usual_words, says, kin)


def shared_context() -> Shared:
    """Read again when published content has changed."""
    return Shared(
        timezone.localdate(),
        frozenset(GuideListing.objects.values_list("slug", flat=True)),
        frozenset(FormerSlug.objects.filter(guide__isnull=False).values_list("slug", flat=True)),
        _usual_words(stamp.current()),
    )


@lru_cache(maxsize=1)
def _usual_words(number: int) -> Mapping[Section, int]:
    """As of this content stamp."""
    found = []
    for document in GuideListing.objects.order_by("?").values_list("document", flat=True)[:200].iterator():
        try:
            found.append(sizes(Document.model_validate(document)))
        except ValidationError:  # published by an older program
            continue
    return usual(found)


def _has_kin(guide_id: int, document: Document) -> bool:
    skills = Skill.objects.by_name(skill_names(document)).values()
    return ListedSkill.objects.filter(skill__in=list(skills)).exclude(listing=guide_id).exists()


def _who_says(guide_id: int, document: Document) -> dict[int, tuple[str, ...]]:
    rows = TextPrint.objects.filter(digest__in=list(prints(document))).exclude(listing=guide_id)
    found: dict[int, list[str]] = {}
    for digest, title in rows.order_by("listing__title").values_list("digest", "listing__title"):
        found.setdefault(digest, []).append(title)
    return {digest: tuple(titles) for digest, titles in found.items()}
