"""The private calendar: its address is shown, renewed and closed by its owner, and read by programs that cannot sign in."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from accounts.models import CalendarFeed
from accounts.tracker.calendar import address_of, close_feed, feed_of, open_feed, read_token
from accounts.views.tracker.parts import calendar_answer
from kit.http import MemberRequest


@login_not_required  # the address is the key
@require_safe
def calendar(request: HttpRequest, token: str) -> HttpResponse:
    feed = read_token(token)
    if feed is None:
        raise Http404("This calendar does not exist, or its address was changed.")
    response = calendar_answer(feed_of(feed.user), "applications.ics")
    response["X-Robots-Tag"] = "noindex"
    return response


@require_safe
def calendar_page(request: MemberRequest) -> HttpResponse:
    feed = CalendarFeed.objects.filter(user=request.user).first()
    context = {"feed": feed, "address": address_of(feed) if feed else ""}
    return render(request, "accounts/tracker/calendar.html", context)


@require_POST
def calendar_open(request: MemberRequest) -> HttpResponseBase:
    open_feed(request.user)
    messages.success(request, "Your calendar has an address. An older one no longer works.")
    return redirect("accounts:calendar_page")


@require_POST
def calendar_close(request: MemberRequest) -> HttpResponseBase:
    close_feed(request.user)
    messages.success(request, "Your calendar is closed. Its address no longer works.")
    return redirect("accounts:calendar_page")
