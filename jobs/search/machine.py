"""A search for programs: JSON and an Atom feed."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.http import HttpRequest
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed

from jobs.models import Job
from jobs.page import words
from jobs.search.engine import MOST
from jobs.search.query import JobSearch
from jobs.search.results import Results, search_jobs

IN_FEED = 50


def as_json(results: Results) -> dict[str, Any]:
    """`total_is_at_least`: there may be more than `total`. Addresses are whole; unknown values are null or empty."""
    search, found = results.search, results.found
    pages = [("next", search.page + 1)] if search.page < results.pages else []
    pages += [("previous", search.page - 1)] if search.page > 1 else []
    return {
        "search": search.words(results.facets),
        "url": _address("jobs:list", search),
        "total": found.total,
        "total_is_at_least": found.total >= MOST,
        "page": search.page,
        "pages": results.pages,
        **{name: _address("jobs:json", search.on_page(number)) for name, number in pages},
        "jobs": [job_as_json(job) for job in results.jobs],
    }


def job_as_json(job: Job) -> dict[str, Any]:
    """Facts as the page of the job shows them. Where one applies is told there."""
    has_pay = bool(job.pay_currency)
    return {
        "id": job.pk,
        "url": f"{settings.SITE_URL}{job.get_absolute_url()}",
        "title": job.title,
        "employer": job.employer.name,
        "place": job.place,
        "place_country": job.place_country,
        "workplace": job.workplace,
        "applicants": {"anywhere": job.anywhere, "countries": job.countries, "regions": job.regions},
        "kind": job.kind,
        "level": job.level,
        "pay": {
            "minimum": _number(job.pay_minimum),
            "maximum": _number(job.pay_maximum),
            "currency": job.pay_currency,
            "period": job.pay_period,
        }
        if has_pay
        else None,
        "summary": job.summary,
        "posted": job.posted_at,
        "valid_through": job.valid_through,
        "source": {"name": job.source.attribution, "url": job.source.attribution_url} if job.source.attribution else None,
    }


def _number(amount: Any) -> float | None:
    return None if amount is None else float(amount)


def _address(name: str, search: JobSearch) -> str:
    query = search.to_query()
    return f"{settings.SITE_URL}{reverse(name)}{'?' + query if query else ''}"


class JobFeed(Feed[Job, Results]):
    """The newest jobs of a search. What depends on the reader is left out of it."""

    feed_type = Atom1Feed

    def get_object(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Results:
        asked = JobSearch.from_query(request.GET).for_feed()
        return search_jobs(asked, size=IN_FEED, rows=Job.objects.for_machines())

    def title(self, obj: Results) -> str:
        return obj.search.words(obj.facets)

    def subtitle(self, obj: Results) -> str:
        return f"The newest on {settings.SITE_NAME}"

    def link(self, obj: Results) -> str:
        return _address("jobs:list", obj.search)

    def feed_url(self, obj: Results) -> str:
        return _address("jobs:feed", obj.search)

    def items(self, obj: Results) -> list[Job]:
        return obj.jobs

    def item_title(self, item: Job) -> str:
        return f"{item.title}, {item.employer.name}"

    def item_description(self, item: Job) -> str:
        return " · ".join(filter(None, [words.where(item), item.summary]))

    def item_link(self, item: Job) -> str:
        return f"{settings.SITE_URL}{item.get_absolute_url()}"

    def item_pubdate(self, item: Job) -> datetime:
        return item.posted_at

    def item_updateddate(self, item: Job) -> datetime:
        return item.posted_at
