"""One runner at a time: an advisory lock of PostgreSQL, which goes with the connection, however its process ends."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection

KEY = 0x616C65727473  # "alerts"


@contextmanager
def only_runner() -> Iterator[bool]:
    """Whether this process is the one that sends. The connection must be this process's own: a pool that hands out transactions
    would leave the lock with somebody else (docs/alerts.md).
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [KEY])
        is_ours = bool(cursor.fetchone()[0])
    try:
        yield is_ours
    finally:
        if is_ours:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(%s)", [KEY])
