"""Himalayas' JSON API, https://himalayas.app/docs/remote-jobs-api; fields: https://himalayas.app/docs/data-dictionary.

Dates are Unix time, seconds in practice, milliseconds by the dictionary. Answers before mid 2026 have no salaryPeriod; the dictionary says
that pay is then yearly. All its jobs are remote; no locationRestrictions means that people everywhere may apply.
"""

from jobs.choices import PayPeriod, Workplace
from jobs.geography import read_reach
from jobs.listing import MAX_PLACE, Feed, Listing, Pay, Reach
from jobs.reading.dates import read_posted, read_until
from jobs.reading.pay import pay_between, period_of
from jobs.reading.text import shortened
from jobs.reading.words import kind_in_title, level_in_title, read_kind, read_level
from jobs.sources.envelope import envelope_of
from jobs.sources.items import Item, listings
from jobs.sources.paging import with_query


def read(body: bytes, *, address: str) -> Feed:
    """Not whole: twenty of some hundred thousand a page, newest first."""
    outer, jobs = envelope_of(body, "jobs")
    return Feed(items=listings(jobs, _listing), is_whole=False, more=_more(outer, len(jobs), address), attribution="Himalayas")


def _more(outer: Item, count: int, address: str) -> str:
    offset, limit, total = outer.get("offset"), outer.get("limit"), outer.get("totalCount")
    if not (isinstance(offset, int) and isinstance(limit, int) and isinstance(total, int) and address and count):
        return ""
    return with_query(address, offset=offset + count, limit=limit) if offset >= 0 and offset + count < total and limit > 0 else ""


def _listing(job: Item) -> Listing:
    title = job.title("title")
    where = _where(job)
    return Listing(
        external_id=job.external_id("guid"),
        title=title,
        employer=job.employer("companyName"),
        apply_url=job.apply_url("applicationLink"),
        description=job.html("description") or job.html("excerpt"),
        place=shortened(", ".join(where), MAX_PLACE),
        workplace=Workplace.REMOTE,
        reach=Reach(anywhere=True) if job.get("locationRestrictions") == [] else read_reach(where),
        kind=read_kind(job.get("employmentType")) or kind_in_title(title),
        level=read_level(job.get("seniority")) or level_in_title(title),
        pay=_pay(job),
        posted=read_posted(job.get("pubDate")),
        valid_through=read_until(job.get("expiryDate")),
    )


def _where(job: Item) -> list[str]:
    """Names of countries; the dictionary also allows objects that have one."""
    value = job.get("locationRestrictions")
    restrictions = value if isinstance(value, list) else []
    return [name for one in restrictions if (name := Item({"name": one}).text("name") or Item(one).text("name"))]


def _pay(job: Item) -> Pay | None:
    period = period_of(job.get("salaryPeriod")) if "salaryPeriod" in job.fields else PayPeriod.YEAR
    return pay_between(job.get("minSalary"), job.get("maxSalary"), job.get("currency"), period)
