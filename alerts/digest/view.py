"""A digest as the mail and the preview show it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from urllib.parse import urlencode

from django.conf import settings
from django.urls import reverse

from alerts.digest.reasons import Pair, reasons
from jobs.models import Employer, Job
from jobs.page.card import Card, cards
from jobs.search.facets import Facet, Named
from jobs.search.matching import facets_of
from jobs.search.query import JobSearch
from kit.words import money

LEAST_PAID = 5  # jobs that state their pay: of fewer a middle says nothing


@dataclass(frozen=True)
class Item:
    """One job. `compared`: its pay beside the guide's, empty where that cannot be said. The addresses are empty in a preview."""

    card: Card
    reason: str
    useful_url: str = ""
    not_for_me_url: str = ""

    @property
    def title(self) -> str:
        return self.card.job.title

    @property
    def url(self) -> str:
        return settings.SITE_URL + self.card.url

    @property
    def org(self) -> str:
        return self.card.org

    @property
    def pay(self) -> str:
        return self.card.pay.short

    @property
    def compared(self) -> str:
        """near the median of the guide Medical office specialist"""
        guide = self.card.guide
        return f"{self.card.pay.compared} of the guide {guide.title}" if guide and self.card.pay.compared else ""

    @property
    def closes(self) -> str:
        return self.card.when.words if self.card.when.words.startswith("Closes") else ""


@dataclass(frozen=True)
class More:
    """Jobs of one employer beyond the ceiling."""

    employer: str
    jobs: int
    url: str


@dataclass(frozen=True)
class Section:
    """News of one alert. `total` counts all new jobs, `items` are those that are named."""

    name: str
    items: Sequence[Item]
    total: int
    more: Sequence[More]
    pay: str  # a sentence about the pay of all new jobs; empty when too few state it
    url: str  # the search itself, newest first
    off_url: str = ""

    @property
    def rest(self) -> int:
        return self.total - len(self.items)


@dataclass(frozen=True)
class GuideNews:
    """A guide that changed. `changed`: headings of the sections with something new; empty when that is not known."""

    name: str
    title: str
    url: str
    changed: Sequence[str]
    off_url: str = ""


@dataclass(frozen=True)
class Wanted:
    """What a section of jobs is made of: the search, its jobs in order, and numbers of all that are new."""

    name: str
    search: JobSearch
    jobs: Sequence[int]
    total: int
    paid: int = 0
    middle: int | None = None
    more: Sequence[tuple[int, int]] = ()  # employer, jobs
    off_url: str = ""
    verdict_urls: Mapping[int, tuple[str, str]] = field(default_factory=dict)  # job -> what the reader can say: useful, not for me


def sections(wanted: Sequence[Wanted], rows: Mapping[int, Job]) -> list[Section]:
    """`rows`: their jobs from `for_cards()`; one that is missing is left out. Three queries for any number of sections, and one for
    each different search that names employers.
    """
    shown = {card.job.pk: card for card in cards(rows.values())}
    pairs = [(n, pk, Pair(rows[pk], one.search, facets)) for n, one, facets in _with_facets(wanted) for pk in one.jobs if pk in rows]
    items: dict[int, list[Item]] = {}
    for (n, pk, _), reason in zip(pairs, reasons([pair for _, _, pair in pairs]), strict=True):
        items.setdefault(n, []).append(Item(shown[pk], reason, *wanted[n].verdict_urls.get(pk, ())))
    employers = {row.pk: Named(row.pk, row.slug, row.name) for row in _employers(pk for one in wanted for pk, _ in one.more)}
    return [_section(one, items.get(n, []), employers) for n, one in enumerate(wanted)]


def _with_facets(wanted: Sequence[Wanted]) -> Iterable[tuple[int, Wanted, Sequence[Facet]]]:
    kept: dict[str, Sequence[Facet]] = {}
    for n, one in enumerate(wanted):
        query = one.search.to_query()
        if query not in kept:
            kept[query] = facets_of(one.search)
        yield n, one, kept[query]


def _employers(ids: Iterable[int]) -> Iterable[Employer]:
    wanted = set(ids)
    return Employer.objects.only("pk", "slug", "name").filter(pk__in=wanted) if wanted else ()


def _section(one: Wanted, items: Sequence[Item], employers: dict[int, Named]) -> Section:
    named = {item.card.job.employer_id for item in items}
    more = [
        More(employers[pk].name, jobs, search_url(one.search, employers[pk].slug))
        for pk, jobs in one.more
        if pk in employers and pk in named
    ]
    return Section(one.name, items, one.total, more, _pay(one), search_url(one.search), one.off_url)


def search_url(search: JobSearch, employer: str = "") -> str:
    """The search on our pages, newest first; of one employer only where that is asked."""
    query = search.for_feed().to_query()
    if employer:
        pairs = [pair for pair in query.split("&") if pair and not pair.startswith("employer=")]
        query = "&".join([*pairs, urlencode({"employer": employer})])
    return f"{settings.SITE_URL}{reverse('jobs:list')}{'?' if query else ''}{query}"


def _pay(one: Wanted) -> str:
    if one.paid < LEAST_PAID or one.middle is None:
        return ""
    return f"{one.paid:,} of the {one.total:,} new jobs state their pay; the middle of their top pay is {money(one.middle)} a year."
