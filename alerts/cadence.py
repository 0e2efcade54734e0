"""When a digest is due: days, hours and weeks by the reader's own clock.

A slot is a day by that clock; its moment is the first instant of the day at which the clock shows the chosen hour or later. So an
hour that a change to summer time leaves out comes when the clock jumps over it, and one that comes twice counts the first time.
Every day has one slot, whatever the clocks do, and a digest belongs to one slot (a constraint): none is skipped, none doubled.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from accounts.zones import known
from alerts.choices import Frequency
from alerts.models import Alert, Subscriber

DAY = timedelta(days=1)
WEEK = timedelta(days=7)
LEAST_WEEK = timedelta(days=4)  # between two weekly digests when the weekday is changed: moving it about makes no daily alerts


@dataclass(frozen=True)
class Clock:
    """What decides the slots of one person. `weekday` as `date.weekday()` counts, `hour` from 0 to 23."""

    zone: str
    weekday: int
    hour: int

    @classmethod
    def of(cls, subscriber: Subscriber) -> "Clock":
        return cls(known(subscriber.time_zone), subscriber.weekday, subscriber.hour)

    def moment_of(self, day: date) -> datetime:
        """In UTC."""
        return datetime.combine(day, time(self.hour), tzinfo=ZoneInfo(self.zone)).astimezone(UTC)

    def today(self, now: datetime) -> date:
        return now.astimezone(ZoneInfo(self.zone)).date()

    def latest_slot(self, now: datetime) -> date:
        """The last day whose moment has come."""
        day = self.today(now) + DAY  # clocks that go back put a later day's moment behind us only where days are left out
        while self.moment_of(day) > now:
            day -= DAY
        return day

    def latest_weekly_slot(self, now: datetime) -> date:
        latest = self.latest_slot(now)
        return latest - timedelta(days=(latest.weekday() - self.weekday) % 7)

    def next_moment(self, now: datetime, frequency: Frequency) -> datetime:
        """The first moment after now."""
        if frequency == Frequency.DAILY:
            return self.moment_of(self.latest_slot(now) + DAY)
        return self.moment_of(self.latest_weekly_slot(now) + WEEK)


def effective(alert: Alert, *, may_daily: bool) -> Frequency:
    """How often it really comes: daily only while the plan has daily alerts."""
    return Frequency.DAILY if may_daily and alert.frequency == Frequency.DAILY else Frequency.WEEKLY


def due_slot(alert: Alert, clock: Clock, now: datetime, *, may_daily: bool) -> date | None:
    """The day for which this alert is due: the last one that has come and that it was not part of. However many were missed, they
    are one.
    """
    frequency = effective(alert, may_daily=may_daily)
    slot = clock.latest_slot(now) if frequency == Frequency.DAILY else clock.latest_weekly_slot(now)
    if slot <= alert.after_slot or alert.is_paused(slot):
        return None
    if alert.last_slot is not None and slot - alert.last_slot < (DAY if frequency == Frequency.DAILY else LEAST_WEEK):
        return None
    return slot


def next_slot(alert: Alert, clock: Clock, now: datetime, *, may_daily: bool) -> date:
    """The first day to come for which this alert will be due: what its reader is told. It is on, and nothing of it is due now."""
    frequency = effective(alert, may_daily=may_daily)
    day = max(clock.latest_slot(now), alert.after_slot) + DAY
    if alert.last_slot is not None:
        day = max(day, alert.last_slot + (DAY if frequency == Frequency.DAILY else LEAST_WEEK))
    if alert.paused_until is not None:
        day = max(day, alert.paused_until)
    return day if frequency == Frequency.DAILY else day + timedelta(days=(clock.weekday - day.weekday()) % 7)


def next_look(alerts: Iterable[Alert], clock: Clock, now: datetime) -> datetime | None:
    """When a run must look at the person of these alerts again; None when nothing is to be sent.

    Daily ones count as daily on every plan: who gets them back with a new plan gets them the next day.
    """
    wanted = {Frequency(alert.frequency) for alert in alerts if alert.off_at is None and alert.removed_at is None}
    return min((clock.next_moment(now, frequency) for frequency in wanted), default=None)
