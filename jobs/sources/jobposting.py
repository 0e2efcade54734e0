"""Pages with schema.org JobPosting as JSON-LD, https://developers.google.com/search/docs/appearance/structured-data/job-posting;
also JSON-LD alone and JSON feeds that carry it inside (Teamtailor).
"""

from collections.abc import Iterator
from typing import Any

from jobs.choices import Workplace
from jobs.geography import country_of, read_reach
from jobs.listing import MAX_EMPLOYER, MAX_PLACE, MAX_TITLE, Feed, Listing, Pay, Reach, Rejected, UnreadableFeed
from jobs.reading.dates import read_posted, read_until
from jobs.reading.pay import pay_between, period_of
from jobs.reading.places import country_of_place
from jobs.reading.text import one_line, shortened
from jobs.reading.words import kind_in_title, level_in_title, read_kind
from jobs.sources.documents import json_of, kind_of, ld_scripts_of, text_of
from jobs.sources.items import Item, Unusable, listings, skills_of, usable_address, usable_id

MOST_NODES = 200_000  # JSON values looked at for postings


def read(body: bytes, *, address: str) -> Feed:
    """Not whole: a page shows what it shows, and its postings say themselves until when they hold."""
    text = text_of(body)
    postings, broken = _postings(text)
    if not postings and not broken:
        raise UnreadableFeed(f"Found {kind_of(text)} without a JobPosting of schema.org.")
    is_alone = len(postings) == 1
    return Feed(items=(*broken, *listings(postings, lambda job: _listing(job, address, is_alone=is_alone))), is_whole=False)


def _postings(text: str) -> tuple[list[dict[str, Any]], list[Rejected]]:
    if text.lstrip()[:1] in {"{", "["}:
        return list(_within(json_of(text))), []
    found, broken = list[dict[str, Any]](), list[Rejected]()
    for number, script in enumerate(ld_scripts_of(text), 1):
        try:
            found += _within(json_of(script))
        except UnreadableFeed as error:
            if "JobPosting" in script:
                broken.append(Rejected(f"JSON-LD script {number}", str(error)))
    return found, broken


def _within(document: Any) -> Iterator[dict[str, Any]]:
    """Every object of type JobPosting, in the order of the document."""
    waiting, looked_at = [document], 0
    while waiting and looked_at < MOST_NODES:
        value = waiting.pop()
        looked_at += 1
        if isinstance(value, dict):
            kinds = value.get("@type")
            if "JobPosting" in (kinds if isinstance(kinds, list) else [kinds]):
                yield value
            else:
                waiting.extend(reversed(value.values()) if "_jobposting" not in value else [_of_feed(value)])
        elif isinstance(value, list):
            waiting.extend(reversed(value))


def _of_feed(entry: dict[str, Any]) -> Any:
    """A JSON feed has the posting under "_jobposting" and its address beside it."""
    posting = entry["_jobposting"]
    return {"url": entry.get("url"), **posting} if isinstance(posting, dict) else None


def _listing(job: Item, address: str, *, is_alone: bool) -> Listing:
    title = one_line(job.get("title") or job.get("name"), MAX_TITLE)
    if not title:
        raise Unusable("it has no title")
    places = [_place(one.inner("address")) for one in job.items("jobLocation")]
    place = "; ".join(dict.fromkeys(name for name, _ in places if name))
    countries = {country for _, country in places}
    is_remote = job.get("jobLocationType") == "TELECOMMUTE"
    page = job.get("url") or (address.partition("#")[0] if is_alone else "")
    return Listing(
        external_id=_id(job, page),
        title=title,
        employer=_employer(job),
        apply_url=usable_address(page),
        description=job.html("description"),
        place=shortened(place, MAX_PLACE),
        place_country=countries.pop() if len(countries) == 1 else "",
        workplace=Workplace.REMOTE if is_remote else None,
        reach=_reach(job) if is_remote or job.get("applicantLocationRequirements") else Reach(),
        kind=read_kind(job.get("employmentType")) or kind_in_title(title),
        level=level_in_title(title),
        pay=_pay(job),
        skills=_skills(job),
        posted=read_posted(job.get("datePosted")),
        valid_through=read_until(job.get("validThrough")),
    )


def _id(job: Item, page: object) -> str:
    """The employer's own identifier, else the address of the posting."""
    identifier = job.text("identifier", "value", limit=301) or job.text("identifier", limit=301) or one_line(page, 301)
    if not identifier:
        raise Unusable("it has neither an identifier nor an address")
    return usable_id(identifier)


def _employer(job: Item) -> str:
    if not (name := job.text("hiringOrganization", "name") or job.text("hiringOrganization", limit=MAX_EMPLOYER)):
        raise Unusable("it has no employer")
    return name


def _place(address: Item) -> tuple[str, str]:
    """Words and country of a PostalAddress; addressCountry is a name, a code or a Country."""
    country = address.text("addressCountry") or address.text("addressCountry", "name")
    parts = [address.text("addressLocality"), address.text("addressRegion"), country]
    words = ", ".join(dict.fromkeys(part for part in parts if part))
    return words, country_of(country) or country_of_place(words)


def _reach(job: Item) -> Reach:
    """applicantLocationRequirements; a State within a country is narrower than we can say. Without it, nothing is known."""
    wanted = job.items("applicantLocationRequirements")
    return read_reach([area.text("name") for area in wanted if area.get("@type") in {None, "Country", "AdministrativeArea"}])


def _pay(job: Item) -> Pay | None:
    """baseSalary with a unit; a number alone has no period. estimatedSalary is a guess of the site's, so it is left."""
    base = job.inner("baseSalary")
    value = base.inner("value")
    unit = period_of(value.get("unitText") or base.get("unitText"))
    one = value.get("value") if value.is_object else base.get("value")
    low, high = (value.get("minValue"), value.get("maxValue")) if value.is_object else (None, None)
    low, high = (low, high) if low or high else (one, one)
    return pay_between(low, high, base.get("currency") or job.get("salaryCurrency"), unit)


def _skills(job: Item) -> tuple[str, ...]:
    """Text with commas, or DefinedTerms."""
    stated = job.get("skills")
    named = [term.text("name") for term in job.items("skills")]
    return skills_of(stated.split(",") if isinstance(stated, str) else named or stated)
