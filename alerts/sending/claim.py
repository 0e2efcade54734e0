"""Deciding what the next people are told, and writing that down before any mail exists.

One transaction for some hundred people: their digests, the ledger, and how far each alert has come. Whoever is stopped in the
middle has changed nothing; who comes after it does not find these people due any more.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Q

from alerts.cadence import Clock, due_slot
from alerts.choices import Kind
from alerts.digest import guides
from alerts.digest.notes import notes
from alerts.digest.picking import pick
from alerts.models import Alert, Digest, Run, Subscriber, SubscriberQuerySet
from alerts.people import follow_clock
from alerts.sending import ledger
from alerts.sending.candidates import Candidates
from alerts.sending.person import Person
from alerts.sending.told import told
from billing.entitlements import having
from billing.plans import Feature
from kit.mail.addresses import dead_among

Place = tuple[datetime, int]  # in the order in which people are due


@dataclass(frozen=True)
class Claimed:
    people: list[Person]
    digests: list[Digest]
    last: Place | None  # go on after this one; None: nobody is left


@transaction.atomic
def claim(run: Run, candidates: Candidates, after: Place | None, size: int) -> Claimed:
    """The next `size` people who are due. Somebody whom another transaction holds just now is left to the next run."""
    rows = list(_due(candidates.now, after).select_for_update(of=("self",), skip_locked=True)[:size])
    if not rows:
        return Claimed([], [], None)
    last = _place(rows[-1])
    for row in rows:
        follow_clock(row, candidates.now)
    people = decide(rows, candidates)
    return Claimed(people, ledger.write(run, people, candidates.now), last)


def look(candidates: Candidates, after: Place | None, size: int) -> Claimed:
    """The same without writing anything: for a dry run."""
    rows = list(_due(candidates.now, after)[:size])
    return Claimed(decide(rows, candidates), [], _place(rows[-1])) if rows else Claimed([], [], None)


def decide(rows: Sequence[Subscriber], candidates: Candidates) -> list[Person]:
    people = _people(rows, candidates.now)
    _find_jobs(people, candidates)
    changed = guides.changes(alert for person in people for alert in person.due if alert.kind == Kind.GUIDE)
    for person in people:
        person.changed = {alert.pk: changed[alert.pk] for alert in person.due if alert.pk in changed}
        person.notes = notes(person.subscriber, person.due, candidates.now, may_daily=person.may_daily, has_news=person.has_news)
    return people


def _due(now: datetime, after: Place | None) -> SubscriberQuerySet:
    due = Subscriber.objects.due(now).select_related("user").order_by("next_at", "pk")
    return due.filter(Q(next_at__gt=after[0]) | Q(next_at=after[0], pk__gt=after[1])) if after else due


def _place(row: Subscriber) -> Place:
    assert row.next_at
    return row.next_at, row.pk


def _people(rows: Sequence[Subscriber], now: datetime) -> list[Person]:
    """Whoever has a digest for this day or one that waits to go out, or whose address takes no mail, has nothing due. Their next
    look moves on all the same, and a later digest tells what came meanwhile.
    """
    clocks = {row.pk: Clock.of(row) for row in rows}
    slots = {pk: clock.latest_slot(now) for pk, clock in clocks.items()}
    alerts: dict[int, list[Alert]] = {}
    for alert in Alert.objects.kept().filter(subscriber__in=rows, off_at=None).in_order():
        alerts.setdefault(alert.subscriber_id, []).append(alert)
    daily = having([row.user_id for row in rows if row.user_id is not None], Feature.DAILY_ALERTS)
    digests = Digest.objects.filter(subscriber__in=rows)
    written = digests.filter(slot__gte=min(slots.values())).values_list("subscriber", "slot")
    waiting = {subscriber for subscriber, slot in written if slot >= slots[subscriber]}
    waiting |= set(digests.on_the_way().values_list("subscriber", flat=True))
    dead = dead_among([row.address for row in rows])
    found = []
    for row in rows:
        own, may_daily = alerts.get(row.pk, []), row.user_id in daily
        is_open = row.pk not in waiting and row.address.lower() not in dead
        slots_of = {alert.pk: due_slot(alert, clocks[row.pk], now, may_daily=may_daily) for alert in own if is_open}
        due = {pk: slot for pk, slot in slots_of.items() if slot}
        found.append(Person(row, own, clocks[row.pk], slots[row.pk], may_daily, due))
    return found


def _find_jobs(people: Iterable[Person], candidates: Candidates) -> None:
    due = {person.subscriber.pk: [alert for alert in person.due if alert.kind == Kind.JOBS] for person in people}
    matched = candidates.of(alert for alerts in due.values() for alert in alerts)
    offered = {pk: {job for alert in alerts for job in matched[candidates.watched(alert)].ids} for pk, alerts in due.items()}
    known = candidates.known(job for jobs in offered.values() for job in jobs)
    asked = {pk: jobs | {twin for job in jobs if job in known for twin in known[job].twins} for pk, jobs in offered.items()}
    known_to = told([person.subscriber for person in people], asked)
    for person in people:
        taken: set[int] = set()
        for alert in due[person.subscriber.pk]:
            picked = pick(matched[candidates.watched(alert)], known, known_to.get(person.subscriber.pk, set()), taken)
            if picked.ids:
                person.picked[alert.pk] = picked
