"""One of those whom a run looks at."""

from dataclasses import dataclass, field
from datetime import date, datetime

from alerts.cadence import Clock, next_look
from alerts.digest import guides
from alerts.digest.notes import Note
from alerts.digest.picking import Picked
from alerts.models import Alert, Subscriber
from careers.models import GuideRevision


@dataclass
class Person:
    """One of those who are due, and what a digest would hold. `slot`: the day by their clock; `slots`: the day for which each alert
    that is due counts (a weekly one that comes late keeps its day).
    """

    subscriber: Subscriber
    alerts: list[Alert]
    clock: Clock
    slot: date
    may_daily: bool
    slots: dict[int, date]
    picked: dict[int, Picked] = field(default_factory=dict)  # alert id -> jobs
    changed: dict[int, tuple[GuideRevision, list[str]]] = field(default_factory=dict)
    notes: list[Note] = field(default_factory=list)

    @property
    def due(self) -> list[Alert]:
        return [alert for alert in self.alerts if alert.pk in self.slots]

    @property
    def has_news(self) -> bool:
        return bool(self.picked or self.changed)

    @property
    def has_mail(self) -> bool:
        return self.has_news or bool(self.notes)

    @property
    def jobs(self) -> int:
        return sum(len(picked.ids) for picked in self.picked.values())

    def sections(self) -> list[dict[str, object]]:
        """In the order of the alerts; `alerts.models.Digest` keeps them."""
        found = []
        for alert in self.due:
            if alert.pk in self.picked:
                found.append(self.picked[alert.pk].as_json(alert.pk))
            elif alert.pk in self.changed:
                found.append(guides.as_json(alert, self.changed[alert.pk][1]))
        return found

    def next_at(self, now: datetime) -> datetime | None:
        return next_look(self.alerts, self.clock, now)
