"""A form that was opened before somebody else saved: what to do with it."""

from dataclasses import dataclass

from django.http import QueryDict
from pydantic import ValidationError

from accounts.models import User
from careers.document import schema
from careers.models import Guide, GuideRevision


@dataclass(frozen=True)
class Meeting:
    """`base` is what the editor opened (None before there was a version), `theirs` the newest version, `by` who stored it."""

    base: schema.Guide | None
    theirs: schema.Guide
    number: int
    by: User | None


def met(guide: Guide, seen: int) -> Meeting | None:
    """The newest version, if its text is not the one that the form was opened with; the caller holds a lock on the guide.

    A version that today's format refuses cannot be compared, so it counts as none.
    """
    newest = guide.revisions.select_related("created_by").first()
    if newest is None or newest.number == seen:
        return None
    base = GuideRevision.objects.filter(guide=guide, number=seen).first()
    if base is not None and base.document == newest.document:
        return None
    try:
        theirs = schema.Guide.model_validate(newest.document)
        opened = schema.Guide.model_validate(base.document) if base else None
    except ValidationError:
        return None
    return Meeting(opened, theirs, newest.number, newest.created_by)


def seen_of(data: QueryDict) -> int:
    """Number of the revision that a sent form was opened with."""
    seen = data.get("seen", "")
    return int(seen) if seen.isascii() and seen.isdigit() and len(seen) < 10 else 0
