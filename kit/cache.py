"""Which answers are the same for everybody."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, cast

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponseBase
from django.views.decorators.http import require_safe

from kit import stamp
from kit.http import Request

P = ParamSpec("P")
View = Callable[Concatenate[Request, P], HttpResponseBase]


def public_page(view: View[P]) -> View[P]:
    """A page that anybody may read (GET and HEAD). For people who are signed out it is shared and stored.

    A view that answers something not worth keeping (a search without results) sets `is_public = False`. What changes
    by itself (a count, an ad) says how long it may stand: `response.keep_seconds` or `keep_for(request, seconds)`.
    """

    @wraps(view)
    def answer(request: Request, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        if request.user.is_authenticated:
            return view(request, *args, **kwargs)
        number = stamp.recent()  # before the page is made: a change meanwhile makes it stale, never wrong
        response = view(request, *args, **kwargs)
        shared = response.status_code == 200 and getattr(response, "is_public", True)
        response.is_public, response.stamp = shared, number  # type: ignore[attr-defined]  # read by portal.middleware
        return response

    return cast("View[P]", login_not_required(require_safe(answer)))


def is_public(response: HttpResponseBase) -> bool:
    return bool(getattr(response, "is_public", False))


def stamp_of(response: HttpResponseBase) -> int:
    """The content stamp under which a public page was made."""
    return int(getattr(response, "stamp", 0))


def keep_for(request: HttpRequest, seconds: int) -> None:
    """Stored, the answer to this request is made anew after `seconds`. For what renders a part of a page; the least wins."""
    request.keep_seconds = min(seconds, getattr(request, "keep_seconds", seconds))  # type: ignore[attr-defined]  # read below


def keep_seconds(request: HttpRequest, response: HttpResponseBase) -> int | None:
    """How long a public page may be kept while the stamp stands; None for as long as it does."""
    said = [getattr(asked, "keep_seconds", None) for asked in (request, response)]
    return min((seconds for seconds in said if seconds is not None), default=None)
