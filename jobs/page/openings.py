"""The open jobs of a guide, for its page: how many, and the newest. Kept in each web process for a minute."""

import time
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass
from threading import Lock

from django.utils import timezone

from jobs import links
from jobs.models import Job
from jobs.models.counting import RowCount
from jobs.page.card import Card
from jobs.page.guides import GuideFacts
from kit import stamp

NEWEST = 5
MOST = 1000  # jobs that are counted exactly; beyond it the page says "1,000+"
KEEP_SECONDS = 60.0
GUIDES = 2000  # that are kept


@dataclass(frozen=True)
class Openings:
    """`total` counts up to one more than MOST."""

    guide: GuideFacts
    total: int
    newest: Sequence[Card]

    @property
    def count(self) -> str:
        """1,204, or 1,000+"""
        return f"{MOST:,}+" if self.total > MOST else f"{self.total:,}"

    @property
    def url(self) -> str:
        return links.jobs_of_guide(self.guide.slug)


@dataclass(frozen=True)
class Kept:
    number: int  # content stamp it was made under
    until: float  # time.monotonic() from which it is stale whatever the stamp
    openings: Openings


class Shelf:
    """Least recently read guides go first. Safe for threads."""

    def __init__(self) -> None:
        self._kept: OrderedDict[int, Kept] = OrderedDict()
        self._lock = Lock()

    def of(self, guide: GuideFacts) -> Openings:
        """One query when they are not here, are a minute old, or staff took a job down meanwhile (that raises the stamp)."""
        number = stamp.recent()
        with self._lock:
            kept = self._kept.get(guide.guide_id)
            if kept and kept.number == number and time.monotonic() < kept.until:
                self._kept.move_to_end(guide.guide_id)
                return kept.openings
        openings = find(guide)
        with self._lock:
            self._kept[guide.guide_id] = Kept(number, time.monotonic() + KEEP_SECONDS, openings)
            while len(self._kept) > GUIDES:
                self._kept.popitem(last=False)
        return openings

    def clear(self) -> None:
        with self._lock:
            self._kept.clear()


def find(guide: GuideFacts) -> Openings:
    """One query."""
    open_here = Job.objects.listed().filter(guide=guide.guide_id)
    count = RowCount(open_here.order_by().values("pk")[: MOST + 1])
    found = list(open_here.for_cards().annotate(total=count).order_by("-posted_at")[:NEWEST])
    total: int = found[0].total if found else 0  # type: ignore[attr-defined]  # annotated
    now = timezone.now()
    return Openings(guide, total, [Card(job, guide, now) for job in found])


shelf = Shelf()
