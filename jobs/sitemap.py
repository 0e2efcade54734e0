"""Open jobs for search engines, in parts that each read one stretch of the primary key."""

from datetime import datetime
from typing import Any

from django.contrib.sitemaps import Sitemap
from django.core.paginator import Page, Paginator
from django.db.models import Max

from jobs.models import Job

STRETCH = 10_000  # job numbers in a part: it has so many addresses at most


class Stretches(Paginator[Job]):
    """Parts by job number. To count and skip rows would read all of a million jobs for each part."""

    def __init__(self) -> None:
        super().__init__([], STRETCH)

    @property
    def num_pages(self) -> int:
        newest: int = Job.objects.aggregate(newest=Max("pk"))["newest"] or 1
        return (newest - 1) // STRETCH + 1

    def page(self, number: int | str) -> Page[Job]:
        part = self.validate_number(number)
        rows = Job.objects.listed().filter(pk__gt=(part - 1) * STRETCH, pk__lte=part * STRETCH).order_by("pk")
        return Page(list(rows.only("title", "posted_at")), part, self)


class JobSitemap(Sitemap[Job]):
    paginator = Stretches()

    def lastmod(self, item: Job) -> datetime:
        return item.posted_at

    def get_latest_lastmod(self) -> Any:
        """Unknown: the index would read every job for it."""
        return None


SITEMAPS: dict[str, type[Sitemap[Any]]] = {"jobs": JobSitemap}
