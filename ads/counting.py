"""Impressions and clicks of ads, gathered by `kit.tally` and written in sums."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from django.db import connection, transaction
from django.db.models import Sum
from django.utils import timezone

from ads.models import AdDay, Creative
from ads.report import Mark, Report
from kit import tally as gathering


@dataclass(frozen=True, order=True)
class Key:
    """What one row of AdDay sums up."""

    creative_id: int
    placement: str
    day: date


class What(StrEnum):
    IMPRESSION = "impression"
    CLICK = "click"


Sums = Counter[tuple[Key, What]]


class Tally(gathering.Tally[tuple[Key, What]]):
    def __init__(self) -> None:
        super().__init__(lambda sums: write_sums(sums), "ad counts")

    def count(self, report: Report) -> None:
        """Counts for today (UTC)."""
        today = timezone.now().date()
        seen = [(key, What.IMPRESSION) for key in _keys(report.seen, today)]
        clicks = [(key, What.CLICK) for key in _keys([report.clicked] if report.clicked else [], today)]
        self.add([*seen, *clicks])


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
    ids = sorted({key.creative_id for key, _ in sums})
    locked = Creative.objects.select_for_update(no_key=True).filter(pk__in=ids).order_by("pk")
    caps = dict(locked.values_list("pk", "cap"))
    keys = sorted({key for key, _ in sums if key.creative_id in caps})
    if not keys:
        return
    columns: list[Any] = [
        [key.creative_id for key in keys],
        [key.placement for key in keys],
        [key.day for key in keys],
        [sums[key, What.IMPRESSION] for key in keys],
        [sums[key, What.CLICK] for key in keys],
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
