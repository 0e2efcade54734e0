"""The history of an application, and the status that comes from it. The only writer of events, `status` and `status_at`.

Every change locks the application, so two tabs write one after the other, and the second learns of the first: a form carries
the number of the last event that its page showed.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from accounts.models import ApplicationEvent, TrackedApplication
from accounts.models.tracked import EventQuerySet
from accounts.models.tracking_words import EventSource, Status


class Meanwhile(Exception):
    """Something else was written since the page was made. Nothing was changed."""

    def __init__(self, application: TrackedApplication, last: ApplicationEvent) -> None:
        super().__init__(f"{application} has event {last.pk}")
        self.application = application
        self.last = last


class NotPossible(Exception):
    """Why this is no change that the history can take, in words."""


@transaction.atomic
def record(
    application: TrackedApplication,
    status: Status,
    *,
    source: EventSource = EventSource.PERSON,
    happened_at: datetime | None = None,
    note: str = "",
    seen: int | None = None,
) -> ApplicationEvent | None:
    """Add an event. Raises Meanwhile when `seen` is not the last one.

    A move (no moment given) happens now, to the status that it has already: nothing, None. `seen` None asks for no check.
    """
    locked = _lock(application)
    is_move = happened_at is None and not note
    if is_move and locked.status == status:
        return None
    _expect(locked, seen)
    # Whatever stands in the history, what happens now is the latest: clocks of several machines differ by moments.
    moment = happened_at or max(timezone.now(), locked.status_at + timedelta(microseconds=1))
    event = ApplicationEvent.objects.create(application=locked, status=status, happened_at=moment, note=note, source=source)
    settle(locked)
    return event


@transaction.atomic
def correct(
    event: ApplicationEvent, status: Status | str, *, happened_at: datetime | None = None, note: str = "", seen: int | None = None
) -> ApplicationEvent:
    """Replace an event by what really happened; an empty status says that it did not. Raises Meanwhile and NotPossible.

    Of two corrections of the same event the second is Meanwhile, whether or not it brings `seen`.
    """
    locked = _lock(event.application)
    _expect(locked, seen)
    if ApplicationEvent.objects.filter(corrects=event).exists():
        raise Meanwhile(locked, last_event(locked))
    if not status and not standing(locked).exclude(pk=event.pk).exists():
        raise NotPossible("This is the only entry of the history. Correct it, or remove the whole application")
    made = ApplicationEvent.objects.create(
        application=locked,
        status=status,
        happened_at=happened_at or event.happened_at,
        note=note,
        source=EventSource.PERSON,
        corrects=event,
    )
    settle(locked)
    return made


def undo(event: ApplicationEvent, *, seen: int | None = None) -> ApplicationEvent:
    """Take back a correction: what it replaced stands again, as an event of its own. Raises Meanwhile and NotPossible."""
    before = event.corrects
    if before is None:
        return correct(event, "", seen=seen)
    return correct(event, before.status, happened_at=before.happened_at, note=before.note, seen=seen)


def settle(application: TrackedApplication) -> None:
    """Write down what the events say. The caller holds the lock, or has just made the row."""
    deciding = standing(application).order_by("-happened_at", "-pk").first()
    assert deciding is not None
    application.status, application.status_at = deciding.status, deciding.happened_at
    application.save(update_fields=["status", "status_at"])


def computed(events: Iterable[ApplicationEvent]) -> ApplicationEvent | None:
    """The event that decides the status, of all events of one application. What `settle` asks of the database, without it."""
    rows = list(events)
    replaced = {event.corrects_id for event in rows}
    return max((event for event in rows if event.pk not in replaced and event.status), key=lambda e: (e.happened_at, e.pk), default=None)


def standing(application: TrackedApplication) -> EventQuerySet:
    return ApplicationEvent.objects.filter(application=application).standing()


def last_event(application: TrackedApplication) -> ApplicationEvent:
    """The one written last, standing or not: what forms carry the number of."""
    found = ApplicationEvent.objects.filter(application=application).order_by("-pk").first()
    assert found is not None  # an application is born with one
    return found


def _lock(application: TrackedApplication) -> TrackedApplication:
    return TrackedApplication.objects.select_for_update().defer("frozen").get(pk=application.pk)


def _expect(application: TrackedApplication, seen: int | None) -> None:
    if seen is None:
        return
    last = last_event(application)
    if last.pk != seen:
        raise Meanwhile(application, last)
