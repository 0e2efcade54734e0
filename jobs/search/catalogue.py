"""Guides and fields that jobs can be filtered by, kept in each process while the content stands."""

import time
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef

from careers.models import FormerSlug, GuideListing
from jobs.models import Employer
from jobs.search.facets import AGE, KIND, LEVEL, PAY, WORKPLACE, Facet, Named, employer_facet, field_facet, guide_facet
from jobs.search.query import JobSearch
from kit import stamp

KEPT_SECONDS = 600
MOST_KEPT = 5_000


@dataclass(frozen=True)
class Catalogue:
    guides: tuple[Named, ...]
    fields: tuple[Named, ...]
    once_guides: Mapping[str, str]  # a slug that a guide had once -> its slug of today
    once_fields: Mapping[str, str]

    def facets(self, employers: tuple[Named, ...] = ()) -> tuple[Facet, ...]:
        """All facets in the order of the page."""
        return WORKPLACE, PAY, LEVEL, KIND, AGE, field_facet(self.fields), guide_facet(self.guides), employer_facet(employers)

    def today(self, search: JobSearch) -> JobSearch:
        """The search by the addresses that its guides and fields have today."""
        return replace(search, guide=_today(self.once_guides, search.guide), field=_today(self.once_fields, search.field))


def catalogue() -> Catalogue:
    return _catalogue(stamp.recent())


def forget() -> None:
    """For tests, where a rollback takes the content stamp back as well."""
    stamp.recent.forget()
    _catalogue.cache_clear()
    employers.forget()


@lru_cache(maxsize=1)
def _catalogue(number: int) -> Catalogue:
    names = ("guide_id", "slug", "title", "field_id", "field__slug", "field__name")
    rows = GuideListing.objects.order_by("title").annotate(once=_once("guide"), field_once=_once("field"))
    guides, fields = [], {}
    once_guides: dict[str, str] = {}
    once_fields: dict[str, str] = {}
    for guide, slug, title, field, field_slug, field_name, once, field_once in rows.values_list(*names, "once", "field_once"):
        guides.append(Named(guide, slug, title))
        fields[field] = Named(field, field_slug, field_name)
        once_guides |= dict.fromkeys(once, slug)
        once_fields |= dict.fromkeys(field_once, field_slug)
    return Catalogue(tuple(guides), tuple(sorted(fields.values(), key=lambda one: one.name)), once_guides, once_fields)


def _once(name: str) -> ArraySubquery:
    """Former slugs of the guide, or of its field."""
    return ArraySubquery(FormerSlug.objects.filter(**{name: OuterRef(f"{name}_id")}).values("slug"))


def _today(once: Mapping[str, str], slugs: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(sorted({once.get(slug, slug) for slug in slugs}))


def employers_by_slug(slugs: tuple[str, ...]) -> dict[str, Named]:
    """Slug -> employer, of those that exist; one that was merged leads to the one it was merged into. At most one query."""
    if not slugs:
        return {}
    rows = Employer.objects.filter(slug__in=slugs).select_related("merged_into").order_by("name_folded")
    return {row.slug: _named(row.merged_into or row) for row in rows}


class _Employers:
    """Names for the facet: the same few stand beside most searches. Kept for ten minutes in each process, so that is how old
    the name of a renamed employer may be here; on cards and pages it is never old.
    """

    def __init__(self) -> None:
        self._kept: dict[int, Named] = {}
        self._until = 0.0

    def by_id(self, ids: list[int]) -> tuple[Named, ...]:
        """In the order of the ids. At most one query."""
        if time.monotonic() > self._until or len(self._kept) > MOST_KEPT:
            self.forget()
        if missing := [pk for pk in ids if pk not in self._kept]:
            self._kept |= {row.pk: _named(row) for row in Employer.objects.only("pk", "slug", "name").filter(pk__in=missing)}
        return tuple(self._kept[pk] for pk in ids if pk in self._kept)

    def forget(self) -> None:
        self._kept, self._until = {}, time.monotonic() + KEPT_SECONDS


employers = _Employers()


def _named(employer: Employer) -> Named:
    return Named(employer.pk, employer.slug, employer.name)
