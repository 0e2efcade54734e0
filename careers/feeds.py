"""Guides for machines: Atom feed and sitemaps."""

from datetime import datetime
from typing import Any

from django.contrib.sitemaps import Sitemap
from django.contrib.syndication.views import Feed
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed

from careers.models import Field, GuideListing

NEWEST = 50


class GuideFeed(Feed[GuideListing, Any]):
    """The newest published guides."""

    feed_type = Atom1Feed
    title = "Career guides"
    subtitle = "New and changed career guides"

    def link(self) -> str:
        return reverse("careers:guide_list")

    def items(self) -> Any:
        return GuideListing.objects.for_cards().order_by("-published_at")[:NEWEST]

    def item_title(self, item: Any) -> str:
        return str(item.title)

    def item_description(self, item: Any) -> str:
        return str(item.standfirst)

    def item_updateddate(self, item: GuideListing) -> datetime:
        return item.published_at

    def item_pubdate(self, item: GuideListing) -> datetime:
        return item.first_published_at


class GuideSitemap(Sitemap[GuideListing]):
    def items(self) -> Any:
        return GuideListing.objects.for_cards().order_by("slug")

    def lastmod(self, item: GuideListing) -> datetime:
        return item.published_at


class CaseStudySitemap(Sitemap[tuple[str, str, datetime]]):
    def items(self) -> list[tuple[str, str, datetime]]:
        rows = GuideListing.objects.order_by("slug").values_list("slug", "document__case_studies", "published_at")
        return [(slug, case["slug"], published) for slug, cases, published in rows for case in cases or []]

    def location(self, item: tuple[str, str, datetime]) -> str:
        return reverse("careers:case_study", args=item[:2])

    def lastmod(self, item: tuple[str, str, datetime]) -> datetime:
        return item[2]


class FieldSitemap(Sitemap[Field]):
    def items(self) -> Any:
        return Field.objects.filter(listings__isnull=False).distinct()


class PageSitemap(Sitemap[str]):
    def items(self) -> list[str]:
        return [
            "home",
            "careers:guide_list",
            "jobs:list",
            "careers:compare",
            "careers:questions",
            "about",
            "ads:about",
            "figures",
            "accessibility",
            "privacy",
        ]

    def location(self, item: str) -> str:
        return reverse(item)


SITEMAPS: dict[str, type[Sitemap[Any]]] = {"pages": PageSitemap, "guides": GuideSitemap, "cases": CaseStudySitemap, "fields": FieldSitemap}
