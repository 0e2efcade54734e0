"""Who gets alerts: the subscriber of a member or of a visitor's address, with what they chose before."""

from datetime import datetime, timedelta

from allauth.account.models import EmailAddress
from django.db import transaction
from django.utils import timezone

from accounts.models import User
from accounts.zones import known
from alerts.cadence import Clock, next_look
from alerts.choices import Stop
from alerts.models import Alert, Subscriber, Wish
from kit.mail import waiting

MOMENT = timedelta(microseconds=1)


def subscriber_of(user: User) -> Subscriber:
    """Made at the first question. Takes over what was asked for with the same address before there was an account."""
    found = Subscriber.objects.filter(user=user).first()
    if found is None:
        Subscriber.objects.bulk_create(
            [Subscriber(user=user, time_zone=user.time_zone, confirmed_at=timezone.now())], ignore_conflicts=True
        )
        found = Subscriber.objects.get(user=user)
        adopt(found)
    found.user = user
    follow_clock(found, timezone.now())
    return found


@transaction.atomic
def confirm_address(email: str, zone: str, now: datetime) -> Subscriber:
    """The subscriber of an address that was just confirmed: a visitor, or the member who has it. `zone` counts for a new one."""
    rows = [Subscriber(email=email.lower(), time_zone=known(zone))]
    Subscriber.objects.bulk_create(rows, ignore_conflicts=True)
    return confirm(Subscriber.objects.visitors().get(email__iexact=email), now)


@transaction.atomic
def confirm(visitor: Subscriber, now: datetime) -> Subscriber:
    """The address is the person's own: from now on digests go there. Returns the member's subscriber where there is an account with it.

    Repeating it changes nothing.
    """
    if visitor.confirmed_at is None:
        visitor.confirmed_at = visitor.alive_at = now
        visitor.save(update_fields=["confirmed_at", "alive_at"])
        reschedule(visitor, now)
    owner = EmailAddress.objects.filter(email__iexact=visitor.email, verified=True).select_related("user").first()
    if owner is None:
        return visitor
    member = subscriber_of(owner.user)
    adopt(member)
    return member


@transaction.atomic
def adopt(member: Subscriber) -> int:
    """Move the alerts of a visitor with the member's confirmed address to the member; how many. Doubles stay behind and go."""
    assert member.user
    confirmed = EmailAddress.objects.filter(user=member.user, verified=True).values_list("email", flat=True)
    addresses = [address.lower() for address in confirmed]
    visitors = Subscriber.objects.visitors().select_for_update().filter(email__in=addresses, confirmed_at__isnull=False)
    moved = sum([_take_over(member, visitor) for visitor in visitors])
    if moved:
        reschedule(member, timezone.now())
    return moved


def _take_over(member: Subscriber, visitor: Subscriber) -> int:
    """What a visitor had turned off stays off, and what they were told counts as told to the member."""
    same = set(member.alerts.kept().values_list("kind", "query", "guide"))
    rows = visitor.alerts.filter(pk__in=[one.pk for one in visitor.alerts.kept() if (one.kind, one.query, one.guide_id) not in same])
    if visitor.stopped_because == Stop.LEFT:
        rows.filter(off_at=None).update(off_at=visitor.stopped_at, paused_until=None)
    moved = rows.update(subscriber=member)
    _take_over_ledger(member, visitor)
    member.former = [*member.former, visitor.pk]
    member.save(update_fields=["former"])
    visitor.delete()
    return moved


def _take_over_ledger(member: Subscriber, visitor: Subscriber) -> None:
    """A day has one digest: where both had one, the jobs go under the member's."""
    days = dict(member.digests.values_list("slot", "pk"))
    for digest in visitor.digests.filter(slot__in=days):
        digest.deliveries.update(digest=days[digest.slot])
    visitor.digests.exclude(slot__in=days).update(subscriber=member)
    visitor.deliveries.exclude(job__in=member.deliveries.values("job")).update(subscriber=member)


def follow_clock(subscriber: Subscriber, now: datetime) -> None:
    """A member who moved to another time zone keeps the hour, by the new clock."""
    if subscriber.user and subscriber.user.time_zone != subscriber.time_zone:
        set_clock(subscriber, now, zone=subscriber.user.time_zone)


@transaction.atomic
def set_clock(
    subscriber: Subscriber, now: datetime, *, zone: str | None = None, weekday: int | None = None, hour: int | None = None
) -> None:
    """Slots that have come by the old clock do not come again by the new one. What a run still owes is no slot that has come."""
    is_owed = subscriber.next_at is not None and subscriber.next_at <= now
    before = Clock.of(subscriber).latest_slot(subscriber.next_at - MOMENT if is_owed and subscriber.next_at else now)
    subscriber.time_zone = subscriber.time_zone if zone is None else zone
    subscriber.weekday = subscriber.weekday if weekday is None else weekday
    subscriber.hour = subscriber.hour if hour is None else hour
    subscriber.save(update_fields=["time_zone", "weekday", "hour"])
    subscriber.alerts.filter(after_slot__lt=before).update(after_slot=before)
    reschedule(subscriber, now)


def reschedule(subscriber: Subscriber, now: datetime) -> None:
    """After a change of alerts or clock. Whom a run is late for is left to it."""
    if subscriber.next_at is not None and subscriber.next_at <= now:
        return
    alerts: list[Alert] = list(subscriber.alerts.kept())
    subscriber.next_at = next_look(alerts, Clock.of(subscriber), now)
    subscriber.save(update_fields=["next_at"])


@transaction.atomic
def forget(visitor: Subscriber) -> None:
    """Everything that we keep of a visitor: alerts, what was sent, the address, and mails to it."""
    Wish.objects.of_address(visitor.email).delete()
    waiting.forget([visitor.email])
    visitor.delete()
