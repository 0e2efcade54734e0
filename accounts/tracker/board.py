"""Board and table: the same applications with what stands on a card. The number of queries does not grow with them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.core.paginator import Page, Paginator
from django.db.models import Count, Max
from django.utils import timezone

from accounts.models import ApplicationEvent, ApplicationTask, Interview, TrackedApplication, User
from accounts.models.tracking_words import Status
from accounts.tracker.query import LANE, MOST_IN_LANE, SORTS, TrackerQuery

PER_PAGE = 50


@dataclass(frozen=True)
class NextStep:
    """`when`: a moment for interviews, a day for tasks, None for a task without one."""

    words: str
    when: datetime | date | None
    is_late: bool = False

    @property
    def is_moment(self) -> bool:
        return isinstance(self.when, datetime)


@dataclass(frozen=True)
class Ticket:
    """`seen`: the number of the last event, for its form."""

    application: TrackedApplication
    next: NextStep | None
    seen: int


@dataclass(frozen=True)
class Lane:
    status: Status
    count: int
    tickets: Sequence[Ticket]
    more_url: str  # empty when all are shown
    more: int  # how many that shows; zero when it leads to the table


def counts(user: User) -> dict[Status, int]:
    """One query, answered from an index."""
    rows = user.tracked.kept().order_by().values_list("status").annotate(count=Count("pk"))
    return {Status(status): count for status, count in rows}


def lanes(user: User, query: TrackerQuery) -> list[Lane]:
    """Five queries: counts, the newest of each status, and next tasks, interviews and events of those."""
    most = max(query.limit_of(status) for status in Status)
    rows = user.tracked.kept().light().newest_of_each(most)
    of_status: dict[str, list[TrackedApplication]] = {}
    for row in rows:
        if row.rank <= query.limit_of(Status(row.status)):
            of_status.setdefault(row.status, []).append(row)
    tickets = {ticket.application.pk: ticket for ticket in with_next([row for found in of_status.values() for row in found])}
    total = counts(user)
    return [_lane(status, total.get(status, 0), [tickets[row.pk] for row in of_status.get(status, [])], query) for status in Status]


def table(user: User, query: TrackerQuery, page: str | None) -> tuple[Page[TrackedApplication], list[Ticket]]:
    """Five queries."""
    found = Paginator(query.apply(user.tracked.kept().light()), PER_PAGE).get_page(page)
    return found, with_next(list(found))


def with_next(applications: Iterable[TrackedApplication]) -> list[Ticket]:
    """In the same order. Three queries."""
    rows = list(applications)
    ids = [row.pk for row in rows]
    seen = dict(ApplicationEvent.objects.filter(application__in=ids).order_by().values_list("application").annotate(last=Max("pk")))
    steps = next_steps(ids)
    return [Ticket(row, steps.get(row.pk), seen[row.pk]) for row in rows]


def next_steps(ids: Sequence[int]) -> dict[int, NextStep]:
    """Number of an application -> its next interview or open task, whichever comes first. Two queries."""
    now, today = timezone.now(), timezone.localdate()
    found: dict[int, tuple[date, NextStep]] = {}

    def offer(application: int, day: date, step: NextStep) -> None:
        if application not in found or day < found[application][0]:
            found[application] = (day, step)

    for meeting in Interview.objects.kept().filter(application__in=ids, starts_at__gte=now).order_by("-starts_at"):
        offer(meeting.application_id, timezone.localdate(meeting.starts_at), NextStep(meeting.get_kind_display(), meeting.starts_at))
    for task in ApplicationTask.objects.kept().open().filter(application__in=ids).next_first():
        late = task.due_on is not None and task.due_on < today
        offer(task.application_id, task.due_on or date.max, NextStep(task.text, task.due_on, late))
    return {application: step for application, (_, step) in found.items()}


def sort_choices() -> list[tuple[str, str]]:
    return [(name, label) for name, (label, _) in SORTS.items()]


def _lane(status: Status, count: int, tickets: Sequence[Ticket], query: TrackerQuery) -> Lane:
    left = count - len(tickets)
    if left <= 0:
        return Lane(status, count, tickets, "", 0)
    if len(tickets) >= MOST_IN_LANE:
        return Lane(status, count, tickets, TrackerQuery(is_table=True, status=status).url(), 0)
    url = query.url(lane=status, shown=min(len(tickets) + LANE, MOST_IN_LANE))
    return Lane(status, count, tickets, url, min(left, LANE))
