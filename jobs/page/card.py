"""A job in a list: what stands on its card."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cached_property

from django.utils import timezone

from jobs.choices import Kind, Level, Workplace
from jobs.models import Job
from jobs.page import words
from jobs.page.guides import GuideFacts, shelf
from jobs.page.pay import PayLine, pay_line
from jobs.page.words import When


@dataclass(frozen=True)
class Tag:
    """`css`: class of the tag beside "tag"; empty for a plain one."""

    words: str
    css: str = ""


@dataclass(frozen=True)
class Card:
    """`job` comes from `for_cards()`. What depends on the reader is empty here and filled in by `for_reader`:
    `is_seen` (was opened before), `is_new_to_you` (came since the last visit), `applied_on`.
    """

    job: Job
    guide: GuideFacts | None
    now: datetime
    is_seen: bool = False
    is_new_to_you: bool = False
    applied_on: date | None = None

    @classmethod
    def of(cls, job: Job, guide: GuideFacts | None = None, *, now: datetime | None = None) -> "Card":
        return cls(job, guide, now or timezone.now())

    def for_reader(self, *, is_seen: bool = False, is_new_to_you: bool = False, applied_on: date | None = None) -> "Card":
        return replace(self, is_seen=is_seen, is_new_to_you=is_new_to_you, applied_on=applied_on)

    @property
    def url(self) -> str:
        return self.job.get_absolute_url()

    @property
    def employer(self) -> str:
        return self.job.employer.name

    @property
    def org(self) -> str:
        """Kite Works · Columbus, OH"""
        return " · ".join(filter(None, [self.employer, words.where(self.job)]))

    @cached_property
    def pay(self) -> PayLine:
        return pay_line(self.job, self.guide)

    @property
    def tags(self) -> Sequence[Tag]:
        job = self.job
        found = [
            Tag("Featured", "tag--sign") if job.featured_until and job.featured_until > self.now else None,
            Tag("Closed") if not job.is_open else None,
            Tag("New", "tag--sign") if job.is_open and words.is_new(job, self.now) else None,
            Tag("Closing soon", "tag--bad") if words.is_closing_soon(job, self.now) else None,
            Tag(Workplace(job.workplace).label) if job.workplace else None,
            Tag(Kind(job.kind).label) if job.kind else None,
            Tag(Level(job.level).label) if job.level else None,
        ]
        return [tag for tag in found if tag]

    @property
    def when(self) -> When:
        """The last day where that is near, else the day of posting."""
        closes = words.closes(self.job, self.now)
        return closes if closes and words.is_closing_soon(self.job, self.now) else words.posted(self.job, self.now)


def cards(jobs: Iterable[Job]) -> list[Card]:
    """Of jobs from `for_cards()`, in their order. One query more, for guides that this process has not met yet."""
    rows, now = list(jobs), timezone.now()
    guides = shelf.among(job.guide_id for job in rows)
    return [Card(job, guides.get(job.guide_id or 0), now) for job in rows]
