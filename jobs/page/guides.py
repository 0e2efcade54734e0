"""What pages of jobs say about guides: kept in each web process while the public content stands still."""

from collections.abc import Iterable
from dataclasses import dataclass
from threading import Lock

from django.urls import reverse

from careers.choices import Method
from careers.document.figures import PayBand
from careers.models import GuideListing
from careers.page.guide import GuidePage
from kit import stamp

MOST = 5000  # guides; about 2 kB each


@dataclass(frozen=True)
class GuideFacts:
    """Of a published guide. `band` is its first pay band, None when it states no pay."""

    guide_id: int
    slug: str
    title: str
    plural: str
    field_slug: str
    field_name: str
    band: PayBand | None

    @classmethod
    def of_page(cls, page: GuidePage) -> "GuideFacts":
        guide = page.guide
        band = guide.pay[0] if guide.pay else None
        return cls(page.guide_id, guide.slug, guide.title, page.plural, guide.field or "", page.field_name, band)

    @property
    def url(self) -> str:
        return reverse("careers:guide", args=[self.slug])

    @property
    def middle(self) -> str:
        """What the middle of the band is called: an editor's figure is no median."""
        return "median" if self.band and self.band.method is Method.MEASURED else "typical pay"


COLUMNS = ("guide_id", "slug", "title", "document__plural", "field__slug", "field__name", "document__pay__0")


class Shelf:
    """Safe for threads: at worst two of them load the same guide."""

    def __init__(self) -> None:
        self._number = -1
        self._kept: dict[int, GuideFacts | None] = {}
        self._lock = Lock()

    def among(self, guide_ids: Iterable[int | None]) -> dict[int, GuideFacts]:
        """Guide id -> facts, of those that are published. One query when some are not here yet."""
        number = stamp.recent()  # before the rows: a change meanwhile makes them stale, never wrong
        with self._lock:
            if number != self._number or len(self._kept) > MOST:
                self._number, self._kept = number, {}
            kept = self._kept
        wanted = {one for one in guide_ids if one is not None}
        if missing := wanted - kept.keys():
            kept.update(dict.fromkeys(missing) | _load(missing))
        return {one: facts for one in wanted if (facts := kept[one])}

    def clear(self) -> None:
        with self._lock:
            self._number = -1


def _load(guide_ids: set[int]) -> dict[int, GuideFacts | None]:
    rows = GuideListing.objects.filter(guide_id__in=guide_ids).values_list(*COLUMNS)
    return {
        pk: GuideFacts(pk, slug, title, plural or f"{title}s", field_slug, field_name, PayBand.model_validate(band) if band else None)
        for pk, slug, title, plural, field_slug, field_name, band in rows
    }


shelf = Shelf()
