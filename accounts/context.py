"""What templates know about the person who reads."""

from functools import cached_property

from django.http import HttpRequest

from accounts.models import User


class Saved:
    """Asks the database on first use only; for visitors never."""

    def __init__(self, request: HttpRequest) -> None:
        self._request = request

    @cached_property
    def guide_ids(self) -> frozenset[int]:
        user = self._request.user
        return frozenset(user.bookmarks.kept().values_list("guide_id", flat=True)) if isinstance(user, User) else frozenset()

    @cached_property
    def job_ids(self) -> frozenset[int]:
        user = self._request.user
        return frozenset(user.job_bookmarks.kept().values_list("job_id", flat=True)) if isinstance(user, User) else frozenset()


def personal(request: HttpRequest) -> dict[str, Saved]:
    """`saved`, the same object for every template of one request."""
    if not hasattr(request, "saved"):
        request.saved = Saved(request)  # type: ignore[attr-defined]
    return {"saved": request.saved}  # type: ignore[attr-defined]
