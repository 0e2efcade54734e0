"""Canceling, taking it back, and closing an account. Nothing that a person made is ever deleted here."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction

from billing import answers, gateway
from billing.models import Account
from billing.standing import LIVE_STATUSES
from billing.state import is_live, of_plus
from billing.sync import end_everything, refresh
from billing.world import World, plus_product, world

if TYPE_CHECKING:
    from accounts.models import User


def cancel_plus(user: "User") -> datetime | None:
    """End Plus with the paid month; at once when a payment is due or nothing is paid. When it ends, None when it has.

    A second call changes nothing. Raises answers.GatewayError.
    """
    with transaction.atomic():
        account = _locked(user)
        if account is None or not account.customer_id or account.world != world():
            return None
        for one in of_plus(gateway.subscriptions(account.customer_id), plus_product()):
            if one.status in {"active", "trialing"} and not one.ends_at:
                gateway.end_at_period_end(one.id)
            elif is_live(one) and one.status not in {"active", "trialing"}:
                gateway.end_now(one.id)
        refresh(account)
        return account.ends_at if account.is_member else None


def keep_plus(user: "User") -> bool:
    """Take a cancellation back. False when there is none to take back any more. Raises answers.GatewayError."""
    with transaction.atomic():
        account = _locked(user)
        if account is None or not account.customer_id or account.world != world():
            return False
        ours = of_plus(gateway.subscriptions(account.customer_id), plus_product())
        ending = [one for one in ours if one.status in {"active", "trialing"} and one.ends_at]
        for one in ending[:1]:
            gateway.take_back_end(one)
        refresh(account)
        return account.is_member and not account.ends_at


def close_account(user: "User") -> int:
    """End every live subscription before the person's account is deleted; how many there were.

    Call it first and delete only when it returns. Raises answers.GatewayError when Stripe cannot be reached or real
    money still runs that this process cannot stop: then the account must stay. The billing row stays without a name.
    """
    with transaction.atomic():
        account = _locked(user)
        if account is None:
            return 0
        if account.world == World.LIVE and world() is not World.LIVE and account.status in LIVE_STATUSES:
            raise answers.Unavailable("a live subscription cannot be ended without the live key")
        return _end_quietly(account)


def _end_quietly(account: Account) -> int:
    """Without a mail: who deletes an account is told by that."""
    account.user = None
    ended = end_everything(account)
    account.save(update_fields=["user"])
    return ended


def _locked(user: "User") -> Account | None:
    return Account.objects.filter(user=user).lock()
