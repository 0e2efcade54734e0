"""The number of the public content, for caches: what was made under it is fresh while the number stands."""

import time

from django.db import DatabaseError, migrations
from django.db.models import F

from kit.models import ContentStamp

RECENT_SECONDS = 1.0


def current() -> int:
    """Number of the committed public content; 0 before there is any. One query by primary key."""
    return ContentStamp.objects.filter(pk=1).values_list("number", flat=True).first() or 0


def raise_number() -> None:
    """Make every stored page stale, in the transaction of the change. For what no trigger watches."""
    ContentStamp.objects.filter(pk=1).update(number=F("number") + 1)


class _Recent:
    """The number as this process last read it."""

    def __init__(self) -> None:
        self.number: int | None = None
        self.read_at = float("-inf")

    def __call__(self) -> int:
        """At most RECENT_SECONDS old. While the database is away the last known number stands."""
        now = time.monotonic()
        if now - self.read_at >= RECENT_SECONDS:
            self.read_at = now
            try:
                self.number = current()
            except DatabaseError:
                if self.number is None:
                    raise
        return self.number or 0

    def forget(self) -> None:
        self.read_at = float("-inf")


recent = _Recent()


def watch(table: str) -> migrations.RunSQL:
    """Migration operation: every statement that changes `table` raises the number in the same transaction."""
    trigger = f"{table}_stamp"
    return migrations.RunSQL(
        f"CREATE TRIGGER {trigger} AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON {table} "
        "FOR EACH STATEMENT EXECUTE FUNCTION public.raise_content_stamp()",
        f"DROP TRIGGER IF EXISTS {trigger} ON {table}",
    )
