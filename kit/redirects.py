"""Where to go next: never to another site."""

from django.http import HttpRequest, HttpResponseRedirect
from django.shortcuts import resolve_url
from django.utils.http import url_has_allowed_host_and_scheme


def redirect_next(request: HttpRequest, default: str) -> HttpResponseRedirect:
    """Go to the posted `next` when it lies on this site, else to `default` (a URL name or a path)."""
    target = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(target, allowed_hosts={request.get_host()}, require_https=request.is_secure())
    return HttpResponseRedirect(target if safe else resolve_url(default))
