"""How far a guide is, for the list: worked out from stored revisions, so that no row reads its 17 tables."""

from collections.abc import Iterable
from typing import Any

from django.contrib import admin
from django.contrib.admin.views.main import ChangeList
from django.db.models import Case, CharField, F, OuterRef, Q, QuerySet, Subquery, TextChoices, Value, When
from django.http import HttpRequest
from pydantic import ValidationError

from careers.completeness import problems
from careers.document import schema
from careers.models import Guide, GuideRevision


class State(TextChoices):
    """A draft has no public page. Changed: the newest stored version is not the one that visitors see."""

    NOT_READY = "not-ready", "Not ready"
    READY = "ready", "Ready to publish"
    PUBLISHED = "published", "Published"
    CHANGED = "changed", "Published, with unpublished changes"


DRAFT = "draft"
_newest = GuideRevision.objects.filter(guide=OuterRef("pk")).order_by("-number")


def with_state(guides: QuerySet[Guide]) -> QuerySet[Guide]:
    """Annotates `published_at`, and `state`: published, changed or draft (ready or not is known by `missing`)."""
    return guides.annotate(
        published_at=F("listing__published_at"),
        state=Case(
            When(listing=None, then=Value(DRAFT)),
            When(listing__revision=Subquery(_newest.values("pk")[:1]), then=Value(State.PUBLISHED.value)),
            When(listing__document=Subquery(_newest.values("document")[:1]), then=Value(State.PUBLISHED.value)),
            default=Value(State.CHANGED.value),
            output_field=CharField(),
        ),
    )


def missing(guide_ids: Iterable[int]) -> dict[int, int]:
    """Guide -> number of things it lacks, by its newest stored version. Guides without one are left out. One query."""
    newest = GuideRevision.objects.filter(guide__in=list(guide_ids)).order_by("guide_id", "-number").distinct("guide_id")
    found = {}
    for guide_id, document in newest.values_list("guide_id", "document"):
        try:
            found[guide_id] = len(problems(schema.Guide.model_validate(document)))
        except ValidationError:  # stored by an older program
            continue
    return found


class GuideList(ChangeList):
    def get_queryset(self, request: HttpRequest, exclude_parameters: Any = None) -> QuerySet[Any]:
        return with_state(super().get_queryset(request, exclude_parameters))

    def get_results(self, request: HttpRequest) -> None:
        super().get_results(request)
        guides = list(self.result_list)
        lacking = missing(guide.pk for guide in guides if guide.state == DRAFT)
        for guide in guides:
            guide.missing = lacking.get(guide.pk)
        self.result_list = guides


class StateFilter(admin.SimpleListFilter):
    title = "state"
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[Any, str]]:
        return list(State.choices)

    def queryset(self, request: HttpRequest, queryset: QuerySet[Guide]) -> QuerySet[Guide]:
        match self.value():
            case State.PUBLISHED | State.CHANGED as state:
                return with_state(queryset).filter(Q(state=state))
            case State.READY | State.NOT_READY as state:
                drafts = queryset.filter(listing=None)
                ready = [pk for pk, lacks in missing(drafts.values_list("pk", flat=True)).items() if not lacks]
                return drafts.filter(pk__in=ready) if state == State.READY else drafts.exclude(pk__in=ready)
        return queryset


def state_words(guide: Any) -> str:
    """For a row of the list."""
    if guide.state != DRAFT:
        return State(guide.state).label
    if guide.missing is None:
        return State.NOT_READY.label
    return f"{State.NOT_READY.label}: {guide.missing} to do" if guide.missing else State.READY.label
