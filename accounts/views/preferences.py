from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBadRequest, HttpResponseBase
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from kit.redirects import redirect_next

THEMES = {"": "System", "light": "Light", "dark": "Dark"}
YEAR = 60 * 60 * 24 * 365


@login_not_required
@csrf_exempt
@require_POST
def theme(request: HttpRequest) -> HttpResponseBase:
    """Keep how this browser shows the pages, in a cookie.

    Public pages are the same for everybody and carry no CSRF token, so the token is not asked for. Posts from
    other sites are refused by what browsers say of themselves; one that slipped through would change colours only.
    """
    refuse_other_sites(request)
    choice = request.POST.get("theme", "")
    if choice not in THEMES:
        return HttpResponseBadRequest("There is no such theme.", content_type="text/plain")
    response = redirect_next(request, "home")
    if choice:
        response.set_cookie("theme", choice, max_age=YEAR, samesite="Lax", secure=settings.SESSION_COOKIE_SECURE)
    else:
        response.delete_cookie("theme", samesite="Lax")
    return response


def refuse_other_sites(request: HttpRequest) -> None:
    """Raise PermissionDenied for a request that a page of another site sent."""
    try:
        origin = urlsplit(request.headers["Origin"]).netloc if "Origin" in request.headers else request.get_host()
    except ValueError as error:  # brackets that are no IPv6 address
        raise PermissionDenied("The request does not say where it comes from.") from error
    if request.headers.get("Sec-Fetch-Site", "none") not in {"same-origin", "none"}:
        raise PermissionDenied("The request comes from another site.")
    if origin != request.get_host():
        raise PermissionDenied("The request comes from another site.")
