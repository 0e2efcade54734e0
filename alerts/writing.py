"""What people do with their alerts. Each leaves the person's next digest where it belongs."""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from alerts.cadence import Clock
from alerts.choices import Frequency, Kind, Stop
from alerts.models import Alert, Subscriber
from alerts.people import reschedule
from careers.models import Guide, GuideRevision
from kit.models import OutgoingMail

MOST = 50  # alerts of one person


class TooMany(Exception):
    """The person has MOST alerts."""


@transaction.atomic
def add(
    subscriber: Subscriber,
    *,
    name: str,
    query: str = "",
    guide: Guide | None = None,
    frequency: Frequency = Frequency.WEEKLY,
) -> tuple[Alert, bool]:
    """A search (`query` is canonical) or a guide; whether it is new: the same again is the one that stands. Raises TooMany.

    Who may have daily alerts is asked by the caller (`billing.entitlements.require`) and again when digests are made.
    """
    Subscriber.objects.select_for_update().get(pk=subscriber.pk)  # two tabs: one after the other
    same = subscriber.alerts.kept().filter(kind=Kind.GUIDE if guide else Kind.JOBS, query=query, guide=guide).first()
    if same:
        return same, False
    if subscriber.alerts.kept().count() >= MOST:
        raise TooMany
    now = timezone.now()
    alert = Alert.objects.create(
        subscriber=subscriber,
        kind=Kind.GUIDE if guide else Kind.JOBS,
        name=name,
        query=query,
        guide=guide,
        revision=published(guide) if guide else None,
        frequency=frequency,
        covered_until=now,
        after_slot=Clock.of(subscriber).latest_slot(now),
    )
    reschedule(subscriber, now)
    return alert, True


def published(guide: Guide) -> GuideRevision | None:
    """The state that readers see."""
    return guide.revisions.filter(kind=GuideRevision.Kind.PUBLISHED).first()


def change(alert: Alert, **fields: object) -> None:
    """Write these columns. A changed search starts now, unless `covered_until` says otherwise: what came before was not asked for."""
    now = timezone.now()
    if "query" in fields and fields["query"] != alert.query:
        fields.setdefault("covered_until", now)
    for column, value in fields.items():
        setattr(alert, column, value)
    with transaction.atomic():
        alert.save(update_fields=list(fields))
        reschedule(alert.subscriber, now)


def pause(alert: Alert, until: date) -> None:
    change(alert, paused_until=until, off_at=None)


def turn_off(alert: Alert) -> None:
    if alert.off_at is None:
        change(alert, off_at=timezone.now(), paused_until=None)


def resume(alert: Alert) -> None:
    """From a pause or from being off. After a pause what came meanwhile is told; after being off nothing of it."""
    now = timezone.now()
    fields: dict[str, object] = {"paused_until": None, "off_at": None}
    if alert.off_at is not None:
        fields |= {"covered_until": now, "revision": published(alert.guide) if alert.guide else None}
    change(alert, after_slot=max(alert.after_slot, Clock.of(alert.subscriber).latest_slot(now)), **fields)


def remove(alert: Alert) -> None:
    if alert.removed_at is None:
        change(alert, removed_at=timezone.now())


def restore(alert: Alert) -> bool:
    """Take the removal back; False when the same was made anew meanwhile."""
    same = alert.subscriber.alerts.kept().filter(kind=alert.kind, query=alert.query, guide=alert.guide)
    if alert.removed_at is None or same.exists():
        return alert.removed_at is None
    change(alert, removed_at=None)
    return True


def stop(subscriber: Subscriber, because: Stop, now: datetime) -> None:
    """Nothing more to this person, until they say otherwise, and nothing that waits for the mail server. Alerts stay as they are."""
    if subscriber.stopped_at is None:
        subscriber.stopped_at, subscriber.stopped_because = now, because
        subscriber.save(update_fields=["stopped_at", "stopped_because"])
        OutgoingMail.objects.waiting().filter(digest__subscriber=subscriber).delete()


def start(subscriber: Subscriber, now: datetime) -> None:
    """Take a stop back. What came meanwhile is not told: it may be a year of it."""
    if subscriber.stopped_at is None:
        return
    subscriber.stopped_at, subscriber.stopped_because = None, ""
    subscriber.alive_at, subscriber.asked_at, subscriber.next_at = now, None, None
    with transaction.atomic():
        subscriber.save(update_fields=["stopped_at", "stopped_because", "alive_at", "asked_at", "next_at"])
        slot = Clock.of(subscriber).latest_slot(now)
        subscriber.alerts.filter(after_slot__lt=slot).update(after_slot=slot)
        subscriber.alerts.update(covered_until=now)
        reschedule(subscriber, now)


@transaction.atomic
def start_with(alert: Alert, now: datetime) -> None:
    """Somebody who had stopped everything wants this one: the others are off until they are turned on one by one."""
    if alert.subscriber.stopped_at is not None:
        alert.subscriber.alerts.on().besides(alert).update(off_at=now, paused_until=None)
        start(alert.subscriber, now)


def is_alive(subscriber: Subscriber, now: datetime) -> None:
    """A sign of life: the person opened or used something of ours."""
    subscriber.alive_at, subscriber.asked_at = now, None
    subscriber.save(update_fields=["alive_at", "asked_at"])
