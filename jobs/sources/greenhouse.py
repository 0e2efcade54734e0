"""Greenhouse's job board API, https://developers.greenhouse.io/job-board.html (GET …/boards/{token}/jobs?content=true).

`content` is HTML that was escaped once more. `first_published` is when the job was posted; `updated_at` moves with any edit. Pay comes
with `pay_transparency=true` as ranges in cents whose period only their title tells ("Annual Salary").
"""

from collections.abc import Callable, Mapping
from typing import TypeVar

from jobs.listing import MAX_PLACE, Feed, Listing, Pay
from jobs.reading.dates import read_posted, read_until
from jobs.reading.pay import amount, pay_between, period_in
from jobs.reading.places import country_of_place, reach_in, read_workplace, workplace_in
from jobs.reading.words import kind_in_title, level_in_title, read_kind
from jobs.sources.envelope import employer_in, envelope_of
from jobs.sources.items import Item, Unusable, listings

T = TypeVar("T")

_WORKPLACE_FIELDS = {"location type", "workplace type", "workplace", "work location type", "remote status"}
_KIND_FIELDS = {"employment type", "job type", "time type", "employee type"}


def read(body: bytes, *, address: str) -> Feed:
    """Whole: a board's answer holds all its jobs, and `meta.total` counts them; with fewer in the list it was cut."""
    outer, jobs = envelope_of(body, "jobs")
    total = outer.get("meta", "total")
    is_whole = not (isinstance(total, int) and total > len(jobs))
    return Feed(items=listings(jobs, lambda job: _listing(job, address)), is_whole=is_whole)


def _listing(job: Item, address: str) -> Listing:
    title, place = job.title("title"), job.text("location", "name", limit=MAX_PLACE)
    fields = {field.text("name").lower(): field.get("value") for field in job.items("metadata")}
    whole_place = job.text("location", "name", limit=1000)
    workplace = _first(read_workplace, fields, _WORKPLACE_FIELDS) or workplace_in(whole_place)
    return Listing(
        external_id=job.external_id("id"),
        title=title,
        employer=_employer(job, address),
        apply_url=job.apply_url("absolute_url"),
        description=job.html("content"),
        place=place,
        place_country=country_of_place(whole_place),
        workplace=workplace,
        reach=reach_in(whole_place, workplace),
        kind=_first(read_kind, fields, _KIND_FIELDS) or kind_in_title(title),
        level=level_in_title(title),
        pay=_pay(job),
        posted=read_posted(job.get("first_published")),
        valid_through=read_until(job.get("application_deadline")),
        updated=read_posted(job.get("updated_at")),
    )


def _employer(job: Item, address: str) -> str:
    if not (employer := job.text("company_name") or employer_in(address, after="boards")):
        raise Unusable("neither it nor the source's address says who hires")
    return employer


def _pay(job: Item) -> Pay | None:
    """Only where there is one range: of several, each is for another place."""
    ranges = job.items("pay_input_ranges")
    if len(ranges) != 1:
        return None
    low, high = amount(ranges[0].get("min_cents")), amount(ranges[0].get("max_cents"))
    return pay_between(low and low / 100, high and high / 100, ranges[0].get("currency_type"), period_in(ranges[0].text("title")))


def _first(read_value: Callable[[object], T | None], fields: Mapping[str, object], names: set[str]) -> T | None:
    return next((found for name in sorted(names & fields.keys()) if (found := read_value(fields[name])) is not None), None)
