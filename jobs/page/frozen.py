"""An ad as somebody saw it: taken down as data that stands by itself, and read again when the job has changed or is gone."""

import html
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from functools import cached_property
from typing import Any

from django.utils.dateparse import parse_datetime
from django.utils.safestring import SafeString

from jobs.models import Employer, Job
from jobs.page import words
from jobs.page.description import shown
from jobs.page.reach import Reach, reach

SHAPE = 1  # of the data; a later one must still read the earlier
PLAIN = ("title", "place", "place_country", "workplace", "anywhere", "countries", "regions", "kind", "level", "pay_currency", "pay_period",
         "year_minimum", "year_maximum", "description", "summary", "apply_url", "apply_email")  # fmt: skip
AMOUNTS = ("pay_minimum", "pay_maximum")
MOMENTS = ("posted_at", "valid_through", "first_seen_at")
_BLOCK_END = re.compile(r"</(?:p|li|h3|h4|ul|ol)>|<br>")
_TAG = re.compile(r"<[^<>]*>")


def freeze(job: Job, *, skills: Iterable[str] | None = None) -> dict[str, Any]:
    """All that the page of a job says of the ad, as JSON: amounts as decimal text, moments in ISO 8601, the description as the
    cleaned HTML that we show and as plain text. `skills`: names that the ad asks for; where they are left out, they are asked
    of the database. Employer, source and guide of the job should be loaded.
    """
    names = skills if skills is not None else job.skills.order_by("name").values_list("name", flat=True)
    return {
        "shape": SHAPE,
        "job": job.pk,
        "address": job.get_absolute_url(),
        "employer": job.employer.name,
        "employer_website": job.employer.website,
        "source": job.source.attribution or job.source.name,
        "guide": job.guide.slug if job.guide else "",
        "skills": list(names),
        "text": plain(job.description),
        **{name: getattr(job, name) for name in PLAIN},
        **{name: _amount(getattr(job, name)) for name in AMOUNTS},
        **{name: _moment(getattr(job, name)) for name in MOMENTS},
    }


def plain(description: str) -> str:
    """Cleaned HTML as text, a line for each block."""
    lines = html.unescape(_TAG.sub("", _BLOCK_END.sub("\n", description))).splitlines()
    return "\n".join(line for line in (" ".join(line.split()) for line in lines) if line)


def thaw(data: dict[str, Any]) -> Job:
    """The job as it was then: a row that is not in the database and must not be saved."""
    values = {name: data[name] for name in PLAIN if name in data}
    values |= {name: Decimal(data[name]) for name in AMOUNTS if data.get(name)}
    values |= {name: parse_datetime(data[name]) for name in MOMENTS if data.get(name)}
    return Job(employer=Employer(name=data["employer"], website=data.get("employer_website", "")), **values)


@dataclass(frozen=True)
class FrozenAd:
    """A frozen ad in words, for pages."""

    data: dict[str, Any]

    @cached_property
    def job(self) -> Job:
        return thaw(self.data)

    @property
    def title(self) -> str:
        return self.job.title

    @property
    def employer(self) -> str:
        return self.job.employer.name

    @property
    def pay(self) -> str:
        return words.pay(self.job)

    @property
    def yearly(self) -> str:
        return words.yearly(self.job)

    @property
    def place(self) -> str:
        return words.place(self.job)

    @property
    def kinds(self) -> str:
        return words.kinds(self.job)

    @property
    def reach(self) -> Reach | None:
        return reach(self.job)

    @property
    def skills(self) -> list[str]:
        return list(self.data.get("skills", []))

    @property
    def source(self) -> str:
        return str(self.data.get("source", ""))

    @property
    def description(self) -> SafeString:
        return shown(self.job)


@dataclass(frozen=True)
class Change:
    """`what` opens a sentence: "Pay"."""

    what: str
    was: str
    now: str


def changes(then: Job, now: Job) -> list[Change]:
    """What differs in what people decide by: title, pay, place, and how one works. In words, so that only what can be seen counts."""
    pairs = [
        Change("Title", then.title, now.title),
        Change("Pay", words.pay(then), words.pay(now)),
        Change("Place", words.place(then), words.place(now)),
    ]
    return [pair for pair in pairs if pair.was != pair.now]


def _amount(value: Decimal | None) -> str | None:
    return None if value is None else format(Decimal(value), "f")


def _moment(value: datetime | None) -> str | None:
    return None if value is None else value.isoformat()
