"""What editors typed and have not saved: kept as they type, found again after a lost connection or session."""

from datetime import timedelta
from urllib.parse import parse_qsl, urlencode

from django.http import QueryDict
from django.utils import timezone

from accounts.models import User
from careers.models import Guide
from newsroom.models import UnsavedCopy

KEPT = timedelta(days=30)
PRESENT = timedelta(minutes=10)  # so long after their last word somebody counts as writing
MOST_BYTES = 2_000_000
LEFT_OUT = ("csrfmiddlewaretoken", "_save", "_continue", "_addanother", "_publish", "_submit")


class TooLong(ValueError):
    """More text than is kept."""


def keep(user: User, guide: Guide | None, data: QueryDict, seen: int) -> UnsavedCopy:
    """Keep the fields of a form for this person, in place of what was kept before. Raises TooLong."""
    pairs = [(name, value) for name in data if name not in LEFT_OUT for value in data.getlist(name)]
    fields = urlencode(pairs)
    if len(fields) > MOST_BYTES:
        raise TooLong
    copy, _ = UnsavedCopy.objects.update_or_create(
        guide=guide, user=user, defaults={"fields": fields, "seen": seen, "saved_at": timezone.now()}
    )
    return copy


def of(user: User, guide: Guide | None) -> UnsavedCopy | None:
    return UnsavedCopy.objects.filter(guide=guide, user=user).first()


def forget(user: User, guide: Guide | None) -> None:
    UnsavedCopy.objects.filter(guide=guide, user=user).delete()


def fields_of(copy: UnsavedCopy) -> QueryDict:
    data = QueryDict(mutable=True)
    for name, value in parse_qsl(copy.fields, keep_blank_values=True):
        data.appendlist(name, value)
    return data


def others_writing(user: User, guide: Guide) -> list[UnsavedCopy]:
    """What other people have unsaved in this guide and touched just now."""
    recent = UnsavedCopy.objects.filter(guide=guide, saved_at__gte=timezone.now() - PRESENT).exclude(user=user)
    return list(recent.select_related("user").defer("fields").order_by("saved_at"))


def forget_old() -> int:
    """Copies that nobody came back for; returns how many."""
    deleted, _ = UnsavedCopy.objects.filter(saved_at__lt=timezone.now() - KEPT).delete()
    return deleted
