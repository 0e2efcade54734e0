from collections.abc import Callable

from django.core.exceptions import BadRequest, RequestDataTooBig
from django.http import HttpRequest, HttpResponseBase

from portal.views.errors import bad_request

MAX_BODY = 32 * 1024 * 1024  # bytes; a file that is somewhat too large gets its answer beside the field (kit.uploads)
MAX_THROWN_AWAY = 128 * 1024 * 1024  # a browser that is cut off while it sends shows a broken connection instead of our words
BELIEVABLE = 2 * 1024**3  # what states more is no browser with a file, and gets its answer at once
CHUNK = 256 * 1024


class RejectBadInput:
    """400 for NUL characters in address or query: PostgreSQL cannot store or compare them. 413 for bodies that no form has."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if "\x00" in request.path_info or "%00" in request.META.get("QUERY_STRING", ""):
            raise BadRequest("NUL character in the address")
        if _length(request) > MAX_BODY:
            if _length(request) < BELIEVABLE:
                _throw_away(request)
            return bad_request(request, RequestDataTooBig("larger than any form of ours"))
        return self.get_response(request)


def _length(request: HttpRequest) -> int:
    stated = request.META.get("CONTENT_LENGTH") or "0"
    return int(stated[:18]) if stated.isascii() and stated.isdecimal() else 0


def _throw_away(request: HttpRequest) -> None:
    for _ in range(0, min(_length(request), MAX_THROWN_AWAY), CHUNK):
        if not request.read(CHUNK):
            return
