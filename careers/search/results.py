"""The answer to a search: guides, counts beside every option, and advice when there is nothing."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.db.models.fields.json import KT

from careers.models import Field, GuideListing
from careers.search import counting, misses, spelling
from careers.search.facets import Facet, all_facets
from careers.search.query import GuideSearch
from careers.search.vocabulary import vocabulary

PAGE_SIZE = 24


@dataclass(frozen=True)
class Advice:
    """One way out of an empty list: leave something out, and so many guides show."""

    left_out: str  # name of the facet, or `q`
    label: str
    guides: int
    search: GuideSearch


@dataclass(frozen=True)
class Results:
    asked: GuideSearch  # as typed
    search: GuideSearch  # as answered: spelling corrected, page within range
    facets: tuple[Facet, ...]
    tally: counting.Tally
    guides: list[GuideListing]
    advice: list[Advice]

    @property
    def total(self) -> int:
        return self.tally.total

    @property
    def pages(self) -> int:
        return max(-(-self.total // PAGE_SIZE), 1)

    @property
    def is_corrected(self) -> bool:
        return self.search.q != self.asked.q

    @property
    def as_typed(self) -> GuideSearch:
        return replace(self.asked, exact=True, page=1)

    @property
    def found_no_words(self) -> bool:
        """Nothing has the words, even without filters: a guide is missing, or the words are not ours."""
        return bool(self.search.q) and not self.tally.with_words


def search_guides(asked: GuideSearch, fields: Sequence[Field]) -> Results:
    """Run the search. At most one counting statement and one for the page, where the spelling stands."""
    facets = all_facets(fields)
    listings = GuideListing.objects.all()
    search, found = asked, counting.tally(asked, listings, facets)
    if asked.q and not found.with_words and not asked.exact and (better := spelling.correct(asked.q, vocabulary())):
        corrected = replace(asked, q=better)
        again = counting.tally(corrected, listings, facets)
        if again.with_words:
            search, found = corrected, again
    if search.q and not found.with_words:
        misses.record(search.q)
    search = replace(search, page=min(search.page, max(-(-found.total // PAGE_SIZE), 1)))
    advice = [] if found.total else _advice(search, facets)
    return Results(asked, search, facets, found, _page(search) if found.total else [], advice)


def _page(search: GuideSearch) -> list[GuideListing]:
    """One statement. Rows are chosen inside, so that documents are opened for this page only."""
    start = (search.page - 1) * PAGE_SIZE
    chosen = search.apply(GuideListing.objects.all()).values("pk")[start : start + PAGE_SIZE]
    cards = GuideListing.objects.for_cards().defer("search").annotate(pay_method=KT("document__pay__0__method"))
    return list(search.ordered(cards.filter(pk__in=chosen)))


def _advice(search: GuideSearch, facets: tuple[Facet, ...]) -> list[Advice]:
    legends = {facet.name: _name(facet, search) for facet in facets} | {"q": f"“{search.q}”"}
    found = counting.loosened(search, GuideListing.objects.all(), facets)
    return [Advice(name, legends[name], guides, search.without(name)) for name, guides in found.items()]


def _name(facet: Facet, search: GuideSearch) -> str:
    chosen = [chip.label for chip in search.chips() if chip.facet == facet.name] if facet.name != "field" else []
    return " or ".join(f"“{label}”" for label in chosen or [o.label for o in facet.chosen(search.values(facet.name))])
