from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from zoneinfo import ZoneInfo

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.utils import timezone

from accounts.models import User
from accounts.zones import known


class UserTimeZone:
    """Show times in the member's zone. Visitors without a session cost no query."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        with _zone(request):
            return self.get_response(request)


def _zone(request: HttpRequest) -> AbstractContextManager[None]:
    if settings.SESSION_COOKIE_NAME not in request.COOKIES or not isinstance(request.user, User):
        return nullcontext()
    return timezone.override(ZoneInfo(known(request.user.time_zone)))
