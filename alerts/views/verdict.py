"""Useful, or not for me: what a reader says of one job of a mail."""

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import BadRequest
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from alerts.choices import Reason, Verdict
from alerts.door import Door
from alerts.forms import VerdictForm
from alerts.links import manage_url, read_verdict
from alerts.models import Delivery
from alerts.verdicts import judge, outcome
from alerts.views.by_link import by_link
from alerts.views.door import note_life
from kit.http import Request

MENDED_BY_EDITING = {Reason.PAY, Reason.PLACE, Reason.LEVEL}


@login_not_required
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@by_link
def verdict(request: Request, token: str) -> HttpResponse:
    """The page shows what was pressed and a POST says it; it may be said again and differently. `say`: the verdict, or "nothing"."""
    if (found := read_verdict(token)) is None:
        raise Http404("This link is not complete, or the job is no longer among what we sent.")
    delivery, pressed = found
    if request.method != "POST":
        return _page(request, delivery, pressed, VerdictForm(initial={"reason": delivery.reason}))
    said = request.POST.get("say", pressed.value)
    if said not in {*Verdict.values, "nothing"}:
        raise BadRequest("The form says neither useful nor not for me.")
    form = VerdictForm(request.POST)
    if not form.is_valid():
        return _page(request, delivery, pressed, form, status=422)
    judge(delivery, Verdict(said) if said != "nothing" else None, form.cleaned_data["reason"], timezone.now())
    note_life(delivery.subscriber)
    delivery = _again(token)
    return _page(request, delivery, Verdict(delivery.verdict or pressed), VerdictForm(initial={"reason": delivery.reason}))


def _again(token: str) -> Delivery:
    found = read_verdict(token)
    assert found
    return found[0]


def _page(request: Request, delivery: Delivery, pressed: Verdict, form: VerdictForm, status: int = 200) -> HttpResponse:
    context = {
        "job": delivery.job,
        "is_useful": pressed == Verdict.USEFUL,
        "form": form,
        "said": delivery.get_verdict_display(),
        "is_said": request.method == "POST" and status == 200,
        "outcome": outcome(delivery),
        "edit_url": _edit_url(delivery),
        "manage_url": manage_url(delivery.subscriber),
    }
    return render(request, "alerts/verdict.html", context, status=status)


def _edit_url(delivery: Delivery) -> str:
    """Where the alert can be narrowed, when the reason says that it should be."""
    alert = delivery.alert
    if alert is None or alert.removed_at is not None or delivery.reason not in MENDED_BY_EDITING:
        return ""
    subscriber = delivery.subscriber
    if subscriber.user_id is not None:
        return reverse("alerts:edit", args=[alert.pk])
    return Door(subscriber, subscriber.key).url("edit", alert.pk)
