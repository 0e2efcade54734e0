"""Impressions and clicks, gathered in each process and written in sums: no row and no moment belongs to one reader."""

import logging
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from multiprocessing.util import Finalize
from threading import Lock, Timer
from typing import Any

from django.db import Error, connection, transaction
from django.db.models import Sum
from django.utils import timezone

from ads.models import AdDay, Creative
from ads.report import Mark, Report

EVERY_SECONDS = 10.0
EVERY_COUNTS = 200
MOST_KEPT = 20_000  # different sums, while the database is away

log = logging.getLogger(__name__)


@dataclass(frozen=True, order=True)
class Key:
    """What one row of AdDay sums up."""

    creative_id: int
    placement: str
    day: date


@dataclass
class Sums:
    """Counts that are not written yet."""

    impressions: Counter[Key]
    clicks: Counter[Key]

    @classmethod
    def empty(cls) -> "Sums":
        return cls(Counter(), Counter())

    def __len__(self) -> int:
        return self.impressions.total() + self.clicks.total()

    def add(self, other: "Sums") -> None:
        self.impressions.update(other.impressions)
        self.clicks.update(other.clicks)

    @property
    def keys(self) -> list[Key]:
        return sorted({*self.impressions, *self.clicks})


class Tally:
    """Safe for threads. A timer runs only while something waits to be written; what waits at exit is written then."""

    def __init__(self) -> None:
        self._sums = Sums.empty()
        self._lock = Lock()
        self._writing = Lock()
        self._is_held = False  # the database did not take the last batch: only the timer tries again
        self._timer: Timer | None = None
        self._at_exit: Finalize | None = None

    def count(self, report: Report) -> None:
        """Counts for today (UTC). Every EVERY_COUNTS counts the caller's request writes the batch."""
        today = timezone.now().date()
        with self._lock:
            self._sums.impressions.update(_keys(report.seen, today))
            if report.clicked:
                self._sums.clicks.update(_keys([report.clicked], today))
            is_full = len(self._sums) >= EVERY_COUNTS and not self._is_held
            if not is_full:
                self._start_timer()
        if is_full:
            self.write()

    def write(self) -> None:
        """Write what waits. When the database does not take it, it waits for the next time."""
        with self._writing:
            with self._lock:
                taken, self._sums = self._sums, Sums.empty()
                self._stop_timer()
            if not taken:
                return
            try:
                write_sums(taken)
            except Error as error:
                log.warning("ad counts wait for the database: %s", error)
                self._put_back(taken)
            else:
                self._is_held = False

    def waiting(self) -> int:
        return len(self._sums)

    def forget(self) -> None:
        """Drop what waits."""
        with self._lock:
            self._sums, self._is_held = Sums.empty(), False
            self._stop_timer()

    def _put_back(self, taken: Sums) -> None:
        with self._lock:
            self._is_held = True
            if len(self._sums.keys) < MOST_KEPT:
                self._sums.add(taken)
            self._start_timer()

    def _start_timer(self) -> None:
        if self._timer is None:
            self._timer = Timer(EVERY_SECONDS, self._write_in_own_thread)
            self._timer.daemon = True
            self._timer.start()
        if self._at_exit is None:  # in the process that counts: web servers start theirs as children
            self._at_exit = Finalize(None, self.write, exitpriority=1)

    def _stop_timer(self) -> None:
        if self._timer:
            self._timer.cancel()
            self._timer = None

    def _write_in_own_thread(self) -> None:
        try:
            self.write()
        finally:
            connection.close()  # this thread ends here, and its connection with it


def _keys(marks: Iterable[Mark], day: date) -> list[Key]:
    return [Key(mark.creative_id, mark.placement.value, day) for mark in marks]


UPSERT = """
INSERT INTO ads_adday (creative_id, placement, day, impressions, clicks)
SELECT * FROM unnest(%s::bigint[], %s::text[], %s::date[], %s::int[], %s::int[])
ON CONFLICT (creative_id, placement, day) DO UPDATE
SET impressions = ads_adday.impressions + excluded.impressions, clicks = ads_adday.clicks + excluded.clicks
"""


@transaction.atomic
def write_sums(sums: Sums) -> None:
    """Add to the rows of AdDay, and mark ads whose cap is reached. Counts of ads that are gone are dropped.

    The ads are locked in the order of their keys, so that writers of several processes wait for each other and the
    one that reaches a cap sees the counts of all.
    """
    ids = sorted({key.creative_id for key in sums.keys})
    locked = Creative.objects.select_for_update(no_key=True).filter(pk__in=ids).order_by("pk")
    caps = dict(locked.values_list("pk", "cap"))
    keys = [key for key in sums.keys if key.creative_id in caps]
    if not keys:
        return
    columns: list[Any] = [
        [key.creative_id for key in keys],
        [key.placement for key in keys],
        [key.day for key in keys],
        [sums.impressions[key] for key in keys],
        [sums.clicks[key] for key in keys],
    ]
    with connection.cursor() as cursor:
        cursor.execute(UPSERT, columns)
    mark_spent({pk: cap for pk, cap in caps.items() if cap is not None})


def mark_spent(caps: Mapping[int, int]) -> None:
    """Stop the ads whose impressions have reached their cap.

    The update raises the content stamp, so it is sent only when there is something to stop: counting alone makes no
    stored page stale.
    """
    rows = AdDay.objects.filter(creative__in=list(caps), creative__spent_at=None).order_by()
    seen = rows.values_list("creative").annotate(total=Sum("impressions"))
    if spent := [pk for pk, total in seen if total >= caps[pk]]:
        Creative.objects.filter(pk__in=spent).update(spent_at=timezone.now())


tally = Tally()
