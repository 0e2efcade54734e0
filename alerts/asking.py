"""What an alert is asked for: a search as it was answered, or a guide."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.http import QueryDict
from django.urls import reverse

from alerts.models import MAX_QUERY, Alert
from careers.models import Guide, GuideListing
from jobs.search.catalogue import catalogue, employers_by_slug
from jobs.search.facets import Facet
from jobs.search.matching import read
from jobs.search.page import JobListPage
from jobs.search.query import JobSearch
from jobs.search.results import Results, search_jobs

LONGEST_NAME = 200
ALL = "All new jobs"


@dataclass(frozen=True)
class Asked:
    """`words`: all of it in one line, the first name of the alert. `results`: of a search, for the page."""

    words: str
    query: str = ""
    guide: Guide | None = None
    results: Results | None = None

    @property
    def is_too_long(self) -> bool:
        """Longer than an alert can keep: some dozens of employers and careers."""
        return len(self.query) > MAX_QUERY

    @property
    def labels(self) -> list[str]:
        """What the search asks for, piece by piece."""
        if self.results is None:
            return []
        search = self.results.search
        named = {one.slug: one.name for one in self.results.left_out}
        typed = [f"“{search.q}”"] if search.q else []
        typed += [f"In {search.where}"] if search.where else []
        return [*typed, *(chip.label for chip in search.chips(self.results.facets, named))]

    @property
    def corrected(self) -> str:
        """The words as they were typed, where others are searched for."""
        return self.results.asked.q if self.results and self.results.is_corrected else ""

    @property
    def search_url(self) -> str:
        """The search or the guide itself."""
        if self.guide:
            return reverse("careers:guide", args=[self.guide.slug])
        return f"{reverse('jobs:list')}{'?' if self.query else ''}{self.query}"


def of_search(query: QueryDict) -> Asked:
    """What a search page with this query shows, without what says nothing of new jobs: age, "new" and page. Unknown filters are left
    out, and the spelling is the one that finds something.
    """
    results = search_jobs(JobSearch.from_query(query).for_alert(), size=1)
    results = replace(results, search=results.search.for_alert())
    return Asked(in_words(results.search, results.facets), results.search.to_query(), results=results)


def of_guide(slug: str) -> Asked | None:
    """Changes of a guide that is published now."""
    listing = GuideListing.objects.select_related("guide").filter(slug=slug).first()
    return Asked(guide_in_words(listing.title), guide=listing.guide) if listing else None


def guide_in_words(title: str) -> str:
    return f"Changes of the guide {title}"[:LONGEST_NAME]


def in_words(search: JobSearch, facets: Sequence[Facet]) -> str:
    words = search.words(facets)
    return ALL if words == "Jobs" else words[:LONGEST_NAME]


def all_in_words(alerts: Sequence[Alert]) -> dict[int, str]:
    """Alert -> what it watches, in words. Needs `guide`. One query for employers, however many alerts name some."""
    searches = {alert.pk: read(alert.query) for alert in alerts if alert.guide_id is None}
    named = employers_by_slug(tuple(sorted({slug for search in searches.values() for slug in search.employer})))
    facets = catalogue().facets(tuple(dict.fromkeys(named.values())))
    guides = {alert.pk: guide_in_words(alert.guide.title) for alert in alerts if alert.guide}
    return guides | {pk: in_words(search, facets) for pk, search in searches.items()}


class EditPage(JobListPage):
    """The facets of a search as the form of an alert shows them: without age, of which an alert says nothing."""

    @property
    def choices(self) -> list[object]:
        return [shown for shown in self.facets if shown.facet.name != "age"]
