"""Arbeitnow's JSON API, https://www.arbeitnow.com/api/job-board-api: jobs in Germany mostly, texts in German and English.

It states no pay. `job_types` mixes hours and experience ("Vollzeit", "berufserfahren"); `remote` false says that one works on site
or hybrid, which of the two it does not say.
"""

from jobs.choices import Workplace
from jobs.listing import MAX_PLACE, Feed, Listing
from jobs.reading.dates import read_posted
from jobs.reading.places import country_of_place, reach_in
from jobs.reading.words import kind_in_title, level_in_title, read_kind, read_level
from jobs.sources.envelope import envelope_of
from jobs.sources.items import Item, listings, skills_of
from jobs.sources.paging import same_host


def read(body: bytes, *, address: str) -> Feed:
    """Not whole: pages of a hundred, newest first, while jobs come in between one page and the next."""
    outer, jobs = envelope_of(body, "data")
    return Feed(
        items=listings(jobs, _listing),
        is_whole=False,
        more=same_host(outer.get("links", "next"), address),
        attribution="Arbeitnow",
    )


def _listing(job: Item) -> Listing:
    title, place = job.title("title"), job.text("location", limit=MAX_PLACE)
    workplace = Workplace.REMOTE if job.get("remote") is True else None
    return Listing(
        external_id=job.external_id("slug"),
        title=title,
        employer=job.employer("company_name"),
        apply_url=job.apply_url("url"),
        description=job.html("description"),
        place=place,
        place_country=country_of_place(place),
        workplace=workplace,
        reach=reach_in(place, workplace),
        kind=read_kind(job.get("job_types")) or kind_in_title(title),
        level=read_level(job.get("job_types")) or level_in_title(title),
        skills=skills_of(job.get("tags")),
        posted=read_posted(job.get("created_at")),
    )
