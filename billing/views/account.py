"""The reader's plan: what it is, what it costs, until when, and how to leave."""

import logging

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponseBase, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from billing import answers, entitlements, gateway, plans, world
from billing.leaving import cancel_plus, keep_plus
from billing.models import Account
from billing.standing import Standing, Why
from billing.sync import sync
from billing.views.buying import stripe_away
from kit.http import MemberRequest

logger = logging.getLogger(__name__)
FROM_PORTAL = "portal"


@require_safe
def overview(request: MemberRequest) -> HttpResponseBase:
    """Read from our own row; only the way back from the portal asks Stripe first."""
    if request.GET.get("from") == FROM_PORTAL:
        return _back_from_portal(request)
    return render(request, "billing/account.html", _context(request))


def _context(request: MemberRequest) -> dict[str, object]:
    standing = entitlements.standing(request.user)
    return {
        "trail": [("Your account", reverse("accounts:account"))],
        "standing": standing,
        "paid": plans.PRICE.short if standing.amount is None else plans.amount_in_words(standing.amount, standing.currency),
        "has_customer": Account.objects.known_to_stripe().filter(user=request.user).exists(),
        "price": plans.PRICE,
        "adds": plans.added_by_plus(),
        "is_open": world.is_open(),
        "is_sandbox": world.world() is world.World.SANDBOX,
    }


def _back_from_portal(request: MemberRequest) -> HttpResponseRedirect:
    account = Account.objects.known_to_stripe().filter(user=request.user).first()
    try:
        if account:
            sync(account.pk)
    except answers.GatewayError as error:
        logger.warning("the way back from the portal could not ask Stripe: %s", error)
        messages.warning(request, "We could not ask Stripe just now. What you changed there will show here within the hour.")
    return redirect("billing:account")


@require_POST
def portal(request: MemberRequest) -> HttpResponseBase:
    """Stripe's page for receipts and payment methods."""
    account = Account.objects.known_to_stripe().filter(user=request.user).first()
    if account is None or account.customer_id is None:
        messages.info(request, "There are no payments or receipts yet.")
        return redirect("billing:account")
    back = f"{settings.SITE_URL}{reverse('billing:account')}?from={FROM_PORTAL}"
    try:
        return HttpResponseRedirect(gateway.portal_url(customer=account.customer_id, return_url=back))
    except answers.GatewayError as error:
        return stripe_away(request, error, "portal")


@require_http_methods(["GET", "HEAD", "POST"])
def cancel(request: MemberRequest) -> HttpResponseBase:
    """Two clicks: the link that leads here, and the button. No reason is asked for."""
    standing = entitlements.standing(request.user)
    if not standing.has_subscription or (standing.why is Why.ENDING and not standing.pays_twice):
        messages.info(request, "There is nothing to cancel.")
        return redirect("billing:account")
    if request.method != "POST":
        trail = [("Your account", reverse("accounts:account")), ("Billing", reverse("billing:account"))]
        return render(request, "billing/cancel.html", {"trail": trail, "standing": standing, "adds": plans.added_by_plus()})
    try:
        until = cancel_plus(request.user)
    except answers.GatewayError as error:
        return stripe_away(request, error, "cancel")
    messages.success(request, f"Plus ends on {_date(until)}. Nothing else changes today." if until else _over(standing))
    return redirect("billing:account")


def _over(standing: Standing) -> str:
    if standing.granted_until:
        return "Your subscription has ended, and nothing more will be charged. Plus is a gift as before."
    return (
        "Plus is canceled, and nothing more will be charged."
        if standing.why is Why.STOPPED
        else "Plus has ended, and nothing more will be charged."
    )


@require_POST
def keep(request: MemberRequest) -> HttpResponseBase:
    """Take the cancellation back."""
    try:
        kept = keep_plus(request.user)
    except answers.GatewayError as error:
        return stripe_away(request, error, "keep")
    if kept:
        messages.success(request, "You keep Plus. It renews as before.")
    else:
        messages.info(request, "There is no cancellation to take back. You can start Plus again at any time.")
    return redirect("billing:account")


def _date(moment: object) -> str:
    return date_format(timezone.localtime(moment), "F j, Y")  # type: ignore[arg-type]
