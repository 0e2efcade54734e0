"""One alert: its name, how often it comes, and the search itself."""

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from alerts.asking import Asked, EditPage, in_words, of_search
from alerts.choices import Frequency, Kind
from alerts.door import Door
from alerts.forms import AlertForm
from alerts.models import Alert
from alerts.preview import Preview, preview
from alerts.views.door import with_door
from alerts.views.new import TOO_LONG
from alerts.writing import change
from billing.entitlements import require
from billing.plans import Feature
from jobs.search.engine import NOBODY
from jobs.search.matching import facets_of, read
from kit.http import Request


@require_http_methods(["GET", "HEAD", "POST"])
@with_door
def edit(request: Request, door: Door, pk: int) -> HttpResponse:
    """The fields of the search are those of the list of jobs. `do=look` shows what the alert would send, and saves nothing."""
    alert = door.alert(pk)
    asked = _asked(request, alert)
    if request.method != "POST":
        form = AlertForm(initial={"name": alert.name, "frequency": alert.frequency})
        return _page(request, door, alert, form, asked)
    form = AlertForm(request.POST)
    if not form.is_valid() or _is_refused(form, door, alert, asked):
        return _page(request, door, alert, form, asked, status=422)
    frequency = Frequency(form.cleaned_data["frequency"])
    if frequency == Frequency.DAILY != alert.frequency:
        require(request.user, Feature.DAILY_ALERTS)
    if request.POST.get("do") == "look":
        return _page(request, door, alert, form, asked)
    change(alert, name=_name(form, alert, asked), query=asked.query, frequency=frequency)
    messages.success(request, f"Saved: {alert.name}")
    return redirect(door.list_url)


def _asked(request: Request, alert: Alert) -> Asked:
    if alert.guide:
        return Asked(alert.name, guide=alert.guide)
    return of_search(request.POST if request.method == "POST" else QueryDict(alert.query))


def _is_refused(form: AlertForm, door: Door, alert: Alert, asked: Asked) -> bool:
    """Says why, beside the form."""
    if asked.is_too_long:
        form.add_error(None, TOO_LONG)
    elif alert.kind == Kind.JOBS:
        same = door.subscriber.alerts.kept().filter(kind=Kind.JOBS, query=asked.query).exclude(pk=alert.pk).first()
        if same:
            form.add_error(None, f"You have an alert for this search already: {same.name}")
    return bool(form.errors)


def _name(form: AlertForm, alert: Alert, asked: Asked) -> str:
    """A name that only said what was searched for says the new search now."""
    name: str = form.cleaned_data["name"]
    if alert.guide or name != alert.name or asked.query == alert.query:
        return name
    old = read(alert.query)
    return asked.words if name == in_words(old, facets_of(old)) else name


def _page(request: Request, door: Door, alert: Alert, form: AlertForm, asked: Asked, status: int = 200) -> HttpResponse:
    context = {
        "alert": alert,
        "form": form,
        "asked": asked,
        "page": EditPage(asked.results, NOBODY, []) if asked.results else None,
        "preview": _preview(door, alert, form, asked),
        "door": door,
        "remove_url": door.url("remove", alert.pk),
    }
    return render(request, "alerts/edit.html", context, status=status)


def _preview(door: Door, alert: Alert, form: AlertForm, asked: Asked) -> Preview | None:
    if alert.guide or asked.is_too_long:
        return None
    wished = form["frequency"].value()
    frequency = Frequency.DAILY if wished == Frequency.DAILY and door.may_daily else Frequency.WEEKLY
    return preview(asked.words, asked.query, frequency=frequency, reader=door.subscriber)
