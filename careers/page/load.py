"""Guide pages from the database: published ones, and previews of working copies."""

from careers.document import rows, schema
from careers.document.prose import rendered
from careers.models import Guide, GuideListing
from careers.page.guide import GuidePage
from careers.related import related_roles


def published_page(listing: GuideListing) -> GuidePage:
    """Page of a published guide. Two queries: related roles and their shared skills."""
    document = listing.content
    return GuidePage(
        guide_id=listing.pk,
        guide=document,
        stored_prose=listing.prose,
        field_name=listing.field.name,
        related=related_roles(document, listing.pk, median=listing.pay_median, currency=listing.currency),
        published_at=listing.published_at,
    )


def preview_page(guide: Guide, document: schema.Guide | None = None) -> GuidePage:
    """Page of the working copy (or of `document`, what somebody has not saved yet), as it would look if it were published now."""
    document = (document or rows.read(guide)).for_readers()
    band = document.pay[0] if document.pay else None
    return GuidePage(
        guide_id=guide.pk,
        guide=document,
        stored_prose=rendered(document),
        field_name=guide.field.name if guide.field else "No field yet",
        related=related_roles(document, guide.pk, median=band.median if band else None, currency=band.currency if band else ""),
        is_preview=True,
    )
