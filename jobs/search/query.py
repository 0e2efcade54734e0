"""One search of jobs: read from an address, written back to it, put into words. The page, feed, JSON and alerts all use it."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any, Self
from urllib.parse import urlencode

from django.db.models import TextChoices
from django.http import QueryDict

from careers.search import clean
from jobs.search.facets import BY_LEXEME, FIXED, NAMES, Facet

MAX_PAGE = 50
MAX_PHRASES = 3  # of filters in a heading
_FLAGS = ("unstated", "new", "exact")
_SLUG = re.compile(r"[a-z0-9_-]{1,220}")


class Sort(TextChoices):
    BEST = "best", "Best match"
    NEWEST = "newest", "Newest"
    PAY = "pay", "Highest pay"


@dataclass(frozen=True)
class Chip:
    name: str
    value: str
    label: str
    rest: "JobSearch"  # the search without it


@dataclass(frozen=True)
class JobSearch:
    """What somebody looks for. Facets hold values of their options; an empty one means no limit.

    `q`: words, "phrases" and -words of title, employer, skills and career. `where`: a place, a country or "remote". `without`: more
    words that must not be there. `no_employer`: slugs of employers to leave out. `unstated`: with a limit of pay, also jobs that
    state none in US dollars. `new`: only jobs that came since the last visit, for members. `exact`: do not correct the spelling.
    """

    q: str = ""
    where: str = ""
    workplace: tuple[str, ...] = ()
    pay: tuple[str, ...] = ()
    level: tuple[str, ...] = ()
    kind: tuple[str, ...] = ()
    field: tuple[str, ...] = ()
    guide: tuple[str, ...] = ()
    employer: tuple[str, ...] = ()
    age: tuple[str, ...] = ()
    without: str = ""
    no_employer: tuple[str, ...] = ()
    unstated: bool = False
    new: bool = False
    exact: bool = False
    sort: Sort | None = None  # None: best match for words, newest without
    page: int = 1

    @classmethod
    def from_query(cls, query: QueryDict) -> Self:
        """Never fails: what is unknown or unreadable counts as absent."""
        known = {facet.name: facet for facet in FIXED}
        chosen: dict[str, Any] = {name: _values(query.getlist(name), known.get(name)) for name in (*NAMES, "no_employer")}
        q = clean.text(query.get("q", ""))
        flags: dict[str, Any] = {name: query.get(name) == "1" for name in _FLAGS}
        flags["unstated"] = flags["unstated"] and bool(chosen["pay"])
        flags["exact"] = flags["exact"] and bool(q)
        sort = next((one for one in Sort if one.value == query.get("sort")), None)
        if sort is _usual_order(q) or (sort is Sort.BEST and not q):
            sort = None
        words: dict[str, Any] = {name: clean.text(query.get(name, "")) for name in ("where", "without")}
        page = min(clean.number(query.get("page", "")), MAX_PAGE)
        return cls(q=q, sort=sort, page=page, **words, **flags, **chosen)

    def to_query(self, *, leave_out: str = "") -> str:
        """Canonical query string without '?'; defaults and the facet `leave_out` are absent."""
        pairs = [(name, getattr(self, name)) for name in ("q", "where") if getattr(self, name)]
        pairs += [(name, value) for name in NAMES if name != leave_out for value in self.values(name)]
        pairs += [("without", self.without)] if self.without else []
        pairs += [("no_employer", slug) for slug in self.no_employer]
        pairs += [(name, "1") for name in _FLAGS if getattr(self, name)]
        pairs += [("sort", self.sort.value)] if self.sort else []
        pairs += [("page", str(self.page))] if self.page > 1 else []
        return urlencode(pairs)

    def values(self, name: str) -> tuple[str, ...]:
        chosen: tuple[str, ...] = getattr(self, name)
        return chosen

    @property
    def usual_order(self) -> Sort:
        """When nothing is said of it; absent from addresses."""
        return _usual_order(self.q)

    @property
    def order(self) -> Sort:
        return self.sort or self.usual_order

    @property
    def is_bare(self) -> bool:
        """Nothing asked: the page that search engines may keep."""
        return self == type(self)()

    @property
    def is_of_guide(self) -> bool:
        """Only one career and nothing else: such a page may be kept as well."""
        return len(self.guide) == 1 and self == type(self)(guide=self.guide)

    def among(self, facets: Iterable[Facet], no_employers: Iterable[str] = ()) -> Self:
        """Without values that no option of these facets has."""
        known = {facet.name: {option.value for option in facet.options} for facet in facets}
        kept: dict[str, Any] = {name: tuple(v for v in self.values(name) if v in known[name]) for name in NAMES if name in known}
        left_out = set(no_employers)
        return replace(self, no_employer=tuple(slug for slug in self.no_employer if slug in left_out), **kept)

    def without_filter(self, name: str, value: str | None = None) -> Self:
        """Without one value of a facet, without the facet, or without words or a flag; from its first page."""
        if name in {"q", "where", "without"}:
            gone: dict[str, Any] = {name: ""}
            if name == "q":
                gone |= {"exact": False, "sort": None if self.sort is Sort.NEWEST else self.sort}
        elif name in _FLAGS:
            gone = {name: False}
        else:
            gone = {name: tuple(v for v in self.values(name) if value is not None and v != value)}
        if name == "pay" and not gone["pay"]:
            gone["unstated"] = False
        return replace(self, page=1, **gone)

    def without_employer(self, slug: str) -> Self:
        kept = tuple(one for one in self.employer if one != slug)
        return replace(self, page=1, employer=kept, no_employer=tuple(sorted({*self.no_employer, slug})))

    def on_page(self, number: int) -> Self:
        return replace(self, page=number)

    def for_feed(self) -> Self:
        """The newest first, from the start, without what depends on the reader."""
        return replace(self, page=1, sort=Sort.NEWEST if self.q else None, new=False)

    def for_alert(self) -> Self:
        """What an alert asks for: an alert is about what is new, so age, "new" and the page say nothing."""
        return replace(self, page=1, new=False, age=())

    def cleared(self) -> Self:
        """Without filters; what was typed stays."""
        return type(self)(q=self.q, where=self.where, sort=self.sort, exact=self.exact)

    def active(self, facets: Iterable[Facet]) -> list[Facet]:
        return [facet for facet in facets if self.values(facet.name)]

    def chips(self, facets: Iterable[Facet], no_employers: dict[str, str]) -> list[Chip]:
        """`no_employers`: slug -> name of those left out."""
        found = [
            Chip(facet.name, option.value, option.label, self.without_filter(facet.name, option.value))
            for facet in facets
            for option in facet.chosen(self.values(facet.name))
        ]
        if self.unstated:
            found.append(Chip("unstated", "1", "Includes hidden pay", self.without_filter("unstated")))
        if self.new:
            found.append(Chip("new", "1", "New since your last visit", self.without_filter("new")))
        if self.without:
            found.append(Chip("without", self.without, f"Without “{self.without}”", self.without_filter("without")))
        found += [
            Chip("no_employer", slug, f"Not {no_employers.get(slug, slug)}", self.without_filter("no_employer", slug))
            for slug in self.no_employer
        ]
        return found

    def words(self, facets: Iterable[Facet]) -> str:
        """'Electrician jobs for “solar” in Austin, TX: hybrid, $40,000 a year or more'. 'Jobs' when nothing is asked."""
        facets = list(facets)
        names = next((f.chosen(self.guide) for f in facets if f.name == "guide"), [])
        names += next((f.chosen(self.field) for f in facets if f.name == "field"), [])
        text = f"{' or '.join(option.words for option in names)} jobs" if names else "Jobs"
        text += f" for “{self.q}”" if self.q else ""
        text += f" in {self.where}" if self.where and self.where.casefold() != "remote" else ", remote" if self.where else ""
        phrases = [facet.in_words(self.values(facet.name)) for facet in self.active(facets) if facet.name not in {"guide", "field"}]
        phrases += ["new since your last visit"] if self.new else []
        phrases += [f"without “{self.without}”"] if self.without else []
        if len(phrases) > MAX_PHRASES:
            phrases = [*phrases[: MAX_PHRASES - 1], f"{len(phrases) - MAX_PHRASES + 1} more filters"]
        return f"{text}: {', '.join(phrases)}" if phrases else text

    @property
    def count_of_filters(self) -> int:
        facets = sum(len(self.values(name)) for name in (*BY_LEXEME, "age", "no_employer"))
        return facets + sum((self.unstated, self.new, bool(self.without)))


def _usual_order(q: str) -> Sort:
    return Sort.BEST if q else Sort.NEWEST


def _values(given: list[str], facet: Facet | None) -> tuple[str, ...]:
    if facet is None:
        slugs = {value for value in given[: clean.MAX_VALUES * 5] if _SLUG.fullmatch(value)}
        return tuple(sorted(slugs)[: clean.MAX_VALUES])
    found = clean.values(given, tuple(option.value for option in facet.options))
    return found[-1:] if facet.is_single else found
