"""The history: adding an entry, correcting it, taking it out, and taking that back."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from accounts.models import ApplicationEvent
from accounts.models.tracking_words import Status
from accounts.tracker.forms import EventForm, SeenMixin, moment_of
from accounts.tracker.history import Meanwhile, NotPossible, correct, last_event, record, undo
from accounts.views.tracker.access import changed_meanwhile, do_once, own, own_event
from accounts.views.tracker.detail import show
from kit.http import MemberRequest


@require_POST
def event_add(request: MemberRequest, pk: int) -> HttpResponseBase:
    application = own(request, pk)
    form = EventForm(request.POST, auto_id="event_%s")
    if not form.is_valid():
        return show(request, application, form)
    data = form.cleaned_data

    def work() -> str:
        record(application, Status(data["status"]), happened_at=moment_of(data["day"]), note=data["note"], seen=data["seen"])
        messages.success(request, "The entry is in the history.")
        return application.get_absolute_url()

    return do_once(request, work, _offer(request, f"add the entry “{Status(data['status']).label}”"))


@require_http_methods(["GET", "HEAD", "POST"])
def event_correct(request: MemberRequest, pk: int, event: int) -> HttpResponseBase:
    found = own_event(request, pk, event)
    if request.method != "POST":
        form = EventForm.for_event(found, last_event(found.application).pk)
        return _form(request, found, form)
    form = EventForm(request.POST)
    if not form.is_valid():
        return _form(request, found, form)
    data = form.cleaned_data

    def work() -> str:
        moment = moment_of(data["day"], found.happened_at)
        correct(found, Status(data["status"]), happened_at=moment, note=data["note"], seen=data["seen"])
        messages.success(request, "Corrected. What stood there before is kept below it.")
        return found.application.get_absolute_url()

    return do_once(request, work, _offer(request, f"correct an entry to “{Status(data['status']).label}”"))


@require_POST
def event_remove(request: MemberRequest, pk: int, event: int) -> HttpResponseBase:
    found = own_event(request, pk, event)
    return _short(
        request, found, "take out an entry", lambda seen: correct(found, "", seen=seen), "Taken out. You can bring it back below."
    )


@require_POST
def event_undo(request: MemberRequest, pk: int, event: int) -> HttpResponseBase:
    found = own_event(request, pk, event)
    return _short(request, found, "undo a correction", lambda seen: undo(found, seen=seen), "Undone.")


def _short(request: MemberRequest, event: ApplicationEvent, wish: str, change: Callable[[int], object], done: str) -> HttpResponseBase:
    """A change that needs no more than a click."""
    form = SeenMixin(request.POST)
    if not form.is_valid():
        messages.error(request, "Nothing was changed. Load the page again and try once more.")
        return redirect(event.application)

    def work() -> str:
        try:
            change(form.cleaned_data["seen"])
        except NotPossible as why:
            messages.error(request, f"{why}.")
        else:
            messages.success(request, done)
        return event.application.get_absolute_url()

    return do_once(request, work, _offer(request, wish))


def _form(request: MemberRequest, event: ApplicationEvent, form: EventForm) -> HttpResponse:
    context = {"form": form, "application": event.application, "heading": "Correct an entry", "needs_key": True}
    return render(request, "accounts/tracker/form.html", context, status=422 if form.errors else 200)


def _offer(request: MemberRequest, wish: str) -> Callable[[Meanwhile], HttpResponse]:
    again = {name: request.POST.get(name, "") for name in ("status", "day", "note")}
    return lambda other: changed_meanwhile(request, other, action=request.path, wish=wish, again=again)
