"""Reading guide files and copied pages into drafts."""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from django.db import transaction

from careers import former
from careers.document import files, rows, schema
from careers.models import Field, Guide, GuideListing
from careers.seedtext import SeedReading, SeedTextError
from careers.seedtext import read as read_seed
from careers.working import stored

if TYPE_CHECKING:
    from accounts.models import User


class Outcome(StrEnum):
    CREATED = "created"
    UPDATED = "updated"
    UNCHANGED = "unchanged"


class ImportRefused(ValueError):
    """Nothing was written. `problems` is a list of (line or None, reason)."""

    def __init__(self, problems: list[tuple[int | None, str]]) -> None:
        self.problems = problems
        super().__init__("; ".join(why for _, why in problems))


@dataclass(frozen=True)
class Imported:
    guide: Guide
    outcome: Outcome
    is_public: bool  # a published guide stays as visitors see it until somebody publishes the draft
    reading: SeedReading | None = field(default=None, compare=False)


def import_bytes(data: bytes, *, by: "User | None" = None) -> Imported:
    """Read one file, ours or a copied page, into a draft. Raises ImportRefused; never writes half a guide."""
    document, reading = read_bytes(data)
    return import_document(document, by=by, reading=reading)


def read_bytes(data: bytes) -> tuple[schema.Guide, SeedReading | None]:
    """The document in a file, and of a copied page what was found where. Raises ImportRefused."""
    try:
        if files.is_guide_file(data):
            return files.load(data), None
        reading = read_seed(data)
    except (files.GuideFileError, SeedTextError) as error:
        raise ImportRefused(list(error.problems)) from error
    return reading.guide, reading


@transaction.atomic
def import_document(document: schema.Guide, *, by: "User | None" = None, reading: SeedReading | None = None) -> Imported:
    """Make the working copy of the guide with this slug say what the document says, as a new draft revision.

    A slug that the guide or its field of work had once means the guide or field all the same.
    """
    check_field(document)
    guide = Guide.objects.select_for_update().known_as(document.slug)
    outcome = Outcome.UPDATED if guide else Outcome.CREATED
    if guide and reading:
        document = keep_editors_words(document, rows.read(guide))
    guide = guide or Guide(slug=document.slug)
    document = former.of_today(document, guide)
    before = rows.read(guide) if guide.pk else None
    rows.write(document, guide)
    after = rows.read(guide)
    if after == before:
        outcome = Outcome.UNCHANGED
    stored(guide, by=by, note="Imported")
    return Imported(guide, outcome, GuideListing.objects.filter(guide=guide).exists(), reading)


def check_field(document: schema.Guide) -> None:
    """Raises ImportRefused when the field of work is not there."""
    try:
        if document.field:
            Field.objects.known_as(document.field)
    except Field.DoesNotExist as error:
        raise ImportRefused([(None, f"field: there is no field of work '{document.field}'")]) from error


def keep_editors_words(copied: schema.Guide, standing: schema.Guide) -> schema.Guide:
    """A copied page says nothing of what it lacks (field, standfirst, sources): what editors wrote there stays."""
    said = {
        name for name, info in schema.Guide.model_fields.items() if getattr(copied, name) != info.get_default(call_default_factory=True)
    }
    return standing.model_copy(
        update={name: getattr(copied, name) for name in said if name != "sources"} | {"sources": _both(copied, standing)}
    )


def _both(copied: schema.Guide, standing: schema.Guide) -> list[schema.Source]:
    return list({source.key: source for source in (*copied.sources, *standing.sources)}.values())
