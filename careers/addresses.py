"""Changing the address of a guide or of a field of work. The old one leads to the new one for good."""

from typing import TYPE_CHECKING

from django.db import connection, transaction
from django.db.models import Q

from careers import publishing
from careers.models import Field, FormerSlug, Guide, GuideListing, GuideRevision, RelatedPin
from careers.working import stored
from kit import stamp

if TYPE_CHECKING:
    from accounts.models import User

NOTE = "Address changed"


class AddressTaken(ValueError):
    """Another guide or field has this address, or had it once. The message says which."""


@transaction.atomic
def rename_guide(guide: Guide, slug: str, *, by: "User | None" = None) -> Guide:
    """Give the guide this address, which the caller has checked to be well formed. Visitors find it there at once.

    Raises AddressTaken; then nothing is written.
    """
    one_at_a_time()
    guide = Guide.objects.select_for_update().get(pk=guide.pk)
    if slug == guide.slug:
        return guide
    check_guide_slug(slug, but=guide)
    old = guide.slug
    if guide.revisions.filter(kind=GuideRevision.Kind.PUBLISHED).exists():
        FormerSlug.objects.get_or_create(slug=old, guide=guide)
    FormerSlug.objects.filter(slug=slug, guide=guide).delete()
    guide.slug = slug
    guide.save(update_fields=["slug", "updated_at"])
    _move_pins(old, slug)
    if GuideListing.objects.filter(guide=guide).exists():
        publishing.move(guide, by=by, note=NOTE)
    stored(guide, by=by, note=NOTE)
    stamp.raise_number()
    return guide


@transaction.atomic
def rename_field(field: Field, slug: str) -> Field:
    """The same for a field of work; its guides say so without a new revision. Raises AddressTaken."""
    one_at_a_time()
    field = Field.objects.select_for_update().get(pk=field.pk)
    if slug == field.slug:
        return field
    check_field_slug(slug, but=field)
    FormerSlug.objects.get_or_create(slug=field.slug, field=field)
    FormerSlug.objects.filter(slug=slug, field=field).delete()
    field.slug = slug
    field.save(update_fields=["slug"])
    publishing.move_field(GuideListing.objects.filter(field=field), field)
    return field


def check_guide_slug(slug: str, *, but: Guide | None = None) -> None:
    """Raises AddressTaken when another guide has the address, or had it once."""
    other = Guide.objects.filter(Q(slug=slug) | Q(former_slugs__slug=slug)).first()
    if other and other != but:
        raise AddressTaken(_taken(f"The guide “{other}”", is_today=other.slug == slug))


def check_field_slug(slug: str, *, but: Field | None = None) -> None:
    """Raises AddressTaken when another field of work has the address, or had it once."""
    other = Field.objects.filter(Q(slug=slug) | Q(former_slugs__slug=slug)).first()
    if other and other != but:
        raise AddressTaken(_taken(f"The field “{other}”", is_today=other.slug == slug))


def one_at_a_time() -> None:
    """Whoever changes addresses waits for the other: no address is given away twice, and none of them deadlock."""
    with connection.cursor() as cursor:
        cursor.execute("LOCK TABLE careers_formerslug IN SHARE ROW EXCLUSIVE MODE")


def _taken(whose: str, *, is_today: bool) -> str:
    return f"{whose} has this address." if is_today else f"{whose} had this address once, and links still lead there."


def _move_pins(old: str, new: str) -> None:
    """Guides that pin this one. A guide that named both addresses names one."""
    pins = RelatedPin.objects.filter(slug=old)
    RelatedPin.objects.filter(slug=new, guide__in=pins.values("guide")).delete()  # it led nowhere until now
    pins.update(slug=new)
    publishing.move_pins(GuideListing.objects.filter(document__related__contains=[{"slug": old}]))
