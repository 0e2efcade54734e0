from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponseBadRequest, HttpResponseBase
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from kit.origin import refuse_other_sites
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
