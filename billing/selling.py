"""From Free to Plus: one customer, one open checkout, one subscription, however often somebody presses the button."""

import hashlib
import logging
from datetime import timedelta
from enum import Enum, auto
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from billing import answers, gateway, plans
from billing.models import Account
from billing.standing import LIVE_STATUSES
from billing.sync import refresh
from billing.world import World, plus_product, world, world_of_rows

if TYPE_CHECKING:
    from accounts.models import User

logger = logging.getLogger(__name__)
PATIENCE = timedelta(days=14)  # slow ways of paying take no longer; sooner when Stripe tells us that it failed


class Refusal(Enum):
    """Why nothing is sold."""

    HAS_PLUS = auto()  # or something else at Stripe that must be settled first
    DISPUTED = auto()
    UNDER_WAY = auto()  # paid by a method that takes days
    MISPRICED = auto()  # Stripe's price is not the one we show


class NotSold(Exception):
    def __init__(self, why: Refusal) -> None:
        super().__init__(why.name)
        self.why = why


def account_of(user: "User") -> Account:
    """The person's account, made when there is none. Committed before Stripe is asked for anything under its key."""
    account, _ = Account.objects.get_or_create(user=user, defaults={"world": world_of_rows()})
    return account


def start_plus(user: "User") -> str:
    """Address of the checkout page. Nothing is granted here: only Stripe's word for a paid subscription does that.

    Raises NotSold, answers.GatewayError; what was learned from Stripe until then is kept.
    """
    account_of(user)
    with transaction.atomic():  # committed by itself: a customer that was made must not be forgotten when what follows fails
        account = _moved_here(_locked(user))
        _ensure_customer(account, user.email)
    with transaction.atomic():
        account = _locked(user)
        refresh(account, is_customer_in_doubt=True)  # a webhook may be late: never sell twice
        refusal = _refusal(account)
        if refusal is None:
            _ensure_customer(account, user.email)  # again, if the customer turned out to be deleted
            try:
                return _open_checkout(account)
            except NotSold as found:  # answered outside: what was learned until then is kept
                refusal = found.why
    raise NotSold(refusal)


def _refusal(account: Account) -> Refusal | None:
    if account.disputed_at:
        return Refusal.DISPUTED
    return Refusal.HAS_PLUS if account.live_subscriptions else None


def _locked(user: "User") -> Account:
    mine = Account.objects.filter(user=user)
    found = mine.lock() or mine.lock()  # who waited while the row was left behind in another world finds the one that followed
    if found is None:
        raise Account.DoesNotExist
    return found


def _moved_here(account: Account) -> Account:
    """A row of another world (a copied database, a key changed from test to live) stays there without a name, with its customer
    and its history, and a new one takes its place. Gifts come along.

    Raises answers.Unavailable for a row under which real money runs: nobody could end it any more, or would be sold a second.
    """
    if account.world == world():
        return account
    if account.world == World.LIVE and account.status in LIVE_STATUSES:
        raise answers.Unavailable("a live subscription is not left behind")
    user, account.user = account.user, None
    account.save(update_fields=["user"])
    fresh = Account.objects.create(user=user, world=world())
    account.grants.update(account=fresh)
    return fresh


def _ensure_customer(account: Account, email: str) -> None:
    if not account.customer_id:
        account.customer_id = gateway.create_customer(email=email, key=str(account.key))
        account.save(update_fields=["customer_id"])


def _open_checkout(account: Account) -> str:
    """The page that is open already, or a new one. Sessions live 24 hours; an expired one is followed by another."""
    price = _price()
    if account.checkout_id:
        last = gateway.checkout(account.checkout_id)
        if last.status == "open" and last.price == price:
            return last.url
        if last.awaited_since and timezone.now() - last.awaited_since < PATIENCE:
            raise NotSold(Refusal.UNDER_WAY)
        if last.status == "open":  # it sells what we no longer show, and must not be paid beside the new one
            gateway.expire_checkout(last.id)
    opened = _create_checkout(account, price)
    account.checkout_id = opened.id
    account.save(update_fields=["checkout_id"])
    return opened.url


def _create_checkout(account: Account, price: str) -> answers.Checkout:
    done, back = (settings.SITE_URL + reverse(name) for name in ("billing:done", "billing:pricing"))
    # The same wish has the same key: when the answer is lost, the next click gets the session that was made.
    wish = hashlib.sha256(f"{price}|{done}|{back}|{settings.STRIPE_TAX}|{account.checkout_id}".encode()).hexdigest()[:24]
    return gateway.create_checkout(
        customer=account.customer_id or "",
        account_key=str(account.key),
        price=price,
        success_url=done,
        cancel_url=back,
        idempotency_key=f"checkout-{account.key}-{wish}",
    )


def _price() -> str:
    """Id of the price at Stripe. Raises NotSold unless it is the very price that our pages show."""
    shown = plans.PRICE
    found = gateway.plus_price(shown.lookup_key)
    if found is None or (found.product, found.amount, found.currency, found.interval) != (
        plus_product(),
        shown.amount,
        shown.currency,
        shown.interval,
    ):
        logger.error("the price %s at Stripe is not %s of product %s: run billing_setup", shown.lookup_key, shown.words, plus_product())
        raise NotSold(Refusal.MISPRICED)
    return found.id
