from collections.abc import Callable

from django.http import HttpRequest, HttpResponseBase

from kit.cache import is_public


class KeepPrivate:
    """Whatever is not declared public is personal: no cache may keep it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if not is_public(response) and not response.has_header("Cache-Control"):
            response["Cache-Control"] = "private, no-store"
        return response
