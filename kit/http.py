"""Requests as our views see them, and the one way to answer a page or its fragment."""

from typing import TYPE_CHECKING, Any

from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.cache import patch_vary_headers
from django_htmx.middleware import HtmxDetails

if TYPE_CHECKING:
    from accounts.models import User


class Request(HttpRequest):
    """A request after our middleware."""

    htmx: HtmxDetails


class MemberRequest(Request):
    """A request of somebody who is signed in."""

    user: "User"


def short_body(request: HttpRequest, most: int) -> bytes:
    """The body, or nothing when it is stated to be longer than `most` bytes: then it is not read."""
    length = request.META.get("CONTENT_LENGTH") or "0"
    return request.body if length.isdecimal() and int(length[:6]) <= most else b""


def render_page(request: Request, template: str, context: dict[str, Any], *, target: str, partial: str, status: int = 200) -> HttpResponse:
    """Answer the whole page, or only `partial` of it when htmx asks to swap the element `target`.

    Same URL, view and context either way; both answers vary on the htmx headers, so no cache mixes them.
    """
    fragment = request.htmx and request.htmx.target == target
    response = TemplateResponse(request, partial if fragment else template, context, status=status)
    patch_vary_headers(response, ["HX-Request", "HX-Target"])
    return response
