"""New jobs for all alerts of a run: each different search is matched once, and memory stays bounded."""

from collections.abc import Iterable, Sequence
from contextlib import ExitStack
from datetime import datetime, timedelta
from types import TracebackType
from typing import Self

from django.db import connection
from django.db.models import Count

from alerts.choices import Kind
from alerts.digest.picking import Known
from alerts.models import Alert, Subscriber
from jobs.search.matching import Matched, NewJobs, Watched, copied

# A feed writes its jobs some time after the moment at which it says that it saw them. The ledger keeps what is asked twice apart.
OVERLAP = timedelta(hours=2)
MOST_BACK = timedelta(days=40)  # after a long pause or outage
HORIZONS = (timedelta(days=2), timedelta(days=9), MOST_BACK)  # each a table of its own: most alerts ask for a day or a week
AT_ONCE = 500
_KNOWN = """
SELECT job.id, job.employer_id, coalesce((
  SELECT array_agg(twin.id) FROM jobs_job AS twin
  WHERE twin.fingerprint = job.fingerprint AND twin.id <> job.id AND twin.first_seen_at > job.first_seen_at - interval '60 days'
    AND twin.first_seen_at < job.first_seen_at + interval '60 days'
), '{}')
FROM jobs_job AS job WHERE job.id = ANY(%s)
"""


class Candidates:
    """Use as a context: it holds temporary tables on this connection."""

    def __init__(self, now: datetime) -> None:
        self.now = now
        self.searches = 0  # that were matched
        self._tables: dict[timedelta, NewJobs] = {}
        self._shared = _shared(now)
        self._kept: dict[Watched, Matched] = {}
        self._known: dict[int, Known] = {}
        self._open = ExitStack()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._open.close()

    def of(self, alerts: Iterable[Alert]) -> dict[Watched, Matched]:
        """For all these alerts of jobs; find an alert's by `watched`."""
        wanted = {self.watched(alert) for alert in alerts}
        found = {one: self._kept[one] for one in wanted if one in self._kept}
        by_horizon: dict[timedelta, list[Watched]] = {}
        for one in wanted - found.keys():
            by_horizon.setdefault(next(h for h in HORIZONS if one.since >= self.now - h), []).append(one)
        for horizon, rest in by_horizon.items():
            found |= self._match(self._table(horizon), rest)
        self._kept |= {one: found[one] for one in wanted if one in self._shared}
        return found

    def watched(self, alert: Alert) -> Watched:
        return Watched(alert.query, max(alert.covered_until - OVERLAP, self.now - MOST_BACK))

    def known(self, ids: Iterable[int]) -> dict[int, Known]:
        """What picking needs to know of these jobs. One query for those not met before."""
        if missing := set(ids) - self._known.keys():
            self._known |= known_jobs(missing)
        return self._known

    def _table(self, horizon: timedelta) -> NewJobs:
        if horizon not in self._tables:
            self._tables[horizon] = self._open.enter_context(copied(self.now - horizon, self.now))
        return self._tables[horizon]

    def _match(self, table: NewJobs, wanted: Sequence[Watched]) -> dict[Watched, Matched]:
        found: dict[Watched, Matched] = {}
        for start in range(0, len(wanted), AT_ONCE):
            some = wanted[start : start + AT_ONCE]
            found |= dict(zip(some, table.match(some), strict=True))
        self.searches += len(wanted)
        return found


def known_jobs(ids: Iterable[int]) -> dict[int, Known]:
    """What picking needs to know of these jobs. One query."""
    with connection.cursor() as cursor:
        cursor.execute(_KNOWN, [list(ids)])
        return {pk: Known(employer, tuple(twins)) for pk, employer, twins in cursor}


def _shared(now: datetime) -> set[Watched]:
    """Searches that several of the due alerts ask, since the same moment: only their answers are kept."""
    due = Alert.objects.kept().filter(kind=Kind.JOBS, off_at=None, subscriber__in=Subscriber.objects.due(now))
    rows = due.order_by().values_list("query", "covered_until").annotate(alerts=Count("pk")).filter(alerts__gt=1)
    return {Watched(query, max(covered - OVERLAP, now - MOST_BACK)) for query, covered, _ in rows.iterator()}
