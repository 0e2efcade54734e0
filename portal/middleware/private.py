from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase

from kit.cache import is_public


class KeepPrivate:
    """Whatever is not declared public is personal: no cache may keep it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        # A public page asked for with a session comes from no store and goes into none.
        is_shared = is_public(response) and settings.SESSION_COOKIE_NAME not in request.COOKIES
        if not is_shared and not response.has_header("Cache-Control"):
            response["Cache-Control"] = "private, no-store"
        return response
