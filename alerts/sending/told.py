"""Jobs that a reader knows already: they were told of them, hid them or applied for them."""

from collections.abc import Iterable, Sequence

from django.db import connection

from accounts.models import TrackedApplication
from alerts.models import Subscriber
from jobs.models import Application, HiddenJob

_TOLD = """
SELECT told.subscriber_id, told.job_id
FROM unnest(%s::bigint[], %s::bigint[]) AS asked (subscriber, job)
JOIN alerts_delivery AS told ON told.subscriber_id = asked.subscriber AND told.job_id = asked.job
"""


def told(people: Iterable[Subscriber], jobs: dict[int, set[int]], *, with_ledger: bool = True) -> dict[int, set[int]]:
    """Subscriber id -> those of `jobs` (subscriber id -> jobs that may be told) that are known. Four queries for any number."""
    pairs = [(person, job) for person, some in jobs.items() for job in some]
    found: dict[int, set[int]] = {}
    for person, job in _from_ledger(pairs) if with_ledger else ():
        found.setdefault(person, set()).add(job)
    by_user = {person.user_id: person.pk for person in people if person.user_id is not None}
    for user, job in _used(list(by_user), list({job for _, job in pairs})):
        found.setdefault(by_user[user], set()).add(job)
    return found


def _from_ledger(pairs: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    with connection.cursor() as cursor:
        cursor.execute(_TOLD, [[person for person, _ in pairs], [job for _, job in pairs]])
        found: list[tuple[int, int]] = cursor.fetchall()
        return found


def _used(users: Sequence[int], jobs: Sequence[int]) -> Iterable[tuple[int, int]]:
    if not users or not jobs:
        return
    for model in (HiddenJob, Application, TrackedApplication):
        rows = model._default_manager.filter(user__in=users, job__in=jobs)
        yield from rows.order_by().values_list("user_id", "job_id")
