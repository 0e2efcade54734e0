"""One object with all that the page of a job shows."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from django.conf import settings
from django.utils import timezone
from django.utils.safestring import SafeString

from careers.structured import Data
from jobs import links
from jobs.choices import Ending, State
from jobs.geography.words import country_name, without_article
from jobs.models import Job
from jobs.page import words
from jobs.page.card import Card
from jobs.page.description import shown
from jobs.page.evidence import Evidence, evidence
from jobs.page.guides import GuideFacts, shelf
from jobs.page.pay import PayLine, pay_line
from jobs.page.reach import Reach, reach
from jobs.page.similar import similar
from jobs.page.skills import NamedSkills, named_skills
from jobs.page.words import When
from jobs.structured import job_data


@dataclass(frozen=True)
class JobPage:
    """`job` comes from `for_page()`. `guide` is None where it belongs to none that is published."""

    job: Job
    guide: GuideFacts | None
    skills: NamedSkills
    evidence: Evidence
    similar: Sequence[Card]
    now: datetime

    # --- where it stands
    @property
    def is_held(self) -> bool:
        return self.job.state == State.HELD

    @property
    def is_closed(self) -> bool:
        """Also in the minutes between its last day and the task that closes it."""
        return not self.is_open and not self.is_held

    @property
    def is_open(self) -> bool:
        return self.job.is_open

    @property
    def closed(self) -> str:
        """Why nobody can apply, for the notice. Empty while it is open."""
        job = self.job
        if not self.is_closed:
            return ""
        if job.valid_through and job.valid_through < self.now and job.ending in {"", Ending.OVER}:
            return f"Its last day was {words.date(job.valid_through)}."
        return f"This job closed on {words.date(job.closed_at)}." if job.closed_at else "This job is closed."

    @property
    def url(self) -> str:
        return f"{settings.SITE_URL}{self.job.get_absolute_url()}"

    @property
    def first(self) -> Job | None:
        """For a duplicate the ad that stands for both, where it has a page; search engines are sent there."""
        first = self.job.duplicate_of
        return first if first and first.state in {State.OPEN, State.CLOSED} else None

    @property
    def canonical(self) -> str:
        return f"{settings.SITE_URL}{self.first.get_absolute_url()}" if self.first else self.url

    @cached_property
    def trail(self) -> list[tuple[str, str]]:
        """Names and addresses above this page."""
        found = [("Jobs", links.all_jobs())]
        return [*found, (self.guide.title, links.jobs_of_guide(self.guide.slug))] if self.guide else found

    @property
    def structured(self) -> list[Data]:
        return job_data(self.job, self.trail) if self.is_open else []

    # --- what it says
    @property
    def org(self) -> str:
        """The line of the employer, for titles: Kite Works, Columbus, OH"""
        return ", ".join(filter(None, [self.job.employer.name, words.where(self.job)]))

    @property
    def kinds(self) -> str:
        return words.kinds(self.job)

    @property
    def country(self) -> str:
        """Of the place of work, where its words do not name it."""
        name = without_article(country_name(self.job.place_country)) if self.job.place_country else ""
        return "" if name and name.lower() in self.job.place.lower() else name

    @cached_property
    def reach(self) -> Reach | None:
        return reach(self.job)

    @cached_property
    def pay(self) -> PayLine:
        return pay_line(self.job, self.guide)

    @property
    def posted(self) -> When:
        return words.posted(self.job, self.now)

    @property
    def closes(self) -> When | None:
        return words.closes(self.job, self.now) if self.is_open else None

    @property
    def is_new(self) -> bool:
        return self.is_open and words.is_new(self.job, self.now)

    @property
    def is_closing_soon(self) -> bool:
        return words.is_closing_soon(self.job, self.now)

    @property
    def is_featured(self) -> bool:
        return self.is_open and self.job.featured_until is not None and self.job.featured_until > self.now

    @property
    def description(self) -> SafeString:
        return shown(self.job)

    @property
    def jobs_of_guide(self) -> str:
        return links.jobs_of_guide(self.guide.slug) if self.guide else ""


def job_page(job: Job) -> JobPage:
    """At most eight queries: skills of the ad and of its guide, the guide, evidence twice, and similar jobs thrice."""
    skills = named_skills(job)
    return JobPage(
        job=job,
        guide=shelf.among([job.guide_id]).get(job.guide_id or 0),
        skills=skills,
        evidence=evidence(job),
        similar=similar(job, skills.ids),
        now=timezone.now(),
    )
