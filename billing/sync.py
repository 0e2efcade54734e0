"""The one writer of accounts: lock the row, ask Stripe afresh, write.

In that order. Asked before the lock, an older answer could overwrite a newer one. Whoever has a reason to think that
something changed calls this (a webhook, the page after checkout, the way back from the portal, the hourly
reconciliation, staff, anybody about to sell), so order, duplicates and loss of events do not matter.
"""

import logging
from collections.abc import Sequence
from datetime import datetime
from uuid import uuid4

from django.db import transaction
from django.utils import timezone

from billing import answers, gateway, mails
from billing.models import Account, Milestone
from billing.state import Before, changes, fill, is_live, of_plus
from billing.world import plus_product, world

logger = logging.getLogger(__name__)


@transaction.atomic
def sync(account_id: int, *, is_customer_in_doubt: bool = False) -> Account:
    """Bring one account up to date. `is_customer_in_doubt`: ask whether the customer was deleted at Stripe, too.

    Raises answers.GatewayError, and then nothing is changed; Account.DoesNotExist.
    """
    account = Account.objects.filter(pk=account_id).lock()
    if account is None:
        raise Account.DoesNotExist
    refresh(account, is_customer_in_doubt=is_customer_in_doubt)
    return account


def refresh(account: Account, *, is_customer_in_doubt: bool = False) -> None:
    """The same for a row that the caller has locked in this transaction."""
    if not account.customer_id or account.world != world():
        return
    if is_customer_in_doubt and gateway.is_deleted(account.customer_id):
        _detach(account)
        return
    every = _subscriptions(account)
    if every is None:
        _detach(account)
        return
    ours = of_plus(every, plus_product())
    if doomed := [one for one in ours if _must_end(one, account)]:
        for one in doomed:
            gateway.end_now(one.id)
        ours = of_plus(gateway.subscriptions(account.customer_id), plus_product())
    _write(account, ours, timezone.now())
    if account.live_subscriptions > 1:
        logger.error("account %s has %d live subscriptions", account.pk, account.live_subscriptions)


def _subscriptions(account: Account) -> list[answers.Subscription] | None:
    """All of the customer's; None when the customer was deleted and nobody told us.

    Raises answers.Refused for a member whose running subscription is to another product: then our setting is wrong, for
    everybody, and nobody may lose Plus by that.
    """
    customer = account.customer_id or ""
    try:
        every = gateway.subscriptions(customer)
    except answers.NoSuchCustomer:
        if gateway.is_deleted(customer):
            return None
        raise
    mine = next((one for one in every if one.id == account.subscription_id), None)
    if mine and account.is_member and is_live(mine) and plus_product() not in mine.products:
        raise answers.Refused("STRIPE_PLUS_PRODUCT is not the product of a member's subscription")
    return every


def _must_end(subscription: answers.Subscription, account: Account) -> bool:
    """Canceled while a payment is due: at the period's end it would have been a month for nothing. Or nobody is left to use it."""
    if account.user_id is None and is_live(subscription):
        logger.error("account %s of nobody was paid for; %s is ended, return its payment", account.pk, subscription.id)
        return True
    return subscription.status == "past_due" and subscription.ends_at is not None


def end_everything(account: Account) -> int:
    """End every live subscription at once, and the open checkout before, which could be paid into another one.

    How many subscriptions there were. The row is locked by the caller and brought up to date.
    """
    if not account.customer_id or account.world != world():
        return 0
    if account.checkout_id and gateway.checkout(account.checkout_id).status == "open":
        gateway.expire_checkout(account.checkout_id)
    live = [one for one in gateway.subscriptions(account.customer_id) if is_live(one)]
    for one in live:
        gateway.end_now(one.id)
    refresh(account)
    return len(live)


def _detach(account: Account) -> None:
    """The customer is gone at Stripe, and its subscriptions with it. The next one gets new idempotency keys."""
    account.customer_id, account.key, account.checkout_id = None, uuid4(), ""
    _write(account, [], timezone.now())


def _write(account: Account, ours: Sequence[answers.Subscription], now: datetime) -> None:
    before, price = Before.of(account), (account.amount or 0, account.currency)
    fill(account, ours, now)
    account.save()
    for kind in changes(before, account, now):
        note(account, kind, now, price=price if kind is Milestone.Kind.ENDED else None)


def note(account: Account, kind: Milestone.Kind, now: datetime, *, price: tuple[int, str] | None = None) -> None:
    """Write the milestone and its mail, both in this transaction: they exist when and only when the change does."""
    amount, currency = price or (account.amount or 0, account.currency)
    Milestone.objects.create(account=account, kind=kind, at=now, subscription_id=account.subscription_id, amount=amount, currency=currency)
    mails.send_for(account, kind)
