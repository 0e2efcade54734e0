"""Search rows follow their jobs by triggers. Who writes a job in several statements has its row written once, at the end."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from django.db import connection, transaction

from jobs.models import Job


@contextmanager
def index_once(jobs: Sequence[Job]) -> Iterator[None]:
    """Inside, triggers leave search rows alone; at the end those of `jobs` are written. They may get their keys inside.

    One transaction: a failure inside takes all of it back. Jobs that are not among `jobs` must not be changed inside.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL jobs.index_later = 'on'")
        yield
        cursor.execute("SET LOCAL jobs.index_later = ''")
        cursor.execute("SELECT jobs_index(%s::bigint[])", [[job.pk for job in jobs]])


def index_again(ids: Sequence[int]) -> None:
    """Write the search rows of these jobs anew, after a change that no trigger sees: other names of their skills."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT jobs_index(%s::bigint[])", [list(ids)])
