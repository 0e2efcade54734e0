"""The link in the mail to somebody who asked for an alert without an account."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from alerts.links import manage_url, read_confirm
from alerts.views.by_link import by_link
from alerts.views.new import TOO_MANY
from alerts.wishes import confirm_wish
from alerts.writing import TooMany
from kit.http import Request


@login_not_required
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@by_link
def confirm(request: Request, token: str) -> HttpResponse:
    """The page asks and a POST does it. Used a second time it says what is on."""
    if (wish := read_confirm(token)) is None:
        raise Http404("This link is not complete, or it is older than a week. Ask for the alert again.")
    if request.method != "POST":
        return render(request, "alerts/confirm.html", {"wish": wish})
    try:
        subscriber, alert = confirm_wish(wish, timezone.now())
    except TooMany:
        return render(request, "alerts/confirm.html", {"wish": wish, "problem": TOO_MANY}, status=422)
    context = {"wish": wish, "is_done": True, "alert": alert, "subscriber": subscriber, "manage_url": manage_url(subscriber)}
    return render(request, "alerts/confirm.html", context)
