"""Related roles must not be empty: the seed page prints the heading with nothing under it."""

from careers.choices import Section
from careers.document.schema import Guide
from careers.gates.context import Context
from careers.gates.problem import Found

ENOUGH = 10  # published guides: a young portal may have none that is related


def check(guide: Guide, context: Context) -> Found:
    """Blocks where neither a pin nor a shared skill leads to a published guide, though there are enough to choose from."""
    pinned = any(pin.slug in context.public_slugs for pin in guide.related)
    others = context.public_slugs - {guide.slug}
    if not pinned and not context.has_kin and len(others) >= ENOUGH:
        yield (
            Section.RELATED_ROLES,
            "No published guide shares a skill with this one, so “Related roles” would be empty: pin one.",
        )
