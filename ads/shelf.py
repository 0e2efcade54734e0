"""Ads kept in each web process while the public content stands still: no page asks the database for them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from threading import Lock

from django.utils import timezone

from ads.links import host_of, is_own
from ads.models import Creative, Picture, Placement, Shape, State
from kit import stamp

SHAPES = {Placement.BESIDE: Shape.BOX, Placement.BETWEEN: Shape.BAND, Placement.LIST: Shape.BAND}


@dataclass(frozen=True)
class Ad:
    """An ad as pages show it."""

    creative: Creative
    field_slugs: frozenset[str]
    picture: Picture | None

    @classmethod
    def of(cls, creative: Creative) -> "Ad":
        """`creative` comes from CreativeQuerySet.recent()."""
        picture = getattr(creative, "picture", None)
        return cls(creative, frozenset(getattr(creative, "field_slugs", ())), picture)

    @property
    def id(self) -> int:
        return self.creative.pk

    @property
    def is_own(self) -> bool:
        """Leads to a page of ours."""
        return is_own(self.creative.link)

    @property
    def host(self) -> str:
        return host_of(self.creative.link)

    def may_show(self, placement: Placement, field: str, now: datetime) -> bool:
        """`field`: slug of the page's field of work, empty where it has none."""
        shape = Shape(self.creative.shape)
        is_meant = not self.field_slugs or field in self.field_slugs
        return shape in {Shape.ANY, SHAPES[placement]} and is_meant and self.creative.state(now) is State.RUNNING


class Shelf:
    """Safe for threads."""

    def __init__(self) -> None:
        self._kept: tuple[int, Sequence[Ad]] | None = None
        self._lock = Lock()

    def ads(self) -> Sequence[Ad]:
        """As of the content stamp, at most a second old. One query when the stamp has changed."""
        number = stamp.recent()  # before the rows: a change meanwhile makes them stale, never wrong
        if (kept := self._kept) and kept[0] == number:
            return kept[1]
        with self._lock:  # the others wait for the first that asks
            if (kept := self._kept) and kept[0] == number:
                return kept[1]
            self._kept = (number, [Ad.of(creative) for creative in Creative.objects.recent(timezone.now())])
            return self._kept[1]

    def ids(self) -> frozenset[int]:
        """Of all ads that a reader may have on an open page."""
        return frozenset(ad.id for ad in self.ads())

    def clear(self) -> None:
        self._kept = None


shelf = Shelf()
