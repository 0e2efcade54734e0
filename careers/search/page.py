"""The results page: what the templates show of a search."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from django.core.paginator import Page, Paginator
from django.urls import reverse

from careers.choices import Method
from careers.models import Field, GuideListing
from careers.page.words import money, months
from careers.search.facets import Facet, Option
from careers.search.query import GuideSearch, Sort
from careers.search.results import PAGE_SIZE, Advice, Results
from careers.structured import breadcrumbs

SHOWN_OPTIONS = 6  # of a facet; the others fold


@dataclass(frozen=True)
class GuideRow:
    """A guide in the list, with its figures in words; an empty string for what is not known."""

    guide: GuideListing
    median: str
    range: str
    time: str

    @classmethod
    def of(cls, guide: GuideListing) -> "GuideRow":
        currency = guide.currency
        is_measured = getattr(guide, "pay_method", "") == Method.MEASURED
        ends = f"{money(guide.pay_low, currency)} to {money(guide.pay_high, currency)}" if guide.pay_low and guide.pay_high else ""
        time = months(guide.min_months, guide.max_months) if guide.min_months is not None and guide.max_months is not None else ""
        return cls(
            guide,
            f"{money(guide.pay_median, currency)} {'median' if is_measured else 'typical'}" if guide.pay_median else "",
            (f"8 in 10 earn {ends}" if is_measured else f"editors' range {ends}") if ends else "",
            f"{time} to start" if time else "",
        )


@dataclass(frozen=True)
class ShownOption:
    option: Option
    id: str
    count: int
    is_chosen: bool


@dataclass(frozen=True)
class ShownFacet:
    """Options in their own order. More than SHOWN_OPTIONS fold, and unfold where one of them is chosen."""

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
class GuideListPage:
    """One page of guides. `field` is set on the page of a field, where that facet cannot be changed."""

    results: Results
    fields: Sequence[Field]
    path: str
    field: Field | None = None

    @property
    def search(self) -> GuideSearch:
        return self.results.search

    @property
    def rows(self) -> list[GuideRow]:
        return [GuideRow.of(guide) for guide in self.results.guides]

    @cached_property
    def is_bare(self) -> bool:
        """Nothing asked: the page that search engines may keep."""
        return not self.results.asked.to_query(leave_out=self._fixed)

    @property
    def heading(self) -> str:
        return self.field.name if self.field and self.is_bare else self.search.words(self.fields)

    @property
    def title(self) -> str:
        return f"{self.field.name} careers" if self.field and self.is_bare else self.heading

    @property
    def description(self) -> str:
        if self.field:
            return self.field.intro
        return "Career guides with pay, demand, time to start, education and stress, every figure with its source. Filter and compare them."

    @property
    def structured(self) -> dict[str, object]:
        trail = [("Career guides", reverse("careers:guide_list"))]
        return breadcrumbs([*trail, (self.field.name, self.field.get_absolute_url())] if self.field else trail)

    @property
    def filters_words(self) -> str:
        return f"Filters ({len(self.chips)})" if self.chips else "Filters"

    @property
    def count_words(self) -> str:
        return guides_in_words(self.results.total)

    @property
    def empty_words(self) -> str:
        """The heading over an empty list."""
        filters = len(self.chips)
        if not filters:
            return f"No guides match “{self.search.q}”" if self.search.q else "No guides here yet"
        what = f"guides for “{self.search.q}”" if self.search.q else "guides"
        return f"No {what} match {'this filter' if filters == 1 else f'all {filters} filters'}"

    @property
    def clear_label(self) -> str:
        """The way out where no single filter is to blame; empty when the words themselves find nothing."""
        if not self.chips or not self.results.tally.with_words:
            return ""
        return "Clear all filters" if self.field else f"Clear all filters: {guides_in_words(self.results.tally.with_words)}"

    @cached_property
    def facets(self) -> list[ShownFacet]:
        return [self._shown(facet) for facet in self.results.facets if facet.name != self._fixed]

    @cached_property
    def chips(self) -> list[tuple[str, str]]:
        chips = self.search.chips(self.fields)
        return [(chip.label, self.address(chip.rest)) for chip in chips if chip.facet != self._fixed]

    @property
    def advice(self) -> list[tuple[str, str, str]]:
        """What to leave out, what that shows as a sentence, and the address."""
        found = [advice for advice in self.results.advice if advice.left_out != self._fixed]
        return [(advice.label, _promise(advice), self.address(advice.search)) for advice in found]

    @property
    def popular_fields(self) -> list[Field]:
        return sorted(self.fields, key=lambda field: -getattr(field, "guide_count", 0))[:5]

    @property
    def as_typed_url(self) -> str:
        return self.address(self.results.as_typed)

    @property
    def clear_url(self) -> str:
        """Without filters; the words stay."""
        cleared = GuideSearch(q=self.search.q, sort=self.search.sort, exact=self.search.exact)
        return self.address(cleared)

    @property
    def sorts(self) -> list[Sort]:
        return [sort for sort in Sort if sort is not Sort.MATCH or self.search.q]

    @cached_property
    def page_obj(self) -> "Page[int]":
        return Paginator(range(self.results.total), PAGE_SIZE).get_page(self.search.page)

    @property
    def page_range(self) -> list[str | int]:
        return list(self.page_obj.paginator.get_elided_page_range(self.page_obj.number, on_each_side=2, on_ends=1))

    def address(self, search: GuideSearch) -> str:
        query = search.to_query(leave_out=self._fixed)
        return f"{self.path}?{query}" if query else self.path

    @property
    def _fixed(self) -> str:
        return "field" if self.field else ""

    def _shown(self, facet: Facet) -> ShownFacet:
        chosen = set(self.search.values(facet.name))
        counts = self.results.tally.options
        return ShownFacet(
            facet,
            [ShownOption(o, f"{facet.name}-{o.value}", counts[facet.name, o.value], o.value in chosen) for o in facet.options],
        )


def guides_in_words(count: int) -> str:
    return f"{count:,} guide{'' if count == 1 else 's'}" if count else "No guides"


def _promise(advice: Advice) -> str:
    return f"{guides_in_words(advice.guides)} {'matches' if advice.guides == 1 else 'match'} if you leave out {advice.label}."
