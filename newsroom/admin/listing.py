"""The list of guides: state, meter and what is due, all from columns that are kept when a guide is stored."""

from typing import Any

from django.contrib import admin
from django.contrib.admin.views.main import ChangeList
from django.db.models import F, Q, QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

from careers.choices import State
from careers.models import Guide


def with_listing(guides: QuerySet[Guide]) -> QuerySet[Guide]:
    """Annotates `published_at`: when what visitors see was published."""
    return guides.annotate(published_at=F("listing__published_at"))


class GuideList(ChangeList):
    def get_queryset(self, request: HttpRequest, exclude_parameters: Any = None) -> QuerySet[Any]:
        return with_listing(super().get_queryset(request, exclude_parameters))


class StateFilter(admin.SimpleListFilter):
    title = "state"
    parameter_name = "state"
    live = "live-draft"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[Any, str]]:
        return [*State.choices, (self.live, "Draft beside a published guide")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Guide]) -> QuerySet[Guide]:
        value = self.value()
        if value == self.live:
            return queryset.filter(listing__isnull=False).exclude(state=State.PUBLISHED)
        return queryset.filter(state=value) if value in State.values else queryset


class MeterFilter(admin.SimpleListFilter):
    title = "what it lacks"
    parameter_name = "lacks"
    choices_ = (
        ("nothing", "Nothing: ready, no warnings", Q(blockers=0, warnings=0)),
        ("warnings", "Ready, with warnings", Q(blockers=0, warnings__gt=0)),
        ("blocked", "Cannot be published yet", Q(blockers__gt=0)),
        ("half", "Less than half filled", Q(filled__lt=50)),
    )

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[Any, str]]:
        return [(value, label) for value, label, _ in self.choices_]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Guide]) -> QuerySet[Guide]:
        conditions = {value: condition for value, _, condition in self.choices_}
        return queryset.filter(conditions[value]) if (value := self.value() or "") in conditions else queryset


class MineFilter(admin.SimpleListFilter):
    title = "whose"
    parameter_name = "whose"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[Any, str]]:
        return [("mine", "Mine, as owner or deputy"), ("nobody", "Nobody's")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Guide]) -> QuerySet[Guide]:
        match self.value():
            case "mine":
                return queryset.filter(Q(owner=request.user.pk) | Q(deputy=request.user.pk))
            case "nobody":
                return queryset.filter(owner=None)
        return queryset


class DueFilter(admin.SimpleListFilter):
    title = "to be looked through"
    parameter_name = "due"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[Any, str]]:
        return [("overdue", "Overdue"), ("undated", "Without a date")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Guide]) -> QuerySet[Guide]:
        match self.value():
            case "overdue":
                return queryset.filter(review_by__lt=timezone.localdate())
            case "undated":
                return queryset.filter(review_by=None)
        return queryset


def state_words(guide: Any) -> str:
    """For a row of the list."""
    if guide.state == State.SCHEDULED:
        return f"{State.SCHEDULED.label} for {moment_in_zone(guide)}"
    label = State(guide.state).label
    return f"{label}, beside the published guide" if guide.published_at and guide.state != State.PUBLISHED else label


def moment_in_zone(guide: Guide) -> str:
    """When it goes live, by the clock of the zone that the editor named."""
    if guide.goes_live_at is None:
        return ""
    with timezone.override(guide.goes_live_zone or "UTC"):
        local = timezone.localtime(guide.goes_live_at)
    return f"{local:%-d %b %Y, %H:%M} ({guide.goes_live_zone})"


def meter(guide: Any) -> SafeString | None:
    """A drawn meter with its number in words; None before it was measured."""
    if guide.filled is None:
        return None
    return format_html('<meter min="0" max="100" value="{0}" aria-label="{0}% filled"></meter> {0}%', guide.filled)


def lacks(guide: Any) -> str | None:
    if guide.blockers is None:
        return None
    parts = [f"{guide.blockers} to do" if guide.blockers else "", f"{guide.warnings} to check" if guide.warnings else ""]
    return ", ".join(part for part in parts if part) or "Nothing"
