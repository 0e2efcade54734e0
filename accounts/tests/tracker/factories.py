"""Applications for tests."""

import itertools
from datetime import datetime
from typing import Any
from uuid import uuid4

from accounts.models import TrackedApplication, User
from accounts.models.tracking_words import EventSource, Status
from accounts.tracker.birth import Facts, track
from accounts.tracker.history import last_event

_numbers = itertools.count(1)


def make_tracked(user: User, status: Status = Status.APPLIED, *, at: datetime | None = None, **facts: Any) -> TrackedApplication:
    """One that was added by hand."""
    more = {name: facts.pop(name) for name in ("guide_id", "note") if name in facts}
    named = Facts(**{"title": f"Kite maker {next(_numbers)}", "employer": "Kite Works"} | facts)
    return track(user=user, facts=named, status=status, source=EventSource.PERSON, happened_at=at, **more)


def seen(application: TrackedApplication) -> int:
    return last_event(application).pk


def key() -> str:
    return str(uuid4())
