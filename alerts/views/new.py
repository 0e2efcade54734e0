"""Asking for an alert: members have it at once, visitors once they confirm their address."""

from allauth.core import ratelimit
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods

from accounts.models import User
from alerts.asking import Asked, of_guide, of_search
from alerts.choices import Frequency
from alerts.forms import AlertForm, alert_form
from alerts.models import Subscriber
from alerts.people import subscriber_of
from alerts.preview import Preview, preview
from alerts.views.door import note_life
from alerts.wishes import ask_to_confirm
from alerts.writing import MOST, TooMany, add, start_with
from billing.entitlements import require
from billing.plans import Feature
from kit.http import Request

TOO_LONG = "This search is too long for an alert. Choose fewer employers or careers"
TOO_MANY = f"You have {MOST} alerts, which is the most there can be. Remove one that you no longer need"
TOO_OFTEN = "Many alerts were asked for from your network in a short time. Wait an hour, then send this again"
ENOUGH_MAILS = "This address has got several of these mails today. Look for them, also in the spam folder, or come back tomorrow"


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: Request) -> HttpResponse:
    """The query of the address is a search as the list of jobs has it, or names a guide: `guide_changes`."""
    asked = _asked(request)
    form_class = alert_form(request.user)
    if request.method != "POST":
        return _page(request, asked, form_class(initial={"name": asked.words, "frequency": Frequency.WEEKLY}))
    form = form_class(request.POST)
    if not form.is_valid():
        return _page(request, asked, form, status=422)
    if form.cleaned_data["frequency"] == Frequency.DAILY:
        require(request.user, Feature.DAILY_ALERTS)
    if asked.is_too_long:
        form.add_error(None, TOO_LONG)
        return _page(request, asked, form, status=422)
    return _add(request, request.user, asked, form) if isinstance(request.user, User) else _ask(request, asked, form)


def _asked(request: Request) -> Asked:
    slug = request.GET.get("guide_changes")
    if slug is None:
        return of_search(request.GET)
    if (asked := of_guide(slug)) is None:
        raise Http404("There is no such guide.")
    return asked


def _add(request: Request, user: User, asked: Asked, form: AlertForm) -> HttpResponse:
    subscriber = subscriber_of(user)
    note_life(subscriber)
    data = form.cleaned_data
    try:
        with transaction.atomic():
            alert, is_new = add(subscriber, name=data["name"], query=asked.query, guide=asked.guide, frequency=Frequency(data["frequency"]))
            start_with(alert, timezone.now())
    except TooMany:
        form.add_error(None, TOO_MANY)
        return _page(request, asked, form, status=422)
    if is_new:
        return redirect(f"{reverse('alerts:list')}?{urlencode({'added': alert.pk})}")
    messages.info(request, "You have this alert already. Here it is.")
    return redirect(alert)


def _ask(request: Request, asked: Asked, form: AlertForm) -> HttpResponse:
    """The answer says the same whoever has the address and whatever was asked for with it before."""
    email = form.cleaned_data["email"].lower()
    if not ratelimit.consume(request, action="ask_alert"):
        form.add_error(None, TOO_OFTEN)
    elif not ratelimit.consume(request, action="ask_alert_of_address", key=email):
        form.add_error("email", ENOUGH_MAILS)
    if form.errors:
        return _page(request, asked, form, status=429)
    ask_to_confirm(asked, name=form.cleaned_data["name"], email=email, zone=form.cleaned_data["time_zone"])
    return render(request, "alerts/asked.html", {"asked": asked, "email": email})


def _page(request: Request, asked: Asked, form: AlertForm, status: int = 200) -> HttpResponse:
    context = {"asked": asked, "form": form, "preview": _preview(request, asked)}
    return render(request, "alerts/new.html", context, status=status)


def _preview(request: Request, asked: Asked) -> Preview | None:
    if asked.guide or asked.is_too_long:
        return None
    reader = Subscriber.objects.filter(user=request.user.pk).first() if request.user.is_authenticated else None
    return preview(asked.words, asked.query, frequency=Frequency.WEEKLY, reader=reader)
