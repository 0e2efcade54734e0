"""What somebody's own applications say: how many led where, how often and how soon an answer came, and the weeks of work.

Nothing is claimed from fewer than ENOUGH applications: neither of all of them nor of one career.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property
from math import ceil
from statistics import median

from django.utils import timezone

from accounts.models import ApplicationEvent, User
from accounts.models.tracking_words import SENT, Status
from careers.models import GuideListing

ENOUGH = 5
WEEKS = 12
ANSWERS = (Status.INTERVIEWING, Status.OFFER, Status.ACCEPTED, Status.REJECTED)


@dataclass(frozen=True)
class Course:
    """One application that was sent: when, when the first answer came, and the furthest that it got to."""

    guide_id: int | None
    sent_at: datetime
    answered_at: datetime | None
    reached: frozenset[str]

    @property
    def days(self) -> int | None:
        return max((self.answered_at - self.sent_at).days, 0) if self.answered_at else None

    def got_to(self, *statuses: Status) -> bool:
        return bool(self.reached & set(statuses))


@dataclass(frozen=True)
class Stage:
    name: str
    count: int


@dataclass(frozen=True)
class OfCareer:
    """`days`: the middle of the days that answers took; None where fewer than ENOUGH came."""

    name: str
    sent: int
    answered: int
    days: int | None

    @property
    def percent(self) -> int:
        return round(100 * self.answered / self.sent)


@dataclass(frozen=True)
class Week:
    start: date
    sent: int


@dataclass(frozen=True)
class Insight:
    courses: Sequence[Course]
    careers: Sequence[OfCareer]
    few: int  # applications for careers with fewer than ENOUGH
    weeks: Sequence[Week]

    @property
    def sent(self) -> int:
        return len(self.courses)

    @property
    def is_enough(self) -> bool:
        return self.sent >= ENOUGH

    @property
    def missing(self) -> int:
        return max(ENOUGH - self.sent, 0)

    @cached_property
    def answered(self) -> int:
        return sum(course.answered_at is not None for course in self.courses)

    @property
    def percent(self) -> int:
        return round(100 * self.answered / self.sent) if self.sent else 0

    @cached_property
    def days(self) -> int | None:
        return middle(self.courses)

    @cached_property
    def funnel(self) -> list[Stage]:
        """Each stage counts what got there or beyond it."""
        offer = (Status.OFFER, Status.ACCEPTED)
        return [
            Stage("Applied", self.sent),
            Stage("Answered", self.answered),
            Stage("Interview", sum(course.got_to(Status.INTERVIEWING, *offer) for course in self.courses)),
            Stage("Offer", sum(course.got_to(*offer) for course in self.courses)),
            Stage("Accepted", sum(course.got_to(Status.ACCEPTED) for course in self.courses)),
        ]

    @property
    def interviews(self) -> int:
        return self.funnel[2].count

    @property
    def offers(self) -> int:
        return self.funnel[3].count

    @property
    def busiest(self) -> Week:
        return max(self.weeks, key=lambda week: week.sent)

    @property
    def lately(self) -> int:
        return sum(week.sent for week in self.weeks)


def insight(user: User) -> Insight:
    """Two queries."""
    courses = _courses(user)
    by_guide: dict[int | None, list[Course]] = defaultdict(list)
    for course in courses:
        by_guide[course.guide_id].append(course)
    enough = {guide: found for guide, found in by_guide.items() if guide is not None and len(found) >= ENOUGH}
    names = dict(GuideListing.objects.filter(guide__in=enough).values_list("guide_id", "title"))
    careers = [_career(names[guide], found) for guide, found in enough.items() if guide in names]
    few = len(courses) - sum(career.sent for career in careers)
    return Insight(courses, sorted(careers, key=lambda career: (-career.sent, career.name)), few, _weeks(courses))


def middle(courses: Iterable[Course]) -> int | None:
    """Within so many whole days half of the first answers came; None where fewer than ENOUGH answers did."""
    days = [course.days for course in courses if course.days is not None]
    return ceil(median(days)) if len(days) >= ENOUGH else None


def _courses(user: User) -> list[Course]:
    events = ApplicationEvent.objects.standing().filter(application__user=user, application__removed_at=None, status__in=SENT)
    rows = events.in_order().values_list("application_id", "application__guide_id", "status", "happened_at")
    history: dict[int, list[tuple[str, datetime]]] = defaultdict(list)
    guides: dict[int, int | None] = {}
    for application, guide, status, happened_at in rows:
        history[application].append((status, happened_at))
        guides[application] = guide
    return [_course(guides[application], entries) for application, entries in history.items()]


def _course(guide_id: int | None, entries: Sequence[tuple[str, datetime]]) -> Course:
    """`entries` in order. One that was written down only later counts from its first entry."""
    applied = [at for status, at in entries if status == Status.APPLIED]
    sent_at = applied[0] if applied else entries[0][1]
    answers = [at for status, at in entries if status in ANSWERS and at >= sent_at]
    return Course(guide_id, sent_at, answers[0] if answers else None, frozenset(status for status, _ in entries))


def _career(name: str, courses: Sequence[Course]) -> OfCareer:
    return OfCareer(name, len(courses), sum(course.answered_at is not None for course in courses), middle(courses))


def _weeks(courses: Iterable[Course]) -> list[Week]:
    """The last WEEKS weeks, this one included, each from its Monday where the reader lives."""
    today = timezone.localdate()
    this = today - timedelta(days=today.weekday())
    sent = Counter(_monday(timezone.localdate(course.sent_at)) for course in courses)
    starts = [this - timedelta(weeks=back) for back in reversed(range(WEEKS))]
    return [Week(start, sent[start]) for start in starts]


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())
