from collections.abc import Sequence

from django.contrib.admin.models import CHANGE, LogEntry
from django.db.models import Model
from django.http import HttpRequest


def note(request: HttpRequest, rows: Sequence[Model], words: str) -> None:
    """An entry in the history of each, by whoever asks. One statement however many there are."""
    if rows:
        LogEntry.objects.log_actions(str(request.user.pk), rows, CHANGE, words)
