"""Small reads of published guides for other pages."""

from collections.abc import Collection

from django.db.models import Count, Q, QuerySet

from careers.models import Field, GuideListing
from careers.models.listing import HEAVY

# What the signpost shows, for the page that shows it.
SIGNPOST_CHOICE = "The best-paid career of each field, by median pay"
SIGNPOST_PLATES = 4


def signpost_guides() -> list[GuideListing]:
    """The guide with the highest median pay in each field, in US dollars; of these the best paid, at most four."""
    paid = GuideListing.objects.for_cards().filter(currency="USD", pay_median__isnull=False)
    of_each_field = paid.order_by("field_id", "-pay_median", "title_folded").distinct("field_id")
    return sorted(of_each_field, key=lambda guide: (-(guide.pay_median or 0), guide.title_folded))[:SIGNPOST_PLATES]


def fields_with_counts() -> list[Field]:
    """Fields that have published guides, in page order, each with their number as `guide_count`."""
    return list(Field.objects.annotate(guide_count=Count("listings")).filter(guide_count__gt=0).order_by("position", "name"))


def guides_to_compare(slugs: Collection[str]) -> list[GuideListing]:
    """Published guides at these addresses, by slug, each with document and skills. Two queries."""
    big = [column for column in HEAVY if column != "document"]
    return list(GuideListing.objects.filter(slug__in=slugs).defer(*big).prefetch_related("skills").order_by("slug"))


def guides_called(slugs: Collection[str], folded_titles: Collection[str]) -> "QuerySet[GuideListing]":
    """Guides by address or by title, at most one for each given name but for equal titles."""
    return GuideListing.objects.filter(Q(slug__in=slugs) | Q(title_folded__in=folded_titles)).order_by("-slug")


def titles(most: int) -> list[tuple[str, str]]:
    """Slug and title of the first guides by title."""
    return list(GuideListing.objects.order_by("title_folded").values_list("slug", "title")[:most])
