"""What the address of the tracker asks for."""

from dataclasses import dataclass, replace
from typing import Self

from django.http import QueryDict
from django.urls import reverse
from django.utils.http import urlencode

from accounts.models.tracked import TrackedQuerySet
from accounts.models.tracking_words import Status
from kit.text import fold

LANE = 30  # cards of a column, and how many more a click shows
MOST_IN_LANE = 300
MAX_WORDS = 100

SORTS: dict[str, tuple[str, tuple[str, ...]]] = {
    "newest": ("Newest change", ("-status_at", "-pk")),
    "oldest": ("Oldest change", ("status_at", "pk")),
    "title": ("Job title", ("words", "pk")),
    "employer": ("Employer", ("employer", "words", "pk")),
    "added": ("Newest added", ("-created_at", "-pk")),
}


@dataclass(frozen=True)
class TrackerQuery:
    """`lane` is the column that shows `shown` cards. Whatever cannot be meant is left out."""

    is_table: bool = False
    status: Status | None = None
    words: str = ""
    sort: str = "newest"
    lane: Status | None = None
    shown: int = LANE

    @classmethod
    def from_query(cls, data: QueryDict) -> Self:
        shown = data.get("shown", "")
        return cls(
            is_table=data.get("view") == "table",
            status=_status(data.get("status", "")),
            words=" ".join(data.get("q", "").split())[:MAX_WORDS],
            sort=sort if (sort := data.get("sort", "")) in SORTS else "newest",
            lane=_status(data.get("lane", "")),
            shown=min(max(int(shown), LANE), MOST_IN_LANE) if shown.isascii() and shown.isdecimal() and len(shown) < 5 else LANE,
        )

    @property
    def is_filtered(self) -> bool:
        return bool(self.status or self.words)

    def apply(self, applications: TrackedQuerySet) -> TrackedQuerySet:
        """Every word must stand in title, employer or place; then in the asked order."""
        found = applications.filter(status=self.status) if self.status else applications
        for word in fold(self.words).split():
            found = found.filter(words__contains=word)
        return found.order_by(*SORTS[self.sort][1])

    def limit_of(self, status: Status) -> int:
        return self.shown if status == self.lane else LANE

    def url(self, **changes: object) -> str:
        """The address with some of it changed."""
        other = replace(self, **changes)  # type: ignore[arg-type]
        asked = {
            "view": "table" if other.is_table else "",
            "status": other.status or "",
            "q": other.words,
            "sort": other.sort if other.sort != "newest" else "",
            "lane": other.lane or "",
            "shown": other.shown if other.lane else "",
        }
        query = urlencode({name: value for name, value in asked.items() if value})
        return reverse("accounts:applications") + (f"?{query}" if query else "")


def _status(value: str) -> Status | None:
    return Status(value) if value in Status.values else None
