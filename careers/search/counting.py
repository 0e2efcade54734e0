"""How many guides each choice would leave: all of it in one statement."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, Q

from careers.models.listing import ListingQuerySet
from careers.search.facets import Facet
from careers.search.query import GuideSearch


@dataclass(frozen=True)
class Tally:
    total: int  # guides that match words and facets
    with_words: int  # guides that match the words, whatever the facets say
    options: dict[tuple[str, str], int]  # (facet, option) -> guides if only this option of its facet were chosen


def tally(search: GuideSearch, listings: ListingQuerySet, facets: Iterable[Facet]) -> Tally:
    """Count under the search. An option's count leaves its own facet out, so it says what choosing it would show."""
    facets = list(facets)
    options = [(facet, option, search.condition(facets, but=facet.name)) for facet in facets for option in facet.options]
    counts = search.matching(listings).aggregate(
        total=_count(search.condition(facets)),
        with_words=_count(Q()),
        **{f"option_{n}": _count(option.condition & others) for n, (_, option, others) in enumerate(options)},
    )
    by_option = {(facet.name, option.value): counts[f"option_{n}"] for n, (facet, option, _) in enumerate(options)}
    return Tally(counts["total"], counts["with_words"], by_option)


def loosened(search: GuideSearch, listings: ListingQuerySet, facets: Iterable[Facet]) -> dict[str, int]:
    """Facet (or `q`) -> guides that match when it alone is left out; only those that help, best first."""
    facets = list(facets)
    words = Q(pk__in=search.matching(listings).order_by().values("pk")) if search.q else Q()
    active = [facet.name for facet in search.active(facets)]
    conditions = {name: words & search.condition(facets, but=name) for name in active}
    if search.q and active:
        conditions["q"] = search.condition(facets)
    if not conditions:
        return {}
    counts = listings.aggregate(**{f"without_{name}": _count(condition) for name, condition in conditions.items()})
    helpful = {name: counts[f"without_{name}"] for name in conditions if counts[f"without_{name}"]}
    return dict(sorted(helpful.items(), key=lambda item: -item[1]))


def _count(condition: Q) -> Count:
    return Count("pk", filter=condition) if condition else Count("pk")
