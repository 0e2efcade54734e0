"""What readers looked for and nobody has written: words and a number, never a person."""

import re
from datetime import datetime, timedelta

from django.db import connection
from django.utils import timezone

from careers.choices import WorkState
from careers.models import SearchMiss
from kit.text import fold

MAX_ROWS = 10_000
KEPT_AFTER_PURGE = 9_000  # leaves room for a day of new words
KEPT_DAYS = 90

# One statement, so that equal searches at the same moment make one row and all of them count.
RECORD = """
INSERT INTO careers_searchmiss (words, count, first_at, last_at)
SELECT %(words)s, 1, %(now)s, %(now)s
WHERE (SELECT count(*) FROM careers_searchmiss) < %(most)s
  OR EXISTS (SELECT FROM careers_searchmiss WHERE public.fold(words) = %(words)s)
ON CONFLICT (public.fold(words)) DO UPDATE SET count = careers_searchmiss.count + 1, last_at = excluded.last_at
"""


def record(q: str) -> None:
    """Count a search that found nothing. What may name a person (an address, a long number) is not kept."""
    words = " ".join(fold(q).split())[:100].strip()
    if not words or "@" in words or re.search(r"\d[\d ./-]{5,}\d", words):
        return
    with connection.cursor() as cursor:
        cursor.execute(RECORD, {"words": words, "now": timezone.now(), "most": MAX_ROWS})


def purge(now: datetime) -> int:
    """Forget words that nobody asked for in KEPT_DAYS, and the rarest where there are too many. Returns how many.

    What somebody has in hand stays.
    """
    idle = SearchMiss.objects.exclude(state=WorkState.DOING)
    old, _ = idle.filter(last_at__lt=now - timedelta(days=KEPT_DAYS)).delete()
    kept = SearchMiss.objects.order_by("-count", "-last_at").values("pk")[:KEPT_AFTER_PURGE]
    rare, _ = idle.exclude(pk__in=kept).delete()
    return old + rare
