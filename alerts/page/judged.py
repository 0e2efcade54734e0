"""What readers say of the jobs that digests tell them of, in numbers: for staff."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db.models import Count, Q
from django.utils import timezone

from alerts.choices import Reason, Verdict
from alerts.models import Delivery

DAYS = (30, 90)
MOST = 25  # rows of a table


@dataclass(frozen=True)
class Row:
    """`key`: of the employer or alert. `reasons`: as the columns of the table."""

    key: int
    name: str
    useful: int
    not_for_me: int
    reasons: Sequence[int]


@dataclass(frozen=True)
class Judged:
    days: int
    useful: int
    not_for_me: int
    employers: Sequence[Row]
    alerts: Sequence[Row]

    @property
    def choices(self) -> tuple[int, ...]:
        return DAYS

    @property
    def reasons(self) -> list[str]:
        return [str(reason.label) for reason in Reason]


def judged(days: str) -> Judged:
    """Of the last `days` days, one of DAYS; anything else counts as the first. Three statements."""
    window = int(days) if days in {str(one) for one in DAYS} else DAYS[0]
    rows = Delivery.objects.judged().filter(judged_at__gt=timezone.now() - timedelta(days=window))
    sums = rows.aggregate(**_counts())
    return Judged(window, sums["useful"], sums["not_for_me"], _table(rows, "job__employer"), _table(rows.exclude(alert=None), "alert"))


def _counts() -> dict[str, Count]:
    found = {verdict.value: Count("pk", filter=Q(verdict=verdict)) for verdict in Verdict}
    return found | {f"reason_{reason.value}": Count("pk", filter=Q(verdict=Verdict.NOT_FOR_ME, reason=reason)) for reason in Reason}


def _table(rows: Any, by: str) -> list[Row]:
    """Those with the most jobs that were not for somebody."""
    found = rows.order_by().values(by, f"{by}__name").annotate(**_counts()).order_by("-not_for_me", "-useful", by)[:MOST]
    return [
        Row(row[by], row[f"{by}__name"], row["useful"], row["not_for_me"], [row[f"reason_{reason.value}"] for reason in Reason])
        for row in found
    ]
