"""The way to Plus: out to the checkout page and back."""

import logging

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from billing import answers, entitlements, plans, world
from billing.models import Account
from billing.selling import NotSold, Refusal, start_plus
from billing.sync import sync
from kit.http import MemberRequest

logger = logging.getLogger(__name__)


@require_POST
def start(request: MemberRequest) -> HttpResponseBase:
    """To the checkout page; to the billing page when there is something to settle there; 503 when Stripe cannot be reached."""
    if not world.is_open():
        return render(request, "billing/closed.html", status=503)
    try:
        return HttpResponseRedirect(start_plus(request.user))
    except NotSold as refusal:
        return _not_sold(request, refusal.why)
    except answers.GatewayError as error:
        return stripe_away(request, error, "start")


def _not_sold(request: MemberRequest, why: Refusal) -> HttpResponseBase:
    match why:
        case Refusal.HAS_PLUS:
            messages.info(request, "You have a subscription already. Nothing new was started, and nothing was charged.")
        case Refusal.DISPUTED:
            messages.warning(request, "A payment of yours was disputed at your bank. Write to us before you start Plus again.")
        case Refusal.UNDER_WAY:
            messages.info(request, "Your payment is under way. Plus starts by itself when it arrives; nothing new was started.")
        case Refusal.MISPRICED:
            return render(request, "billing/closed.html", status=503)
    return redirect("billing:account")


@require_safe
def done(request: MemberRequest) -> HttpResponse:
    """The way back from checkout. What the address says is not believed: Stripe is asked about the reader's own account."""
    account = Account.objects.here().filter(user=request.user).first()
    if account is None:
        return redirect("billing:pricing")
    is_known = True
    try:
        sync(account.pk)
    except answers.GatewayError as error:
        logger.warning("the page after checkout could not ask Stripe: %s", error)
        is_known = False
    entitlements.forget(request.user)
    context = {
        "standing": entitlements.standing(request.user),
        "is_known": is_known,
        "adds": plans.added_by_plus(),
    }
    return render(request, "billing/done.html", context)


def stripe_away(request: MemberRequest, error: answers.GatewayError, what: str) -> HttpResponse:
    """503: nothing was changed and nothing charged, and trying again is safe."""
    logger.error("billing: %s failed: %s", what, error)
    return render(request, "billing/away.html", {"what": what}, status=503)
