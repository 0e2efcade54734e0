"""Ashby's job board API, https://developers.ashbyhq.com/docs/public-job-posting-api (GET …/job-board/{name}?includeCompensation=true).

Pay is in `compensation`. On-target earnings are no base pay; jobs whose tiers are, have no pay here. `isListed` false is not on offer.
"""

from jobs.choices import Workplace
from jobs.geography import country_of
from jobs.listing import MAX_PLACE, Feed, Listing, Pay
from jobs.reading.dates import read_posted
from jobs.reading.pay import pay_between, period_of
from jobs.reading.places import country_of_place, reach_in, read_workplace, workplace_in
from jobs.reading.text import shortened
from jobs.reading.words import kind_in_title, level_in_title, read_kind
from jobs.sources.envelope import employer_in, envelope_of
from jobs.sources.items import Item, Unusable, listings


def read(body: bytes, *, address: str) -> Feed:
    """Whole: a board's answer holds all its jobs."""
    _, jobs = envelope_of(body, "jobs")
    return Feed(items=listings(jobs, lambda job: _listing(job, address)), is_whole=True)


def _listing(job: Item, address: str) -> Listing | None:
    if job.get("isListed") is False:
        return None
    if not (employer := employer_in(address, after="job-board")):
        raise Unusable("the source's address does not say who hires")
    title = job.title("title")
    places = _places(job)
    workplace = _workplace(job, places)
    return Listing(
        external_id=job.external_id("id"),
        title=title,
        employer=employer,
        apply_url=job.apply_url("jobUrl"),
        description=job.html("descriptionHtml") or job.html("descriptionPlain"),
        place=shortened(places, MAX_PLACE),
        place_country=_country(job, places),
        workplace=workplace,
        reach=reach_in(places, workplace),
        kind=read_kind(job.get("employmentType")) or kind_in_title(title),
        level=level_in_title(title),
        pay=_pay(job),
        posted=read_posted(job.get("publishedAt")),
    )


def _places(job: Item) -> str:
    named = [job.text("location"), *(place.text("location") for place in job.items("secondaryLocations"))]
    return "; ".join(dict.fromkeys(place for place in named if place))


def _country(job: Item, places: str) -> str:
    """Of the address, unless there are more places than that one."""
    stated = country_of(job.text("address", "postalAddress", "addressCountry"))
    return stated if stated and not job.items("secondaryLocations") else country_of_place(places)


def _workplace(job: Item, places: str) -> Workplace | None:
    stated = read_workplace(job.get("workplaceType"))
    return stated or (Workplace.REMOTE if job.get("isRemote") is True else workplace_in(places))


def _pay(job: Item) -> Pay | None:
    if job.get("shouldDisplayCompensationOnJobPostings") is False:
        return None
    tiers = [part for tier in job.items("compensation", "compensationTiers") for part in tier.items("components")]
    salaries = [part for part in job.items("compensation", "summaryComponents") if part.get("compensationType") == "Salary"]
    if len(salaries) != 1 or any("OTE" in part.text("summary") or "n-target" in part.text("summary") for part in tiers):
        return None
    stated = salaries[0]
    return pay_between(stated.get("minValue"), stated.get("maxValue"), stated.get("currencyCode"), period_of(stated.get("interval")))
