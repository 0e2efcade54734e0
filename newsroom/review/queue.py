"""Guides to look through: overdue, due soon, and those that nobody would be reminded of."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.core.paginator import Page, Paginator
from django.db.models import Count, F, Q, QuerySet

from careers.choices import UNSETTLED, State
from careers.models import Guide

SOON = timedelta(days=30)
PER_PAGE = 50
SHOWN = (
    "title",
    "slug",
    "state",
    "review_by",
    "reviewed_at",
    "owner__email",
    "owner__display_name",
    "deputy__email",
    "deputy__display_name",
)
KINDS = {"overdue": "Overdue", "soon": "Due in 30 days", "undated": "Without a date", "unowned": "Without an owner"}


@dataclass(frozen=True)
class Wanted:
    """`kind`: a key of KINDS, empty for all of them. `person`: whose guides only."""

    kind: str = ""
    person: int | None = None


def queue(wanted: Wanted, today: date) -> QuerySet[Guide]:
    """By the day they are due; those without one last. Each with `waiting_reports`."""
    conditions = {
        "overdue": Q(review_by__lt=today),
        "soon": Q(review_by__gte=today, review_by__lte=today + SOON),
        "undated": Q(review_by=None),
        "unowned": Q(owner=None),
    }
    any_of = Q()
    for condition in conditions.values():
        any_of |= condition
    guides = Guide.objects.exclude(state=State.RETIRED).filter(conditions.get(wanted.kind, any_of))
    if wanted.person:
        guides = guides.filter(Q(owner=wanted.person) | Q(deputy=wanted.person))
    waiting = Count("reader_reports", filter=Q(reader_reports__state__in=UNSETTLED))
    ordered = guides.annotate(waiting_reports=waiting).order_by(F("review_by").asc(nulls_last=True), "title", "pk")
    return ordered.select_related("owner", "deputy", "listing").only(*SHOWN, "listing__slug")


def page(wanted: Wanted, today: date, number: str) -> Page[Guide]:
    """The page nearest to the number. Two queries."""
    return Paginator(queue(wanted, today), PER_PAGE).get_page(number)
