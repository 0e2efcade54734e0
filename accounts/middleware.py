from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from django.conf import settings
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from accounts.zones import known


class LoginRequired(LoginRequiredMiddleware):
    """Sign-in for every view that does not say otherwise. After it one comes back to a page.

    A form that was sent without a session leads back to the page it stood on: its own address takes no GET.
    """

    def handle_no_permission(self, request: HttpRequest, view_func: Callable[..., HttpResponseBase]) -> HttpResponseRedirect:
        if request.method in {"GET", "HEAD"}:
            return super().handle_no_permission(request, view_func)
        return redirect_to_login(_page_of(request) or reverse(settings.LOGIN_REDIRECT_URL), self.get_login_url(view_func))


def _page_of(request: HttpRequest) -> str:
    """Path of our page that sent this request; empty when it was none of ours."""
    try:
        page = urlsplit(request.headers.get("Referer", ""))
    except ValueError:  # brackets that are no IPv6 address
        return ""
    return page.path if page.netloc == request.get_host() else ""


class UserTimeZone:
    """Show times in the member's zone. Visitors without a session cost no query."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        with _zone(request):
            return self.get_response(request)


def _zone(request: HttpRequest) -> AbstractContextManager[None]:
    if settings.SESSION_COOKIE_NAME not in request.COOKIES or not isinstance(request.user, User):
        return nullcontext()
    return timezone.override(ZoneInfo(known(request.user.time_zone)))
