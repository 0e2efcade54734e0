"""The working copy of a guide after it was changed: its stored version, its state, and what was measured of it."""

from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Max
from pydantic import ValidationError

from careers import former, gates
from careers.choices import State
from careers.document import rows, schema
from careers.gates.context import Shared, shared_context
from careers.models import Guide, GuideListing, GuideRevision

if TYPE_CHECKING:
    from accounts.models import User


@transaction.atomic
def stored(guide: Guide, *, by: "User | None" = None, note: str = "") -> GuideRevision | None:
    """Store the working copy as a draft revision; None when the newest revision says the same.

    A copy that contradicts the document cannot be stored; its form says why.
    """
    guide = Guide.objects.select_for_update().get(pk=guide.pk)
    try:
        document = rows.read(guide)
    except ValidationError:
        return None
    measure(guide, document)
    settle(guide, document)
    newest = guide.revisions.first()
    is_new = newest is None or newest.document != document.model_dump(mode="json")
    guide.save(update_fields=["state", "blockers", "warnings", "filled", *(["updated_at"] if is_new else [])])
    if not is_new:
        return None
    return add_revision(guide, document, GuideRevision.Kind.DRAFT, by=by, note=note)


def add_revision(
    guide: Guide, document: schema.Guide, kind: GuideRevision.Kind, *, by: "User | None" = None, note: str = ""
) -> GuideRevision:
    """Store the document under the next number. The caller holds a lock on the guide."""
    last = guide.revisions.aggregate(last=Max("number"))["last"] or 0
    return GuideRevision.objects.create(
        guide=guide, number=last + 1, kind=kind, document=document.model_dump(mode="json"), note=note, created_by=by
    )


def settle(guide: Guide, document: schema.Guide) -> None:
    """The state that a changed copy has by itself; not saved.

    A change of what is public is a draft beside it, and taken back it is none; a changed retired guide is a draft again.
    What waits for review or for its moment goes on waiting.
    """
    listing = GuideListing.objects.filter(guide=guide).first()
    is_public_text = listing is not None and listing.content == document.for_readers()
    if guide.state in {State.DRAFT, State.PUBLISHED}:
        guide.state = State.PUBLISHED if is_public_text else State.DRAFT
    elif guide.state == State.RETIRED:
        last = guide.revisions.filter(kind=GuideRevision.Kind.PUBLISHED).first()
        was = former.of_today(schema.Guide.model_validate(last.document), guide) if last else None
        is_as_retired = was == document.for_readers()
        guide.state = State.RETIRED if is_as_retired else State.DRAFT


def measure(guide: Guide, document: schema.Guide, shared: Shared | None = None) -> None:
    """What lists show of the guide without reading it; not saved."""
    shown = document.for_readers()
    context = gates.Context.of(guide.pk, shown, shared)
    guide.blockers, guide.warnings = len(gates.blockers(shown, context)), len(gates.warnings(shown, context))
    guide.filled = gates.meter(shown).percent


def measure_all() -> int:
    """Measure every guide anew by its newest stored version: figures grow old by themselves. Returns how many changed.

    One query for each guide, and a write where something changed. Safe to stop and to run again.
    """
    shared, changed = shared_context(), 0
    for guide in Guide.objects.order_by("pk").iterator(chunk_size=100):
        newest = guide.revisions.first()
        before = (guide.blockers, guide.warnings, guide.filled)
        try:
            document = schema.Guide.model_validate(newest.document) if newest else rows.read(guide)
        except ValidationError:  # stored by an older program, or contradicts itself: its form says so
            continue
        measure(guide, document, shared)
        if (guide.blockers, guide.warnings, guide.filled) != before:
            Guide.objects.filter(pk=guide.pk).update(blockers=guide.blockers, warnings=guide.warnings, filled=guide.filled)
            changed += 1
    return changed
