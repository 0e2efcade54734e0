"""Our own format, JSON or CSV, as docs/job-feeds.md describes it, and crawls of many boards in one list of {company, title, url, …}."""

from typing import Any

from jobs.choices import Workplace
from jobs.geography import country_of, read_reach
from jobs.listing import MAX_EMPLOYER, MAX_PLACE, Feed, Listing, Reach, UnreadableFeed
from jobs.reading.dates import read_posted, read_until
from jobs.reading.pay import pay_between, period_of
from jobs.reading.places import country_of_place, reach_in, read_workplace, workplace_in
from jobs.reading.text import one_line
from jobs.reading.words import kind_in_title, level_in_title, read_kind, read_level
from jobs.sources.documents import json_of, kind_of, rows_of, text_of
from jobs.sources.items import Item, Unusable, listings, skills_of

_NEEDED = {"id", "title", "employer"}
_ONE_OF = {"apply_url", "apply_email"}


def read(body: bytes, *, address: str) -> Feed:
    """Whole, unless a JSON file says `"is_whole": false`."""
    text = text_of(body)
    if text.lstrip()[:1] in {"[", "{"}:
        return _from_json(json_of(text))
    if text.lstrip()[:1] in {"<", ""}:
        raise UnreadableFeed(f"Expected our own JSON or CSV and found {kind_of(text)}.")
    rows = rows_of(text)
    if not rows or not rows[0].keys() >= _NEEDED or not rows[0].keys() & _ONE_OF:
        raise UnreadableFeed("The CSV needs a header with id, title, employer, apply_url or apply_email, and at least one row.")
    return Feed(items=listings(rows, _from_row), is_whole=True)


def _from_json(document: Any) -> Feed:
    jobs = document.get("jobs") if isinstance(document, dict) else document
    if not isinstance(jobs, list):
        raise UnreadableFeed('Expected a list of jobs, or an object with a list "jobs".')
    is_whole = not (isinstance(document, dict) and document.get("is_whole") is False)
    attribution = Item(document).text("attribution", limit=120)
    return Feed(items=listings(jobs, _listing), is_whole=is_whole, attribution=attribution)


def _from_row(row: Item) -> Listing:
    fields: dict[Any, Any] = dict(row.fields)
    if None in fields:
        raise Unusable("its row has more fields than the header")
    if None in fields.values():
        raise Unusable("its row has fewer fields than the header")
    lists = {name: [one.strip() for one in fields[name].split(";")] for name in ("skills", "reach") if name in fields}
    return _listing(Item({name: value.strip() for name, value in fields.items()} | lists))


def _listing(job: Item) -> Listing:
    """`company`, `url` and `location` are read as employer, apply_url and place: so crawls of boards call them.

    With `apply_email` the job takes applications through our form and needs no address.
    """
    title = job.title("title")
    place = one_line(job.get("place") or job.get("location"), 1000)
    employer = one_line(job.get("employer") or job.get("company"), MAX_EMPLOYER)
    workplace = read_workplace(job.get("workplace")) or workplace_in(place)
    if not employer:
        raise Unusable("it has no employer")
    email = job.apply_email("apply_email")
    address = "apply_url" if job.get("apply_url") else "url"
    return Listing(
        external_id=job.external_id("id"),
        title=title,
        employer=employer,
        apply_url=job.apply_url(address) if job.get(address) or not email else "",
        description=job.html("description"),
        place=one_line(place, MAX_PLACE),
        place_country=country_of(job.text("country")) or country_of_place(place),
        workplace=workplace,
        reach=_reach(job, place, workplace),
        kind=read_kind(job.get("kind")) or kind_in_title(title),
        level=read_level(job.get("level")) or level_in_title(title),
        pay=pay_between(job.get("pay_minimum"), job.get("pay_maximum"), job.get("pay_currency"), period_of(job.get("pay_period"))),
        skills=skills_of(job.get("skills")),
        posted=read_posted(job.get("posted")),
        valid_through=read_until(job.get("valid_through")),
        updated=read_posted(job.get("updated") or job.get("updated_at")),
        apply_email=email,
    )


def _reach(job: Item, place: str, workplace: Workplace | None) -> Reach:
    stated = read_reach(job.get("reach"))
    return stated if stated != Reach() else reach_in(place, workplace)
