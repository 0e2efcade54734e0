"""Where to go next: never to another site."""

from typing import Any

from django.http import HttpRequest, HttpResponsePermanentRedirect, HttpResponseRedirect
from django.shortcuts import resolve_url
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme


def redirect_next(request: HttpRequest, default: str) -> HttpResponseRedirect:
    """Go to the posted `next` when it lies on this site, else to `default` (a URL name or a path)."""
    target = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(target, allowed_hosts={request.get_host()}, require_https=request.is_secure())
    return HttpResponseRedirect(target if safe else resolve_url(default))


def moved(request: HttpRequest, **now: Any) -> HttpResponsePermanentRedirect:
    """The same page with these parts of its address as they are today, for good. The query string stays."""
    match = request.resolver_match
    assert match is not None, "a view asks, so the address was resolved"
    query = request.META.get("QUERY_STRING", "")
    return HttpResponsePermanentRedirect(reverse(match.view_name, kwargs={**match.kwargs, **now}) + (f"?{query}" if query else ""))
