"""Saved jobs side by side."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from functools import cached_property

from django.utils import timezone

from accounts.models import JobBookmark
from careers.comparison import Bar, joined
from careers.page.scale import Scale
from jobs.choices import Kind, Level, PayPeriod
from jobs.models import Job
from jobs.page import words
from jobs.page.guides import GuideFacts, shelf
from jobs.page.pay import PayLine, pay_line
from jobs.page.reach import reach
from kit.words import money

SHOWN_SKILLS = 8


@dataclass(frozen=True)
class Column:
    """One job; an empty string for what its ad does not say."""

    bookmark: JobBookmark
    guide: GuideFacts | None
    skills: frozenset[str]
    now: datetime

    @property
    def job(self) -> Job:
        return self.bookmark.shown

    @cached_property
    def pay(self) -> PayLine:
        return pay_line(self.job, self.guide)

    @property
    def bounds(self) -> tuple[Decimal, Decimal] | None:
        """Least and most; one amount is both."""
        least, most = self.job.pay_minimum, self.job.pay_maximum
        low, high = least if least is not None else most, most if most is not None else least
        return (low, high) if low is not None and high is not None else None

    @property
    def place(self) -> str:
        return words.place(self.job)

    @property
    def kind(self) -> str:
        return Kind(self.job.kind).label if self.job.kind else ""

    @property
    def level(self) -> str:
        return Level(self.job.level).label if self.job.level else ""

    @property
    def reach(self) -> str:
        found = reach(self.job)
        return found.words if found else ""

    @property
    def standing(self) -> str:
        """Whether one may still apply."""
        if not self.bookmark.is_public:
            return "Taken down"
        if not self.job.is_open:
            return "Closed"
        closes = words.closes(self.job, self.now)
        return f"Open. {closes.words}" if closes else "Open, no last day stated"


@dataclass(frozen=True)
class JobComparison:
    columns: tuple[Column, ...]

    @property
    def title(self) -> str:
        return joined([column.job.title for column in self.columns])

    @cached_property
    def scale(self) -> Scale | None:
        """Over all pay; None unless at least two state theirs, all in one currency and period, and it differs."""
        stated = [column for column in self.columns if column.bounds]
        if len(stated) < 2 or len({(column.job.pay_currency, column.job.pay_period) for column in stated}) > 1:
            return None
        ends = [end for column in stated for end in column.bounds or ()]
        low, high = int(min(ends)), int(-(-max(ends) // 1))
        return Scale.over(low, high) if low < high else None

    @property
    def scale_words(self) -> str:
        """The scale's ends, or why there is none."""
        if self.scale is None:
            return "not on one scale: that takes two that state pay in the same currency and period"
        job = next(column.job for column in self.columns if column.bounds)
        ends = f"{money(self.scale.low, job.pay_currency)} to {money(self.scale.high, job.pay_currency)}"
        return f"on one scale from {ends} {PayPeriod(job.pay_period).label}"

    @property
    def pay(self) -> list[tuple[Column, Bar | None]]:
        return [(column, self._bar(column)) for column in self.columns]

    def _bar(self, column: Column) -> Bar | None:
        if self.scale is None or column.bounds is None:
            return None
        low, high = map(float, column.bounds)
        return Bar(self.scale.x(low), self.scale.width(low, high), self.scale.x(low) if low == high else "")

    @cached_property
    def shared_skills(self) -> list[str]:
        return sorted(frozenset.intersection(*(column.skills for column in self.columns)), key=str.lower)

    @cached_property
    def own_skills(self) -> list[tuple[list[str], int]]:
        """For each job the skills that no other here names: the first few, and how many more there are."""
        own = [sorted(c.skills.difference(*(o.skills for o in self.columns if o is not c)), key=str.lower) for c in self.columns]
        return [(skills[:SHOWN_SKILLS], max(len(skills) - SHOWN_SKILLS, 0)) for skills in own]


def compared(bookmarks: Sequence[JobBookmark]) -> JobComparison:
    """Of rows from for_comparing(), in their order. One query more, for guides that this process has not met yet."""
    guides, now = shelf.among(bookmark.job.guide_id for bookmark in bookmarks), timezone.now()
    return JobComparison(tuple(Column(one, guides.get(one.job.guide_id or 0), _skills(one), now) for one in bookmarks))


def _skills(bookmark: JobBookmark) -> frozenset[str]:
    return frozenset(skill.name for skill in bookmark.job.skills.all()) if bookmark.is_public else frozenset(bookmark.then.skills)
