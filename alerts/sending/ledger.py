"""Writing down what some people are told: digests, the ledger of jobs, how far alerts have come. Six statements for any number."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db import connection

from alerts.digest.notes import Note
from alerts.models import Alert, Digest, Run
from alerts.sending.person import Person

_DELIVERIES = """
INSERT INTO alerts_delivery (subscriber_id, job_id, digest_id, alert_id, place, verdict, reason)
SELECT subscriber, job, digest, alert, place, '', ''
FROM unnest(%s::bigint[], %s::bigint[], %s::bigint[], %s::bigint[], %s::int[]) AS given (subscriber, job, digest, alert, place)
"""
_ALERTS = """
UPDATE alerts_alert SET last_slot = given.slot, covered_until = greatest(covered_until, %s)
FROM unnest(%s::bigint[], %s::date[]) AS given (id, slot) WHERE alerts_alert.id = given.id
"""
_SUBSCRIBERS = """
UPDATE alerts_subscriber SET next_at = given.next_at, mailed_at = CASE WHEN given.has_mail THEN %s ELSE mailed_at END,
  told_weekly_at = CASE WHEN given.may_daily THEN NULL WHEN given.is_told THEN %s ELSE told_weekly_at END
FROM unnest(%s::bigint[], %s::timestamptz[], %s::bool[], %s::bool[], %s::bool[]) AS given (id, next_at, has_mail, may_daily, is_told)
WHERE alerts_subscriber.id = given.id
"""


def write(run: Run, people: Sequence[Person], now: datetime) -> list[Digest]:
    """In the caller's transaction, which holds the rows of these subscribers. Raises IntegrityError for a second digest of one day."""
    told = [person for person in people if person.has_mail]
    digests = Digest.objects.bulk_create(
        Digest(subscriber=one.subscriber, run=run, slot=one.slot, sections=one.sections(), notes=one.notes) for one in told
    )
    _write_jobs(zip(told, digests, strict=True))
    _move_alerts(people, now)
    _move_people(people, now)
    return digests


def _write_jobs(rows: Iterable[tuple[Person, Digest]]) -> None:
    columns: tuple[list[int], ...] = ([], [], [], [], [])
    for person, digest in rows:
        place = 0
        for alert, picked in person.picked.items():
            for job in picked.ids:
                place += 1
                for column, value in zip(columns, (person.subscriber.pk, job, digest.pk, alert, place), strict=True):
                    column.append(value)
    if columns[0]:
        with connection.cursor() as cursor:
            cursor.execute(_DELIVERIES, columns)


def _move_alerts(people: Sequence[Person], now: datetime) -> None:
    due = [pair for person in people for pair in person.slots.items()]
    with connection.cursor() as cursor:
        cursor.execute(_ALERTS, [now, [pk for pk, _ in due], [slot for _, slot in due]])
    known = [(alert, person.changed[alert.pk][0]) for person in people for alert in person.due if alert.pk in person.changed]
    for alert, revision in known:
        alert.revision = revision
    Alert.objects.bulk_update([alert for alert, _ in known], ["revision"])


def _move_people(people: Sequence[Person], now: datetime) -> None:
    rows = [(one.subscriber.pk, one.next_at(now), one.has_mail, one.may_daily, Note.WEEKLY_NOW in one.notes) for one in people]
    with connection.cursor() as cursor:
        cursor.execute(_SUBSCRIBERS, [now, now, *map(list, zip(*rows, strict=True))])
