"""What waits for staff, on the first page of the admin. Every list is bounded and leads to the whole one."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.urls import reverse
from django.utils import timezone

from careers.choices import UNSETTLED, State, WorkState
from careers.models import Guide, SearchMiss
from newsroom.models import LinkCheck, ReaderReport, Transition
from newsroom.states import Verb

SHOWN = 5
WIDTH, HEIGHT = 100, 40  # of a drawing, in its own units
STEP = 10  # percent of a guide's elements in a column


@dataclass(frozen=True)
class Item:
    """One line of a list: what, what to know of it, and where it leads."""

    title: str
    detail: str
    url: str


@dataclass(frozen=True)
class Queue:
    """A kind of work: how much there is of it, the first of it, and the whole list."""

    key: str
    title: str
    count: int
    items: list[Item]
    url: str
    empty: str


@dataclass(frozen=True)
class Column:
    label: str
    count: int
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True)
class Dashboard:
    queues: list[Queue]
    states: list[tuple[str, int, str]]  # label, guides, address of the list
    columns: list[Column]  # guides by how much of them is filled

    @property
    def guides(self) -> int:
        return sum(count for _, count, _ in self.states)


def dashboard() -> Dashboard:
    """All of it, in about twelve queries however many guides there are."""
    today = timezone.localdate()
    return Dashboard(
        queues=[_in_review(), _overdue(today), _scheduled(), _reported(), _incomplete(), _links(), _misses()],
        states=_states(),
        columns=_columns(),
    )


def _list(**query: str) -> str:
    return reverse("admin:careers_guide_changelist", query=query)


def _form(guide: Guide) -> str:
    return reverse("admin:careers_guide_change", args=[guide.pk])


def _guides(key: str, title: str, found: QuerySet[Guide], detail: Any, url: str, empty: str) -> Queue:
    items = [Item(guide.title, detail(guide), _form(guide)) for guide in found[:SHOWN]]
    return Queue(key, title, found.order_by().count(), items, url, empty)


def _in_review() -> Queue:
    asked = Transition.objects.filter(guide=OuterRef("pk"), verb=Verb.SUBMIT).order_by("-at")
    found = Guide.objects.filter(state=State.IN_REVIEW).annotate(
        asked_at=Subquery(asked.values("at")[:1]), asked_by=Subquery(asked.values("by__display_name")[:1])
    )

    def detail(guide: Any) -> str:
        return f"{guide.asked_by or 'Somebody'}, {guide.asked_at:%-d %b}" if guide.asked_at else ""

    return _guides(
        "review", "Waiting for review", found.order_by("asked_at"), detail, _list(state=State.IN_REVIEW), "Nothing waits for review."
    )


def _overdue(today: date) -> Queue:
    found = Guide.objects.filter(review_by__lt=today).exclude(state=State.RETIRED).select_related("owner").order_by("review_by")

    def detail(guide: Guide) -> str:
        return f"since {guide.review_by:%-d %b %Y}, {guide.owner or 'nobody’s'}"

    return _guides(
        "overdue",
        "To be looked through",
        found,
        detail,
        reverse("admin:careers_guide_review", query={"show": "overdue"}),
        "No guide is overdue.",
    )


def _scheduled() -> Queue:
    found = Guide.objects.filter(state=State.SCHEDULED).order_by("goes_live_at")

    def detail(guide: Guide) -> str:
        return f"{timezone.localtime(guide.goes_live_at):%-d %b, %H:%M}"

    return _guides("scheduled", "Scheduled", found, detail, _list(state=State.SCHEDULED), "Nothing is scheduled.")


def _incomplete() -> Queue:
    found = Guide.objects.filter(blockers__gt=0).exclude(state=State.RETIRED).order_by("-filled", "title")

    def detail(guide: Guide) -> str:
        return f"{guide.filled}% filled, {guide.blockers} to do"

    return _guides("unfinished", "Incomplete", found, detail, _list(lacks="blocked"), "Every guide can be published.")


def _reported() -> Queue:
    found = ReaderReport.objects.filter(state__in=UNSETTLED).select_related("guide").order_by("created_at")
    items = [
        Item(
            f"{report.guide}: {report.get_kind_display().lower()}",
            report.text[:60],
            reverse("admin:newsroom_readerreport_change", args=[report.pk]),
        )
        for report in found[:SHOWN]
    ]
    return Queue(
        "reported", "Reported by readers", found.count(), items, reverse("admin:newsroom_readerreport_changelist"), "No reader waits."
    )


def _links() -> Queue:
    found = LinkCheck.objects.filter(state__in=[LinkCheck.State.DEAD, LinkCheck.State.MOVED]).order_by("state", "url")
    items = [Item(link.url, link.get_state_display(), reverse("admin:newsroom_linkcheck_change", args=[link.pk])) for link in found[:SHOWN]]
    return Queue("links", "Links of sources", found.count(), items, reverse("admin:newsroom_linkcheck_changelist"), "Every link answers.")


def _misses() -> Queue:
    found = SearchMiss.objects.filter(state=WorkState.OPEN).order_by("-count", "-last_at")
    items = [Item(miss.words, f"{miss.count} times", reverse("admin:careers_searchmiss_change", args=[miss.pk])) for miss in found[:SHOWN]]
    url = reverse("admin:careers_searchmiss_changelist")
    return Queue("misses", "Searched for and not found", found.count(), items, url, "Every search found something.")


def _states() -> list[tuple[str, int, str]]:
    counts = dict(Guide.objects.order_by().values_list("state").annotate(Count("pk")))
    return [(state.label, counts.get(state.value, 0), _list(state=state.value)) for state in State]


def _columns() -> list[Column]:
    counts = Guide.objects.exclude(state=State.RETIRED).aggregate(
        **{f"from_{low}": Count("pk", filter=_between(low)) for low in range(0, 100, STEP)}
    )
    return columns([(f"{low} to {low + STEP}%", counts[f"from_{low}"]) for low in range(0, 100, STEP)])


def _between(low: int) -> Q:
    """The last column holds 100 too."""
    return Q(filled__gte=low, filled__lt=low + STEP if low + STEP < 100 else 101)


def columns(counts: Iterable[tuple[str, int]]) -> list[Column]:
    """Columns of a drawing WIDTH wide and HEIGHT high, with a gap between them; the highest count fills the height."""
    rows = list(counts)
    top = max((count for _, count in rows), default=0) or 1
    width = WIDTH / len(rows)
    return [
        Column(
            label,
            count,
            round(place * width, 2),
            round(HEIGHT - HEIGHT * count / top, 2),
            round(width * 0.8, 2),
            round(HEIGHT * count / top, 2),
        )
        for place, (label, count) in enumerate(rows)
    ]
