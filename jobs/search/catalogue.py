"""Guides and fields that jobs can be filtered by, kept in each process while the content stands."""

from dataclasses import dataclass
from functools import lru_cache

from careers.models import GuideListing
from jobs.models import Employer
from jobs.search.facets import AGE, KIND, LEVEL, PAY, WORKPLACE, Facet, Named, employer_facet, field_facet, guide_facet
from kit import stamp


@dataclass(frozen=True)
class Catalogue:
    guides: tuple[Named, ...]
    fields: tuple[Named, ...]

    def facets(self, employers: tuple[Named, ...] = ()) -> tuple[Facet, ...]:
        """All facets in the order of the page."""
        return WORKPLACE, PAY, LEVEL, KIND, AGE, field_facet(self.fields), guide_facet(self.guides), employer_facet(employers)


def catalogue() -> Catalogue:
    return _catalogue(stamp.recent())


def forget() -> None:
    """For tests, where a rollback takes the content stamp back as well."""
    stamp.recent.forget()
    _catalogue.cache_clear()


@lru_cache(maxsize=1)
def _catalogue(number: int) -> Catalogue:
    rows = GuideListing.objects.order_by("title").values_list("guide_id", "slug", "title", "field_id", "field__slug", "field__name")
    guides, fields = [], {}
    for guide, slug, title, field, field_slug, field_name in rows:
        guides.append(Named(guide, slug, title))
        fields[field] = Named(field, field_slug, field_name)
    return Catalogue(tuple(guides), tuple(sorted(fields.values(), key=lambda one: one.name)))


def employers_by_slug(slugs: tuple[str, ...]) -> dict[str, Named]:
    """Slug -> employer, of those that exist; one that was merged leads to the one it was merged into. At most one query."""
    if not slugs:
        return {}
    rows = Employer.objects.filter(slug__in=slugs).select_related("merged_into").order_by("name_folded")
    return {row.slug: _named(row.merged_into or row) for row in rows}


def employers_by_id(ids: list[int]) -> tuple[Named, ...]:
    """In the order of the ids. At most one query."""
    found = Employer.objects.only("pk", "slug", "name").in_bulk(ids) if ids else {}
    return tuple(_named(found[pk]) for pk in ids if pk in found)


def _named(employer: Employer) -> Named:
    return Named(employer.pk, employer.slug, employer.name)
