"""What happens around a saved guide: its receipts, and what its form says of it."""

from pydantic import ValidationError

from careers import gates
from careers.document import rows, schema
from careers.gates.problem import Problem
from careers.models import CaseShare, CaseStudy, Guide, GuideListing, GuideSource, Outlook, PayBand, Question, QuestionShare, Source
from careers.shares import others_showing
from newsroom.admin.faults import in_words


def list_used_sources(guide: Guide) -> list[Source]:
    """Adds the sources of figures, case studies and answers to the guide's own list; returns those that were missing there."""
    own = [
        set(model._default_manager.filter(guide=guide).values_list("source", flat=True))
        for model in (PayBand, Outlook, CaseStudy, Question)
    ]
    shared = [
        set(CaseShare.objects.filter(guide=guide).values_list("case__source", flat=True)),
        set(QuestionShare.objects.filter(guide=guide).values_list("question__source", flat=True)),
    ]
    listed = set(GuideSource.objects.filter(guide=guide).values_list("source", flat=True))
    last = GuideSource.objects.filter(guide=guide).order_by("-position").values_list("position", flat=True).first() or 0
    added = list(Source.objects.filter(pk__in=set.union(*own, *shared) - listed))
    GuideSource.objects.bulk_create(GuideSource(guide=guide, source=source, position=last + n) for n, source in enumerate(added, 1))
    return added


def touch_others(guide: Guide) -> list[Guide]:
    """Guides that show parts of this one list the sources of those parts too."""
    others = others_showing(guide)
    for other in others:
        list_used_sources(other)
    return others


class Readiness:
    """State of one guide for its form: what it lacks, and whether visitors see the same."""

    def __init__(self, guide: Guide) -> None:
        self.listing = GuideListing.objects.select_related("revision").filter(guide=guide).first()
        self.problems: list[Problem] = []
        self.warnings: list[Problem] = []
        self.meter: gates.Meter | None = None
        self.document: schema.Guide | None = None  # as readers would see it
        self.contradictions: list[str] = []
        self.is_changed = False
        try:
            document = rows.read(guide)
        except ValidationError as error:
            self.contradictions = in_words(error)
        else:
            self.document = shown = document.for_readers()
            context = gates.Context.of(guide.pk, shown)
            self.problems = gates.blockers(shown, context)
            self.warnings = gates.warnings(shown, context)
            self.meter = gates.meter(shown)
            self.is_changed = self.listing is not None and self.listing.content != shown


def was_published(guide: Guide) -> bool:
    """Its address is known outside, also when it was taken off the site since."""
    return Guide.objects.was_public(guide.slug)
