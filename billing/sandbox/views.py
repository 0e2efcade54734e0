"""The two pages that Stripe would show. No money moves, and they say so."""

from datetime import UTC, datetime

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from billing import plans
from billing.models import Account
from billing.sandbox import happenings
from billing.sandbox.local import server
from billing.sandbox.server import Refusal
from billing.sandbox.store import Body
from kit.http import MemberRequest

# The buttons of the portal page: name, label, what it shows, and the states in which it makes sense.
BUTTONS = (
    ("cancel", "Cancel at the end of the month", {"active"}, False),
    ("keep", "Take the cancellation back", {"active"}, True),
    ("period", "Let the paid month pass", {"active"}, None),
    ("fail", "Let the next payment fail", {"active"}, False),
    ("pay", "Pay what is due", {"past_due", "incomplete"}, None),
    ("give-up", "Let two weeks pass without payment", {"past_due"}, None),
    ("dispute", "Dispute the payment at the bank", {"active", "past_due"}, None),
)


@require_http_methods(["GET", "HEAD", "POST"])
def checkout(request: MemberRequest, session: str) -> HttpResponseBase:
    found = _own(request, session, "checkout.session")
    if request.method != "POST":
        price = plans.amount_in_words(found["amount_total"], found["currency"])
        return render(request, "sandbox/checkout.html", {"session": found, "price": price})
    match request.POST.get("do"):
        case "pay":
            _happen(request, lambda: happenings.pay(server(), session))
            return HttpResponseRedirect(found["success_url"])
        case "later":
            _happen(request, lambda: happenings.pay_later(server(), session))
            return HttpResponseRedirect(found["success_url"])
        case "decline":
            messages.error(request, "The payment was declined. Nothing was charged; choose again.")
            return redirect("sandbox:checkout", session)
        case _:
            return HttpResponseRedirect(found["cancel_url"])


@require_http_methods(["GET", "HEAD", "POST"])
def portal(request: MemberRequest, session: str) -> HttpResponseBase:
    found = _own(request, session, "billing_portal.session")
    subscriptions = server().subscriptions_of(found["customer"])
    if request.method != "POST":
        return _portal_page(request, found, subscriptions)
    chosen = next((one for one in subscriptions if one["id"] == request.POST.get("subscription")), None)
    what = happenings.OFFERED.get(request.POST.get("do", ""))
    if chosen is None or what is None:
        raise Http404("There is no such button.")
    _happen(request, lambda: what(server(), chosen))
    return redirect("sandbox:portal", session)


def _portal_page(request: MemberRequest, session: Body, subscriptions: list[Body]) -> HttpResponse:
    rows = [{"subscription": one, "until": _until(one), "buttons": _buttons(one)} for one in subscriptions]
    return render(request, "sandbox/portal.html", {"session": session, "rows": rows})


def _until(subscription: Body) -> datetime:
    end = subscription["ended_at"] or subscription["cancel_at"] or subscription["items"]["data"][0]["current_period_end"]
    return datetime.fromtimestamp(end, tz=UTC)


def _buttons(subscription: Body) -> list[tuple[str, str]]:
    ending = bool(subscription["cancel_at"])
    return [
        (name, label) for name, label, states, when_ending in BUTTONS if subscription["status"] in states and when_ending in {None, ending}
    ]


def _own(request: MemberRequest, session: str, kind: str) -> Body:
    """Somebody else's session is not found."""
    found = server().store.get(session)
    account = Account.objects.here().filter(user=request.user).first()
    if not found or found.get("object") != kind or account is None or found["customer"] != account.customer_id:
        raise Http404("There is no such session.")
    return found


def _happen(request: MemberRequest, what: object) -> None:
    try:
        with transaction.atomic():
            what()  # type: ignore[operator]
    except Refusal:
        messages.info(request, "That has happened already.")
