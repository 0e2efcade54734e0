"""Remotive's JSON API, https://github.com/remotive-com/remote-jobs-api.

Its documentation calls `salary` "usually a yearly salary range, in USD": that is what a text without currency or period means here.
"""

from jobs.choices import PayPeriod, Workplace
from jobs.geography import read_reach
from jobs.listing import MAX_PLACE, Feed, Listing
from jobs.reading.dates import read_posted
from jobs.reading.pay import read_pay_text
from jobs.reading.words import kind_in_title, level_in_title, read_kind
from jobs.sources.envelope import envelope_of
from jobs.sources.items import Item, listings, skills_of


def read(body: bytes, *, address: str) -> Feed:
    """Not whole: the documentation promises all active jobs, but since 2025 the public answer holds about twenty, the latest."""
    _, jobs = envelope_of(body, "jobs")
    return Feed(items=listings(jobs, _listing), is_whole=False, attribution="Remotive")


def _listing(job: Item) -> Listing:
    title = job.title("title")
    return Listing(
        external_id=job.external_id("id"),
        title=title,
        employer=job.employer("company_name"),
        apply_url=job.apply_url("url"),
        description=job.html("description"),
        place=job.text("candidate_required_location", limit=MAX_PLACE),
        workplace=Workplace.REMOTE,
        reach=read_reach(job.get("candidate_required_location")),
        kind=read_kind(job.get("job_type")) or kind_in_title(title),
        level=level_in_title(title),
        pay=read_pay_text(job.get("salary"), currency="USD", period=PayPeriod.YEAR),
        skills=skills_of(job.get("tags")),
        posted=read_posted(job.get("publication_date")),
    )
