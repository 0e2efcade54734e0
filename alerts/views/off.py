"""Turning alerts off from a mail: by its reader, or by the mail program's own button (RFC 8058)."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from alerts.choices import Stop
from alerts.links import manage_url, read_off
from alerts.models import Alert, Subscriber
from alerts.views.by_link import by_link
from alerts.views.door import note_life
from alerts.writing import resume, start, start_with, stop, turn_off
from kit.http import Request


@login_not_required
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@by_link
def off(request: Request, token: str) -> HttpResponse:
    """The page asks and a POST does it: programs that look at links in mails open them all.

    Without more in the form a POST turns off what the link names. `do`: "all" turns off everything, "on" takes it back.
    """
    if (found := read_off(token)) is None:
        raise Http404("This link is not complete, or the alerts are gone.")
    subscriber, alert = found
    if request.method == "POST":
        _obey(request.POST.get("do", ""), subscriber, alert)
        note_life(subscriber)
    context = {
        "alert": alert,
        "is_off": subscriber.stopped_at is not None or (alert is not None and alert.off_at is not None),
        "is_stopped": subscriber.stopped_at is not None,
        "is_on_again": request.method == "POST" and request.POST.get("do") == "on",
        "others": subscriber.alerts.on().besides(alert).count(),
        "manage_url": manage_url(subscriber),
    }
    return render(request, "alerts/off.html", context)


def _obey(do: str, subscriber: Subscriber, alert: Alert | None) -> None:
    now = timezone.now()
    if do == "on" and alert is not None:
        alert.subscriber = subscriber
        resume(alert)
        start_with(alert, now)
    elif do == "on":
        start(subscriber, now)
    elif do == "all" or alert is None:
        stop(subscriber, Stop.LEFT, now)
    else:
        turn_off(alert)
