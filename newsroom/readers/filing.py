"""Taking in what readers send. Nothing here knows who they are."""

from typing import Any

from django.db import connection
from django.utils import timezone

from careers.choices import Section
from careers.models import GuideListing, GuideRevision
from newsroom.models import ReaderReport

# One statement, so that votes of the same moment all count.
VOTE = """
INSERT INTO newsroom_guidevote (guide_id, day, useful, not_useful)
VALUES (%(guide)s, %(day)s, %(useful)s::int, %(not_useful)s::int)
ON CONFLICT (guide_id, day) DO UPDATE SET
  useful = newsroom_guidevote.useful + excluded.useful,
  not_useful = newsroom_guidevote.not_useful + excluded.not_useful
"""


def file_report(listing: GuideListing, *, section: str, kind: str, text: str, email: str, seen: int | None) -> ReaderReport:
    """`seen`: key of the revision whose page the reader came from; without a true one, the guide as it is now."""
    section = section if section in Section else ""
    number = _number(listing, seen) or _number(listing, listing.revision_id)
    return ReaderReport.objects.create(guide_id=listing.pk, section=section, kind=kind, text=text, email=email, revision_number=number)


def _number(listing: GuideListing, revision: int | None) -> int | None:
    """Only of versions that were public: nobody has read another."""
    if revision is None:
        return None
    public = GuideRevision.objects.filter(pk=revision, guide=listing.pk, kind=GuideRevision.Kind.PUBLISHED)
    return public.values_list("number", flat=True).first()


def count_vote(guide_id: int, *, is_useful: bool) -> None:
    """The day is that of the site's clock."""
    with connection.cursor() as cursor:
        values: dict[str, Any] = {"guide": guide_id, "day": timezone.localdate(), "useful": is_useful, "not_useful": not is_useful}
        cursor.execute(VOTE, values)
