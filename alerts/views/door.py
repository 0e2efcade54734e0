"""Letting people in to their alerts. Every page and action of `/alerts/` that shows or changes some goes through here."""

from collections.abc import Callable
from datetime import timedelta
from functools import wraps
from typing import Concatenate, ParamSpec

from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from alerts.door import Door
from alerts.models import Subscriber
from alerts.people import subscriber_of
from alerts.writing import is_alive
from kit.http import Request

P = ParamSpec("P")
LIFE_IS_NOTED = timedelta(days=1)  # at most one write a day


def with_door(view: Callable[Concatenate[Request, Door, P], HttpResponse]) -> Callable[..., HttpResponse]:
    """A view for the owner of alerts: signed in, or by the key in the address. Whoever comes by neither signs in first.

    To come signed in, or to send a form, is a sign of life. To open the link of a mail is none: programs do that too.
    """

    @login_not_required
    @wraps(view)
    def answer(request: Request, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        key = str(kwargs.pop("key", ""))
        if not key and not isinstance(request.user, User):
            return redirect_to_login(_page(request))
        door = Door(_by_key(key) if key else subscriber_of(_member(request)), key)
        if not key or request.method == "POST":
            note_life(door.subscriber)
        response = view(request, door, *args, **kwargs)
        if key:
            response["X-Robots-Tag"] = "noindex"
        return response

    return answer


def note_life(subscriber: Subscriber) -> None:
    now = timezone.now()
    if subscriber.asked_at is not None or now - subscriber.alive_at >= LIFE_IS_NOTED:
        is_alive(subscriber, now)


def _by_key(key: str) -> Subscriber:
    if found := Subscriber.objects.with_key(key).first():
        return found
    raise Http404("There are no alerts behind this link. If you made an account since, they are there.")


def _member(request: HttpRequest) -> User:
    assert isinstance(request.user, User)
    return request.user


def _page(request: HttpRequest) -> str:
    """Where to go after signing in: a form that was sent comes from the list."""
    return request.get_full_path() if request.method in {"GET", "HEAD"} else reverse("alerts:list")
