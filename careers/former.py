"""What addresses of earlier days mean today, in stored and imported documents and in links."""

from collections.abc import Collection
from typing import Any

from careers.document import schema
from careers.models import Field, FormerSlug, Guide


def of_today(document: schema.Guide, guide: Guide) -> schema.Guide:
    """The document with today's addresses: the guide's own, of its field of work, and of the related guides it names.

    Two queries at most. Unknown addresses stay.
    """
    now: dict[str, Any] = {"slug": guide.slug}
    if document.field:
        now["field"] = _fields([document.field]).get(document.field, document.field)
    if document.related:
        moved = _guides([pin.slug for pin in document.related])
        pins = {moved.get(pin.slug, pin.slug): pin for pin in reversed(document.related)}
        now["related"] = [pin.model_copy(update={"slug": slug}) for slug, pin in reversed(pins.items())]
    return document.model_copy(update=now)


def public_slugs(slugs: Collection[str]) -> dict[str, str]:
    """Former address of a guide -> the address where visitors find it today; those that lead nowhere are left out. One query."""
    rows = FormerSlug.objects.filter(slug__in=slugs, guide__listing__isnull=False)
    return dict(rows.values_list("slug", "guide__listing__slug"))


def fields(slugs: Collection[str]) -> dict[str, Field]:
    """Former address of a field of work -> the field. One query."""
    return {row.slug: row.field for row in FormerSlug.objects.filter(slug__in=slugs).select_related("field") if row.field}


def _guides(slugs: Collection[str]) -> dict[str, str]:
    return dict(FormerSlug.objects.filter(slug__in=slugs, guide__isnull=False).values_list("slug", "guide__slug"))


def _fields(slugs: Collection[str]) -> dict[str, str]:
    return dict(FormerSlug.objects.filter(slug__in=slugs, field__isnull=False).values_list("slug", "field__slug"))
