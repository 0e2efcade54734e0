"""Lever's postings API, https://github.com/lever/postings-api (GET …/v0/postings/{site}?mode=json).

The body of an ad is split over description, lists (a heading with bare list items) and additional. `createdAt` is in milliseconds.
"Permanent" as commitment tells nothing about hours. The site's name in the address is all that says who hires.
"""

from html import escape

from jobs.geography import country_of
from jobs.listing import MAX_PLACE, Feed, Listing, Pay, UnreadableFeed
from jobs.reading.dates import read_posted
from jobs.reading.pay import pay_between, period_of
from jobs.reading.places import country_of_place, reach_in, read_workplace
from jobs.reading.text import shortened
from jobs.reading.words import kind_in_title, level_in_title, read_kind
from jobs.sources.documents import json_of, kind_of, text_of
from jobs.sources.envelope import employer_in
from jobs.sources.items import Item, Unusable, listings


def read(body: bytes, *, address: str) -> Feed:
    """Whole, unless the address asks for a part with skip or limit."""
    text = text_of(body)
    document = json_of(text)
    if not isinstance(document, list):
        raise UnreadableFeed(f"Expected a list of postings and found {kind_of(text)} that is no list.")
    is_part = "limit=" in address or "skip=" in address
    return Feed(items=listings(document, lambda job: _listing(job, address)), is_whole=not is_part)


def _listing(job: Item, address: str) -> Listing:
    title = job.title("text")
    if not (employer := employer_in(address, after="postings")):
        raise Unusable("the source's address does not say who hires")
    places = _places(job)
    country = country_of(job.text("country"))
    workplace = read_workplace(job.get("workplaceType"))
    reach = reach_in("; ".join(places), workplace)
    return Listing(
        external_id=job.external_id("id"),
        title=title,
        employer=employer,
        apply_url=job.apply_url("hostedUrl"),
        description=_description(job),
        place=shortened("; ".join(places), MAX_PLACE),
        place_country=country if country and len(places) < 2 else country_of_place("; ".join(places)),
        workplace=workplace,
        reach=reach,
        kind=read_kind(job.get("categories", "commitment")) or kind_in_title(title),
        level=level_in_title(title),
        pay=_pay(job.inner("salaryRange")),
        posted=read_posted(job.get("createdAt")),
    )


def _places(job: Item) -> list[str]:
    named = job.get("categories", "allLocations")
    all_named = [Item({"name": one}).text("name") for one in named] if isinstance(named, list) else []
    return [place for place in all_named if place] or [place for place in [job.text("categories", "location")] if place]


def _pay(stated: Item) -> Pay | None:
    return pay_between(stated.get("min"), stated.get("max"), stated.get("currency"), period_of(stated.get("interval")))


def _description(job: Item) -> str:
    lists = [f"<h3>{escape(part.text('text'))}</h3><ul>{part.html('content')}</ul>" for part in job.items("lists")]
    return "\n".join([job.html("description"), *lists, job.html("additional")])
