"""Jobicy's JSON API, https://jobicy.com/jobs-rss-feed: versions 2.0 (2024) to 2.2.14 and later (2026).

2.0 states yearly pay as text under annualSalaryMin and annualSalaryMax, later versions numbers under salaryMin and salaryMax with a
salaryPeriod. Dates without a zone are UTC. All its jobs are remote; jobGeo says where applicants live.
"""

from jobs.choices import PayPeriod, Workplace
from jobs.geography import read_reach
from jobs.listing import MAX_PLACE, Feed, Listing, Pay
from jobs.reading.dates import read_posted
from jobs.reading.pay import pay_between, period_of
from jobs.reading.words import level_in_title, read_kind, read_level
from jobs.sources.envelope import envelope_of
from jobs.sources.items import Item, listings


def read(body: bytes, *, address: str) -> Feed:
    """Not whole: the API gives the latest jobs, at most 100, so what is missing may only be older."""
    _, jobs = envelope_of(body, "jobs")
    return Feed(items=listings(jobs, _listing), is_whole=False, attribution="Jobicy")


def _listing(job: Item) -> Listing:
    title = job.title("jobTitle")
    return Listing(
        external_id=job.external_id("id"),
        title=title,
        employer=job.employer("companyName"),
        apply_url=job.apply_url("url"),
        description=job.html("jobDescription") or job.html("jobExcerpt"),
        place=job.text("jobGeo", limit=MAX_PLACE),
        workplace=Workplace.REMOTE,
        reach=read_reach(job.get("jobGeo")),
        kind=read_kind(job.get("jobType")),
        level=read_level(job.get("jobLevel")) or level_in_title(title),
        pay=_pay(job),
        posted=read_posted(job.get("pubDate")),
    )


def _pay(job: Item) -> Pay | None:
    currency = job.get("salaryCurrency")
    if job.get("annualSalaryMin") or job.get("annualSalaryMax"):
        return pay_between(job.get("annualSalaryMin"), job.get("annualSalaryMax"), currency, PayPeriod.YEAR)
    return pay_between(job.get("salaryMin"), job.get("salaryMax"), currency, period_of(job.get("salaryPeriod")))
