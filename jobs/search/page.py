"""The results page: what the templates show of a search."""

from dataclasses import dataclass
from functools import cached_property

from django.core.paginator import Page, Paginator
from django.http import QueryDict
from django.urls import reverse

from careers.structured import breadcrumbs
from jobs.page.card import Card
from jobs.search.engine import MOST, PAGE_SIZE, Viewer
from jobs.search.facets import Facet, Option
from jobs.search.query import JobSearch, Sort
from jobs.search.results import Advice, Results

SHOWN_OPTIONS = 6  # of a facet; the others fold
NO_LIMIT = {"pay": "Any pay", "age": "Any time"}  # the first choice where one is chosen at a time


@dataclass(frozen=True)
class ShownOption:
    value: str
    label: str
    id: str
    count: int
    is_at_least: bool
    is_chosen: bool

    @property
    def count_words(self) -> str:
        return f"{self.count:,}+" if self.is_at_least and self.count else f"{self.count:,}"


@dataclass(frozen=True)
class ShownFacet:
    """More than SHOWN_OPTIONS fold, and unfold where one of them is chosen."""

    facet: Facet
    options: list[ShownOption]

    @property
    def first(self) -> list[ShownOption]:
        return self.options[:SHOWN_OPTIONS]

    @property
    def more(self) -> list[ShownOption]:
        return self.options[SHOWN_OPTIONS:]

    @property
    def is_open(self) -> bool:
        return any(option.is_chosen for option in self.more)


@dataclass(frozen=True)
class JobListPage:
    """One page of jobs. `cards` are filled in for the reader."""

    results: Results
    viewer: Viewer
    cards: list[Card]

    @property
    def search(self) -> JobSearch:
        return self.results.search

    @property
    def is_bare(self) -> bool:
        """Nothing asked: the page that search engines may keep."""
        return self.results.asked.is_bare

    @property
    def path(self) -> str:
        return reverse("jobs:list")

    @cached_property
    def heading(self) -> str:
        return "Find a job" if self.is_bare else self.search.words(self.results.facets)

    @property
    def structured(self) -> dict[str, object]:
        return breadcrumbs([("Jobs", self.path)])

    @property
    def count_words(self) -> str:
        return jobs_in_words(self.results.found.total, is_capped=self.results.found.is_capped)

    @property
    def is_capped(self) -> bool:
        return self.results.found.is_capped

    @property
    def counted(self) -> int:
        """So many jobs are counted and shown at most."""
        return MOST

    @property
    def filters_words(self) -> str:
        return f"Filters ({self.search.count_of_filters})" if self.search.count_of_filters else "Filters"

    @cached_property
    def facets(self) -> list[ShownFacet]:
        shown = [self._shown(facet) for facet in self.results.facets]
        return [facet for facet in shown if facet.options]

    @cached_property
    def chips(self) -> list[tuple[str, str]]:
        names = {one.slug: one.name for one in self.results.left_out}
        return [(chip.label, self.address(chip.rest)) for chip in self.search.chips(self.results.facets, names)]

    @property
    def clear_url(self) -> str:
        return self.address(self.search.cleared())

    @property
    def as_typed_url(self) -> str:
        return self.address(self.results.as_typed)

    @property
    def empty_words(self) -> str:
        filters = len(self.chips)
        what = f"jobs for “{self.search.q}”" if self.search.q else "jobs"
        what += f" in {self.search.where}" if self.search.where else ""
        if not filters:
            return f"No {what} right now" if self.search.q or self.search.where else "No jobs here yet"
        return f"No {what} match {'this filter' if filters == 1 else f'all {filters} filters'}"

    @property
    def is_combined(self) -> bool:
        """More than one thing is asked for."""
        return len(self.chips) + bool(self.search.q) + bool(self.search.where) > 1

    @property
    def rows(self) -> list[tuple[Card, str]]:
        """Each card, and the address of the search without its employer."""
        return [(card, self.address(self.search.without_employer(card.job.employer.slug))) for card in self.cards]

    @property
    def advice(self) -> list[tuple[str, str, str]]:
        """What to leave out, what that shows as a sentence, and the address."""
        return [(advice.label, _promise(advice), self.address(advice.search)) for advice in self.results.advice]

    @property
    def sorts(self) -> list[Sort]:
        return [sort for sort in Sort if sort is not Sort.BEST or self.search.q]

    @cached_property
    def page_obj(self) -> "Page[int]":
        return Paginator(range(self.results.found.total), PAGE_SIZE).get_page(self.search.page)

    @property
    def page_range(self) -> list[str | int]:
        return list(self.page_obj.paginator.get_elided_page_range(self.page_obj.number, on_each_side=2, on_ends=1))

    @property
    def query(self) -> QueryDict:
        """For the addresses of other pages."""
        return QueryDict(self.results.asked.to_query())

    def address(self, search: JobSearch) -> str:
        query = search.to_query()
        return f"{self.path}?{query}" if query else self.path

    @property
    def feed_url(self) -> str:
        return self._other("jobs:feed")

    @property
    def json_url(self) -> str:
        return self._other("jobs:json")

    @property
    def alert_url(self) -> str:
        """Where new jobs of this search can be asked for by mail: a page of a room above this one."""
        query = self.search.for_alert().to_query()
        return f"{reverse('alerts:new')}{'?' if query else ''}{query}"

    @property
    def can_ask_for_new(self) -> bool:
        return self.viewer.since is not None

    def _other(self, name: str) -> str:
        query = self.search.without_filter("new").to_query()
        return f"{reverse(name)}?{query}" if query else reverse(name)

    def _shown(self, facet: Facet) -> ShownFacet:
        """Options that find nothing show only where the list is short and fixed, or where they are chosen."""
        counts = self.results.found.counts.get(facet.name, {})
        at_least = facet.name in self.results.found.at_least
        chosen = set(self.search.values(facet.name))
        is_named = facet.name in {"field", "guide", "employer"}
        options = [
            self._option(facet, option, sum(counts.get(key, 0) for key in option.keys), at_least=at_least, chosen=chosen)
            for option in facet.options
        ]
        if is_named:
            options = sorted((o for o in options if o.count or o.is_chosen), key=lambda o: (-o.count, o.label))
        if facet.is_single:
            total = sum(counts.values()) if counts else self.results.found.total
            options.insert(0, ShownOption("", NO_LIMIT[facet.name], f"{facet.name}-any", total, at_least, not chosen))
        return ShownFacet(facet, options)

    def _option(self, facet: Facet, option: Option, count: int, *, at_least: bool, chosen: set[str]) -> ShownOption:
        return ShownOption(option.value, option.label, f"{facet.name}-{option.value}", count, at_least, option.value in chosen)

    @property
    def unstated_count(self) -> str:
        """Jobs that the box for hidden pay adds."""
        count = self.results.found.counts.get("pay", {}).get(None, 0)
        return f"{count:,}+" if "pay" in self.results.found.at_least and count else f"{count:,}"


def jobs_in_words(count: int, *, is_capped: bool = False) -> str:
    if not count:
        return "No jobs"
    return f"{count:,}{'+' if is_capped else ''} job{'' if count == 1 else 's'}"


def _promise(advice: Advice) -> str:
    words = jobs_in_words(advice.jobs, is_capped=advice.is_capped)
    return f"{words} {'matches' if advice.jobs == 1 else 'match'} if you leave out {advice.label}."
