"""We Work Remotely's RSS, https://weworkremotely.com/remote-job-rss-feed: "Company: Job" as title, tags of its own without a namespace.

`state` is where the employer sits. `region` says where applicants live ("Anywhere in the World", "USA Only"), `country` does when
there is no such region. It states no pay.
"""

from jobs.choices import Workplace
from jobs.geography import read_reach
from jobs.listing import MAX_EMPLOYER, MAX_PLACE, MAX_TITLE, Feed, Listing, Reach
from jobs.reading.dates import read_posted, read_until
from jobs.reading.text import shortened
from jobs.reading.words import kind_in_title, level_in_title, read_kind
from jobs.sources.documents import rss_items_of
from jobs.sources.items import Item, Unusable, listings, skills_of


def read(body: bytes, *, address: str) -> Feed:
    """Not whole: a feed has the latest jobs, a hundred at most."""
    return Feed(items=listings(rss_items_of(body), _listing), is_whole=False, attribution="We Work Remotely")


def _listing(job: Item) -> Listing:
    employer, title = _employer_and_title(job)
    place = job.text("region") or job.text("country")
    return Listing(
        external_id=job.external_id("guid"),
        title=title,
        employer=employer,
        apply_url=job.apply_url("link"),
        description=job.html("description"),
        place=shortened(place, MAX_PLACE),
        workplace=Workplace.REMOTE,
        reach=_reach(job),
        kind=read_kind(job.get("type")) or kind_in_title(title),
        level=level_in_title(title),
        skills=skills_of(job.html("skills").split(",")),
        posted=read_posted(job.get("pubDate")),
        valid_through=read_until(job.get("expires_at")),
    )


def _employer_and_title(job: Item) -> tuple[str, str]:
    employer, colon, title = job.needed("title", what="title", limit=MAX_EMPLOYER + MAX_TITLE).partition(": ")
    if not colon or not employer.strip() or not title.strip():
        raise Unusable('its title is not "employer: job"')
    return shortened(employer.strip(), MAX_EMPLOYER), shortened(title.strip(), MAX_TITLE)


def _reach(job: Item) -> Reach:
    by_region = read_reach(job.get("region"))
    return by_region if by_region != Reach() else read_reach(job.get("country"))
