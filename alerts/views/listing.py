"""All alerts of one person, on one page; and the end of them for somebody without an account."""

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_safe

from alerts.door import Door
from alerts.forms import ScheduleForm
from alerts.models import Alert
from alerts.page.listing import ListPage
from alerts.people import forget
from alerts.views.door import with_door
from alerts.writing import MOST
from kit.http import Request

SHOWN = 4 * MOST  # an account may have taken over those of its addresses


@require_safe
@with_door
def alert_list(request: Request, door: Door) -> HttpResponse:
    """`added` and `removed` name the alert of which the last page said so, to offer the way back."""
    return show_list(request, door)


def show_list(
    request: Request, door: Door, *, pause: tuple[int, forms.Form] | None = None, schedule: forms.Form | None = None, status: int = 200
) -> HttpResponse:
    """Also with a form that was not filled in well: one pauses an alert, one sets day and hour."""
    rows = list(door.subscriber.alerts.kept().with_last_told().select_related("guide").in_order()[:SHOWN])
    removed = _named(request, "removed", list(door.subscriber.alerts.removed().newest()[:MOST]) if "removed" in request.GET else [])
    context = {
        "page": ListPage(door, rows, pause),
        "door": door,
        "schedule": schedule or ScheduleForm(subscriber=door.subscriber),
        "has_errors": status == 422,
        "pause_form": pause[1] if pause else None,
        "added": _named(request, "added", rows),
        "removed": removed,
        "undo_url": door.url("restore", removed.pk) if removed else "",
        "schedule_url": door.url("schedule"),
        "stop_url": door.url("stop"),
        "start_url": door.url("start"),
        "address_url": door.url("address_works"),
        "delete_url": door.url("delete") if door.key else "",
    }
    return render(request, "alerts/alert_list.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@with_door
def delete(request: Request, door: Door) -> HttpResponse:
    """Only visitors come here: a member deletes the account."""
    if not door.key:
        raise Http404("Members delete their account.")
    if request.method == "POST":
        forget(door.subscriber)
    return render(request, "alerts/delete.html", {"door": door, "is_done": request.method == "POST"})


def _named(request: Request, parameter: str, alerts: list[Alert]) -> Alert | None:
    return next((alert for alert in alerts if str(alert.pk) == request.GET.get(parameter)), None)
