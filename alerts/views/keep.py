"""The answer to the mail that asks whether somebody still wants their alerts."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from alerts.choices import Stop
from alerts.links import manage_url, off_url, read_keep
from alerts.views.by_link import by_link
from alerts.writing import is_alive, start
from kit.http import Request


@login_not_required
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@by_link
def keep(request: Request, token: str) -> HttpResponse:
    """Who turned everything off stays off: that was no silence."""
    if (subscriber := read_keep(token)) is None:
        raise Http404("This link is not complete, or the alerts are gone.")
    if request.method == "POST":
        now = timezone.now()
        is_alive(subscriber, now)
        if subscriber.stopped_because == Stop.SILENT:
            start(subscriber, now)
    context = {
        "is_done": request.method == "POST",
        "has_left": subscriber.stopped_because == Stop.LEFT,
        "alerts": subscriber.alerts.on().in_order(),
        "manage_url": manage_url(subscriber),
        "off_url": off_url(subscriber),
    }
    return render(request, "alerts/keep.html", context)
