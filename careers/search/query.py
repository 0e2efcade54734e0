"""One search of career guides: read from an address, written back to it, put into words, applied to the database."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any, Self
from urllib.parse import urlencode

from django.contrib.postgres.search import SearchRank
from django.db.models import Case, F, Q, TextChoices, Value, When
from django.http import QueryDict

from careers import former
from careers.models import Field
from careers.models.listing import ListingQuerySet
from careers.search import clean
from careers.search.facets import FIXED, NAMES, Facet, all_facets, field_facet
from careers.search.terms import stop_words_only, text_query
from careers.search.vocabulary import synonyms
from kit.text import fold

MAX_PHRASES = 3  # of filters in a heading


class Sort(TextChoices):
    """Orders of the list; unknown values always come last."""

    MATCH = "match", "Best match"
    TITLE = "title", "Title, A to Z"
    PAY = "pay", "Highest pay"
    GROWTH = "growth", "Fastest growth"
    QUICK = "quick", "Quickest start"
    NEWEST = "newest", "Newest"


ORDERS = {
    Sort.TITLE: (),
    Sort.PAY: (Case(When(currency="USD", then=F("pay_median"))).desc(nulls_last=True),),
    Sort.GROWTH: (F("growth_percent").desc(nulls_last=True),),
    Sort.QUICK: (F("min_months").asc(nulls_last=True), F("max_months").asc(nulls_last=True)),
    Sort.NEWEST: (F("first_published_at").desc(),),
}


@dataclass(frozen=True)
class Chip:
    facet: str
    value: str
    label: str
    rest: "GuideSearch"  # the search without it


@dataclass(frozen=True)
class GuideSearch:
    """What a reader looks for. Every facet holds values of its options; an empty one means no limit."""

    q: str = ""
    field: tuple[str, ...] = ()
    pay: tuple[str, ...] = ()
    demand: tuple[str, ...] = ()
    education: tuple[str, ...] = ()
    time: tuple[str, ...] = ()
    stress: tuple[str, ...] = ()
    remote: tuple[str, ...] = ()
    sort: Sort | None = None  # None: best match for words, title without
    page: int = 1
    exact: bool = False  # do not correct the spelling

    @classmethod
    def from_query(cls, query: QueryDict) -> Self:
        """Never fails: what is unknown or unreadable counts as absent."""
        known: dict[str, tuple[str, ...] | None] = {facet.name: tuple(o.value for o in facet.options) for facet in FIXED}
        chosen = {name: clean.values(query.getlist(name), known.get(name)) for name in NAMES}
        q = clean.text(query.get("q", ""))
        sort = next((s for s in Sort if s.value == query.get("sort")), None)
        if sort is (Sort.MATCH if q else Sort.TITLE) or (sort is Sort.MATCH and not q):
            sort = None
        return cls(q=q, sort=sort, page=clean.number(query.get("page", "")), exact=bool(q) and query.get("exact") == "1", **chosen)

    def among(self, fields: Iterable[Field]) -> Self:
        """Without fields of work that do not exist."""
        known = {field.slug for field in fields}
        return replace(self, field=tuple(slug for slug in self.field if slug in known))

    def today(self, fields: Iterable[Field]) -> Self:
        """With fields of work by their addresses of today. One query where the search names others than `fields`."""
        unknown = set(self.field) - {field.slug for field in fields}
        moved = former.fields(unknown) if unknown else {}
        return replace(self, field=tuple(dict.fromkeys(moved[slug].slug if slug in moved else slug for slug in self.field)))

    def within(self, field: Field) -> Self:
        """In this field of work, whatever was chosen."""
        return replace(self, field=(field.slug,))

    def to_query(self, *, leave_out: str = "") -> str:
        """Canonical query string without '?'; defaults and the facet `leave_out` are absent."""
        pairs = [("q", self.q)] if self.q else []
        pairs += [(name, value) for name in NAMES if name != leave_out for value in self.values(name)]
        pairs += [("sort", self.sort.value)] if self.sort else []
        pairs += [("exact", "1")] if self.exact else []
        pairs += [("page", str(self.page))] if self.page > 1 else []
        return urlencode(pairs)

    def values(self, facet: str) -> tuple[str, ...]:
        chosen: tuple[str, ...] = getattr(self, facet)
        return chosen

    @property
    def order(self) -> Sort:
        return self.sort or (Sort.MATCH if self.q else Sort.TITLE)

    @property
    def is_bare(self) -> bool:
        return self == type(self)()

    def without(self, facet: str, value: str | None = None) -> Self:
        """Without one value of a facet, without the facet, or without the words (`q`); from its first page."""
        if facet == "q":
            return replace(self, q="", exact=False, page=1, sort=None if self.sort is Sort.MATCH else self.sort)
        rest: dict[str, Any] = {facet: tuple(v for v in self.values(facet) if value is not None and v != value)}
        return replace(self, page=1, **rest)

    def active(self, facets: Iterable[Facet]) -> list[Facet]:
        return [facet for facet in facets if self.values(facet.name)]

    def chips(self, fields: Iterable[Field] = ()) -> list[Chip]:
        facets = all_facets(fields)
        chosen = [(facet, option) for facet in facets for option in facet.chosen(self.values(facet.name))]
        return [Chip(f.name, o.value, _chip_label(f, o.label), self.without(f.name, o.value)) for f, o in chosen]

    def words(self, fields: Iterable[Field] = ()) -> str:
        """'Healthcare guides for “nurse” with low stress and hybrid work'."""
        names = [option.words for option in field_facet(fields).chosen(self.field)]
        text = f"{' or '.join([names[0], *map(_lower, names[1:])])} guides" if names else "Career guides"
        text += f" for “{self.q}”" if self.q else ""
        phrases = [facet.in_words(self.values(facet.name)) for facet in self.active(FIXED)]
        if len(phrases) > MAX_PHRASES:
            left = len(phrases) - MAX_PHRASES + 1
            phrases = [*phrases[: MAX_PHRASES - 1], f"{left} more filters"]
        return f"{text} with {_listed(phrases)}" if phrases else text

    def matching(self, listings: ListingQuerySet) -> ListingQuerySet:
        """Listings that have the words, whatever the facets say."""
        if not self.q:
            return listings
        if words := stop_words_only(self.q):
            return listings.filter(*(Q(words_a__iregex=rf"\m{word}\M") for word in words))
        return listings.filter(search=text_query(self.q, synonyms()))

    def condition(self, facets: Iterable[Facet], *, but: str = "") -> Q:
        """All facets together, except the one called `but`."""
        condition = Q()
        for facet in self.active(facets):
            if facet.name != but:
                condition &= facet.condition(self.values(facet.name))
        return condition

    def apply(self, listings: ListingQuerySet) -> ListingQuerySet:
        """Listings that match words and facets, in order."""
        by_field = Q(field__slug__in=self.field) if self.field else Q()
        return self.ordered(self.matching(listings).filter(by_field, self.condition(FIXED)))

    def ordered(self, listings: ListingQuerySet) -> ListingQuerySet:
        if self.order is not Sort.MATCH:
            return listings.order_by(*ORDERS[self.order], "title_folded", "pk")
        rank = SearchRank(F("search"), text_query(self.q, synonyms()), weights=[0.05, 0.1, 0.3, 1.0])
        return listings.order_by(_is_exactly(self.q).desc(), rank.desc(), "title_folded", "pk")


def _is_exactly(q: str) -> Case:
    """2 for the title, 1 for an alias, 0 for neither. A whole line of `words_a` is a title or alias."""
    folded = fold(q)
    line = rf"(^|\n){_escaped(folded)}($|\n)"
    return Case(When(title_folded=folded, then=Value(2)), When(words_a__iregex=line, then=Value(1)), default=Value(0))


def _escaped(text: str) -> str:
    return "".join(c if c.isalnum() or c == " " else rf"\{c}" if c.isascii() else "." for c in text)


def _chip_label(facet: Facet, label: str) -> str:
    """A level alone says too little: 'High demand', 'Low stress', 'On site'."""
    return f"{label} {facet.name}" if facet.name in {"demand", "stress"} else f"Pay: {_lower(label)}" if facet.name == "pay" else label


def _lower(text: str) -> str:
    return text[:1].lower() + text[1:]


def _listed(phrases: list[str]) -> str:
    return f"{', '.join(phrases[:-1])} and {phrases[-1]}" if len(phrases) > 1 else "".join(phrases)
