"""Board and table, moving a card, adding one by hand, taking one off."""

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.models import TrackedApplication
from accounts.models.tracking_words import EventSource, Status
from accounts.tracker import board
from accounts.tracker.birth import Facts, alike, guide_of, track
from accounts.tracker.departures import to_ask
from accounts.tracker.forms import AddForm, MoveForm, moment_of
from accounts.tracker.history import Meanwhile, record
from accounts.tracker.once import led_to, read_key
from accounts.tracker.query import TrackerQuery
from accounts.views.tracker.access import changed_meanwhile, do_once, own, own_removed_or_not
from kit.http import MemberRequest
from kit.redirects import redirect_next


@require_safe
def applications(request: MemberRequest) -> HttpResponse:
    """`removed` names an application just taken off, to offer the way back."""
    query = TrackerQuery.from_query(request.GET)
    context = {
        "query": query,
        "statuses": Status,
        "asked": to_ask(request.user),
        "removed": _removed(request),
        "here": request.get_full_path(),
    }
    if query.is_table:
        page, tickets = board.table(request.user, query, request.GET.get("page"))
        pages = page.paginator.get_elided_page_range(page.number, on_each_side=1)
        context |= {"page": page, "page_range": pages, "tickets": tickets, "sorts": board.sort_choices()}
        context |= {"total": page.paginator.count if not query.is_filtered else request.user.tracked.kept().count()}
    else:
        lanes = board.lanes(request.user, query)
        context |= {"lanes": lanes, "total": sum(lane.count for lane in lanes)}
    return render(request, "accounts/tracker/applications.html", context)


@require_POST
def application_move(request: MemberRequest, pk: int) -> HttpResponseBase:
    """From the board, the table or its page. To where it is already: nothing happens."""
    application = own(request, pk)
    form = MoveForm(request.POST)
    if not form.is_valid():
        words = " ".join(str(error) for errors in form.errors.values() for error in errors)
        messages.error(request, f"Nothing was moved. {words}.")
        return _back(request, application)
    status = Status(form.cleaned_data["status"])
    try:
        moved = record(application, status, seen=form.cleaned_data["seen"])
    except Meanwhile as other:
        wish = f"move it to {status.label}"
        again = {"status": status, "next": request.POST.get("next", "")}
        return changed_meanwhile(request, other, action=request.path, wish=wish, again=again)
    if moved:
        messages.success(request, f"{application.title} is in {status.label} now.")
    return _back(request, application)


@require_http_methods(["GET", "HEAD", "POST"])
def application_add(request: MemberRequest) -> HttpResponseBase:
    if request.method != "POST":
        form = AddForm(initial={"day": timezone.localdate(), "status": Status.APPLIED})
        return render(request, "accounts/tracker/add.html", {"form": form, "doubles": []})
    if before := led_to(request.user, read_key(request)):  # else the first click would count as a double of the second
        return redirect(before)
    form = AddForm(request.POST)
    doubles: list[TrackedApplication] = []
    if form.is_valid():
        data = form.cleaned_data
        facts = Facts(data["title"], data["employer"], data["place"], data["url"])
        doubles = [] if data["again"] else list(alike(request.user, facts)[:3])
        if not doubles:
            return do_once(request, lambda: _add(request, form, facts), _never)
        form.add_error("again", "You track one with this title and employer. Tick this if yours is another")
    return render(request, "accounts/tracker/add.html", {"form": form, "doubles": doubles}, status=422)


@require_POST
def application_remove(request: MemberRequest, pk: int) -> HttpResponseBase:
    """A second removal does not put off the deletion."""
    application = own_removed_or_not(request, pk)
    request.user.tracked.kept().filter(pk=application.pk).update(removed_at=timezone.now())
    url = f"{reverse('accounts:applications')}?removed={application.pk}"
    messages.success(request, format_html('Removed. <a href="{}">Undo</a>', url))
    return redirect("accounts:applications")


@require_POST
def application_restore(request: MemberRequest, pk: int) -> HttpResponseBase:
    application = own_removed_or_not(request, pk)
    request.user.tracked.filter(pk=application.pk).update(removed_at=None)
    messages.success(request, "The application is back, with everything in it.")
    return redirect(application)


def _add(request: MemberRequest, form: AddForm, facts: Facts) -> str:
    data = form.cleaned_data
    made = track(
        user=request.user,
        facts=facts,
        status=Status(data["status"]),
        source=EventSource.PERSON,
        happened_at=moment_of(data["day"]),
        note=data["note"],
        guide_id=guide_of(facts.title),
    )
    messages.success(request, "Added. Dates, notes and next steps of this application stand here from now on.")
    return made.get_absolute_url()


def _never(other: Meanwhile) -> HttpResponse:
    raise other


def _back(request: MemberRequest, application: TrackedApplication) -> HttpResponseBase:
    return redirect_next(request, application.get_absolute_url())


def _removed(request: MemberRequest) -> TrackedApplication | None:
    asked = request.GET.get("removed", "")
    pk = int(asked) if asked.isascii() and asked.isdecimal() and len(asked) < 19 else 0
    return request.user.tracked.removed().light().filter(pk=pk).first() if pk else None
