"""Whose application it is, and the ways of answering that all pages of the tracker share."""

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render

from accounts.models import ApplicationEvent, Part, TrackedApplication
from accounts.models.tracking_words import Status
from accounts.tracker.history import Meanwhile
from accounts.tracker.once import once, read_key
from accounts.tracker.parts import KINDS, Kind
from jobs.models import Job
from kit.http import MemberRequest


def own(request: MemberRequest, pk: int) -> TrackedApplication:
    return _found(request.user.tracked.kept().select_related("job__employer").defer("job__description").filter(pk=pk).first())


def own_removed_or_not(request: MemberRequest, pk: int) -> TrackedApplication:
    return _found(request.user.tracked.light().filter(pk=pk).first())


def own_event(request: MemberRequest, pk: int, event: int) -> ApplicationEvent:
    found = ApplicationEvent.objects.select_related("application").filter(application=own(request, pk), pk=event).first()
    if found is None:
        raise Http404("There is no such entry.")
    return found


def kind_of(part: str) -> Kind:
    if part not in KINDS:
        raise Http404("There is no such page.")
    return KINDS[part]


def own_part(request: MemberRequest, pk: int, kind: Kind, item: int, *, is_removed: bool = False) -> Part:
    found = kind.model._default_manager.filter(application=own(request, pk), pk=item, removed_at__isnull=not is_removed).first()
    if found is None:
        raise Http404(f"There is no such {kind.name}.")
    assert isinstance(found, Part)
    return found


def open_or_closed(pk: int) -> Job:
    job = Job.objects.public().select_related("employer", "source", "guide").filter(pk=pk).first()
    if job is None:
        raise Http404("There is no such job.")
    return job


def do_once(request: MemberRequest, work: Callable[[], str], offer: Callable[[Meanwhile], HttpResponse]) -> HttpResponseBase:
    """Do what a form asks for, once, and go where it leads. `offer` answers when another tab was first."""
    try:
        return redirect(once(request.user, read_key(request), work))
    except Meanwhile as other:
        return offer(other)


def changed_meanwhile(request: MemberRequest, other: Meanwhile, *, action: str, wish: str, again: dict[str, Any]) -> HttpResponse:
    """409: how it stands now, and the same wish once more, with what was typed, as a form that knows the newest event."""
    context = {
        "application": other.application,
        "last": other.last,
        "status": Status(other.application.status),
        "action": action,
        "wish": wish,
        "again": {name: value for name, value in again.items() if value not in ("", None)} | {"seen": other.last.pk},
    }
    return render(request, "accounts/tracker/meanwhile.html", context, status=409)


def _found(application: TrackedApplication | None) -> TrackedApplication:
    if application is None:
        raise Http404("You track no such application.")
    return application
