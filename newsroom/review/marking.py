"""Somebody looked a guide through and found it right."""

from datetime import date
from typing import TYPE_CHECKING

from django.contrib.admin.models import CHANGE, LogEntry
from django.db import transaction
from django.utils import timezone

from careers.models import Guide
from kit import stamp
from newsroom.models import Transition
from newsroom.states.rules import Verb
from newsroom.states.steps import write_down

if TYPE_CHECKING:
    from accounts.models import User

ANY_DAY = date.min  # no page was seen


class Outdated(ValueError):
    """The guide is no longer due on the day that the person saw. Nothing was written."""


def in_a_year(today: date) -> date:
    """Twelve months on; from 29 February to the 28th."""
    try:
        return today.replace(year=today.year + 1)
    except ValueError:
        return today.replace(year=today.year + 1, day=28)


@transaction.atomic
def mark_reviewed(guide: Guide, *, by: "User", next: date | None = None, seen: date | None = ANY_DAY) -> Transition:
    """Write down who looked when, and set the day of the next time: `next`, or in twelve months. The state stays as it is.

    `seen`: the day that stood on the page of the person, so that a second click or person changes nothing; raises Outdated then.
    """
    guide = Guide.objects.select_for_update().get(pk=guide.pk)
    if seen not in {ANY_DAY, guide.review_by}:
        raise Outdated
    guide.reviewed_at = timezone.now()
    guide.review_by = next or in_a_year(timezone.localdate())
    guide.save(update_fields=["reviewed_at", "review_by"])
    note = f"Next time by {guide.review_by:%-d %B %Y}."
    LogEntry.objects.log_actions(str(by.pk), [guide], CHANGE, f"Looked through. {note}")
    step = write_down(guide, Verb.REVIEW, guide.state, guide.state, by=by, note=note)
    stamp.raise_number()  # the public page says when it was reviewed
    return step
