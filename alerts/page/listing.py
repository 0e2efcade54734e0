"""What the page of all alerts shows."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property
from zoneinfo import ZoneInfo

from django import forms
from django.utils import timezone
from django.utils.dateformat import format as date_format

from alerts.asking import all_in_words
from alerts.cadence import effective, next_slot
from alerts.choices import Frequency, Stop
from alerts.door import Door
from alerts.forms import PauseForm
from alerts.models import Alert
from kit.mail.addresses import is_dead

A_WEEK = timedelta(days=7)


@dataclass(frozen=True)
class ShownAlert:
    """One alert with what can be done to it. `told_at`: when a job of it was last written into a mail."""

    alert: Alert
    door: Door
    search: str  # or guide, in words; empty where the name says the same
    today: date
    may_daily: bool
    pause: forms.Form
    is_pause_open: bool

    @property
    def state(self) -> str:
        if self.door.subscriber.stopped_at or self.alert.off_at:
            return "off"
        return "paused" if self.alert.is_paused(self.today) else "on"

    @property
    def often(self) -> str:
        if effective(self.alert, may_daily=self.may_daily) == Frequency.DAILY:
            return "Every day"
        return "Once a week for now" if self.is_downgraded else "Once a week"

    @property
    def is_downgraded(self) -> bool:
        """Daily was chosen, and the plan has weekly alerts."""
        return self.alert.frequency == Frequency.DAILY and not self.may_daily

    @property
    def told(self) -> str:
        told_at: datetime | None = getattr(self.alert, "told_at", None)
        return f"Last in a mail on {day_in_words(_local(told_at, self.door))}" if told_at else "In no mail yet"

    @property
    def paused(self) -> str:
        return day_in_words(self.alert.paused_until) if self.alert.paused_until else ""

    @property
    def edit_url(self) -> str:
        return self.door.url("edit", self.alert.pk)

    @property
    def pause_url(self) -> str:
        return self.door.url("pause", self.alert.pk)

    @property
    def resume_url(self) -> str:
        return self.door.url("resume", self.alert.pk)

    @property
    def off_url(self) -> str:
        return self.door.url("turn_off", self.alert.pk)

    @property
    def remove_url(self) -> str:
        return self.door.url("remove", self.alert.pk)


@dataclass(frozen=True)
class ListPage:
    """`pause`: the number of an alert and its form with errors."""

    door: Door
    rows: Sequence[Alert]
    pause: tuple[int, forms.Form] | None = None

    @cached_property
    def alerts(self) -> list[ShownAlert]:
        words, today, may_daily = all_in_words(self.rows), self.door.clock.today(timezone.now()), self.door.may_daily
        return [
            ShownAlert(
                alert=alert,
                door=self.door,
                search="" if words[alert.pk] == alert.name else words[alert.pk],
                today=today,
                may_daily=may_daily,
                pause=self._pause(alert, today),
                is_pause_open=self.pause is not None and self.pause[0] == alert.pk,
            )
            for alert in self.rows
        ]

    def _pause(self, alert: Alert, today: date) -> forms.Form:
        if self.pause and self.pause[0] == alert.pk:
            return self.pause[1]
        return PauseForm(today=today, auto_id=f"pause-{alert.pk}-%s", initial={"until": today + A_WEEK})

    @property
    def is_stopped(self) -> bool:
        return self.door.subscriber.stopped_at is not None

    @property
    def is_silent(self) -> bool:
        return self.door.subscriber.stopped_because == Stop.SILENT

    @cached_property
    def is_dead(self) -> bool:
        return is_dead(self.door.subscriber.address)

    @property
    def is_downgraded(self) -> bool:
        return any(shown.is_downgraded for shown in self.alerts)

    @property
    def next(self) -> str:
        return next_in_words(self.door, [shown.alert for shown in self.alerts])

    @property
    def last(self) -> str:
        mailed_at = self.door.subscriber.mailed_at
        return f"Last mail: {day_in_words(_local(mailed_at, self.door))}." if mailed_at else ""


def next_in_words(door: Door, alerts: Sequence[Alert] | None = None) -> str:
    """When the next mail may come, by the reader's clock. A sentence, empty where none will. `alerts`: all that are kept."""
    if door.subscriber.stopped_at is not None:
        return ""
    clock, may_daily, now = door.clock, door.may_daily, timezone.now()
    rows = door.subscriber.alerts.kept() if alerts is None else alerts
    slots = [next_slot(alert, clock, now, may_daily=may_daily) for alert in rows if alert.off_at is None]
    if not slots:
        return ""
    local = clock.moment_of(min(slots)).astimezone(ZoneInfo(clock.zone))
    return f"The next mail comes on {date_format(local, 'l, F j')} at {date_format(local, 'g A')}, if there is something new."


def day_in_words(day: date) -> str:
    return date_format(day, "F j, Y")


def _local(moment: datetime, door: Door) -> date:
    return moment.astimezone(ZoneInfo(door.clock.zone)).date()
