"""What happens around a saved guide: its receipts, its stored version, and its publication in words."""

from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Max
from pydantic import ValidationError

from careers.completeness import Problem, problems
from careers.document import rows
from careers.models import CaseStudy, Guide, GuideListing, GuideRevision, GuideSource, Outlook, PayBand, Source
from careers.publishing import NotReady, add_revision, publish
from newsroom.admin.faults import in_words

if TYPE_CHECKING:
    from accounts.models import User


def list_used_sources(guide: Guide) -> list[Source]:
    """Adds the sources of figures and case studies to the guide's own list; returns those that were missing there."""
    used = [set(model._default_manager.filter(guide=guide).values_list("source", flat=True)) for model in (PayBand, Outlook, CaseStudy)]
    listed = set(GuideSource.objects.filter(guide=guide).values_list("source", flat=True))
    last = GuideSource.objects.filter(guide=guide).aggregate(last=Max("position"))["last"] or 0
    added = list(Source.objects.filter(pk__in=set.union(*used) - listed))
    GuideSource.objects.bulk_create(GuideSource(guide=guide, source=source, position=last + n) for n, source in enumerate(added, 1))
    return added


@transaction.atomic
def keep(guide: Guide, *, by: "User", note: str) -> None:
    """Store the working copy as a draft revision, unless the newest revision says the same.

    A copy that contradicts the document cannot be stored; its form says why.
    """
    guide = Guide.objects.select_for_update().get(pk=guide.pk)
    try:
        document = rows.read(guide)
    except ValidationError:
        return
    newest = guide.revisions.first()
    if newest is None or newest.document != document.model_dump(mode="json"):
        add_revision(guide, document, GuideRevision.Kind.DRAFT, by=by, note=note)


def reasons_against(guide: Guide, *, by: "User") -> list[str]:
    """Publishes the guide and returns nothing, or returns why it cannot be published."""
    try:
        publish(guide, by=by)
    except NotReady as error:
        return [problem.message for problem in error.problems]
    except ValidationError as error:
        return in_words(error)
    return []


class Readiness:
    """State of one guide for its form: what it lacks, and whether visitors see the same."""

    def __init__(self, guide: Guide) -> None:
        self.listing = GuideListing.objects.select_related("revision").filter(guide=guide).first()
        self.problems: list[Problem] = []
        self.contradictions: list[str] = []
        self.is_changed = False
        try:
            document = rows.read(guide)
        except ValidationError as error:
            self.contradictions = in_words(error)
        else:
            self.problems = problems(document)
            self.is_changed = self.listing is not None and self.listing.content != document

    @property
    def is_ready(self) -> bool:
        return not (self.problems or self.contradictions)


def was_published(guide: Guide) -> bool:
    """Its address is known outside, also when it was taken off the site since."""
    return guide.revisions.filter(kind=GuideRevision.Kind.PUBLISHED).exists()
