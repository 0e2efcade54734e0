"""What the gateway answers and raises: our own types, free of Stripe's package."""

from dataclasses import dataclass
from datetime import datetime

# What we listen to. Other types are recorded and change nothing.
EVENTS = (
    "checkout.session.completed",
    "checkout.session.async_payment_succeeded",
    "checkout.session.async_payment_failed",
    "customer.subscription.created",
    "customer.subscription.updated",
    "customer.subscription.deleted",
    "customer.subscription.paused",
    "customer.subscription.resumed",
    "customer.deleted",
    "invoice.paid",
    "invoice.payment_failed",
    "invoice.payment_action_required",
    "charge.dispute.created",
)


class GatewayError(Exception):
    """Something about Stripe failed. The message names the kind of failure and no secret."""


class Unavailable(GatewayError):
    """Stripe is down, slow, or does not accept us for now: nothing was changed that we know of, and later may be better."""


class Refused(GatewayError):
    """Stripe says no, and would say it again: wrong key, wrong id, wrong request."""


class NoSuchCustomer(Refused):
    """No customer of this id in the account of our key. Of one id a mistake, of all of them a wrong key."""


class BadDelivery(GatewayError):
    """A webhook delivery that is not Stripe's, not for us, too old, or broken."""


@dataclass(frozen=True)
class Subscription:
    id: str
    status: str
    products: frozenset[str]
    period_start: datetime | None
    period_end: datetime | None
    cancel_at: datetime | None
    cancel_at_period_end: bool
    ended_at: datetime | None
    amount: int | None  # hundredths of currency, per month
    currency: str

    @property
    def ends_at(self) -> datetime | None:
        """In flexible billing mode a cancellation sets `cancel_at` and leaves the boolean false; elsewhere the boolean is set."""
        return self.ended_at or self.cancel_at or (self.period_end if self.cancel_at_period_end else None)


@dataclass(frozen=True)
class Checkout:
    id: str
    status: str  # open, complete, expired
    url: str
    price: str  # id of what it sells
    awaited_since: datetime | None  # complete, but the money is under way and there is no subscription yet


@dataclass(frozen=True)
class PlusPrice:
    id: str
    product: str
    amount: int | None
    currency: str
    interval: str


@dataclass(frozen=True)
class Endpoint:
    id: str
    url: str
    status: str
    api_version: str
    events: frozenset[str]
    secret: str  # only in the answer that creates it


@dataclass(frozen=True)
class Event:
    """What a delivery is taken to say: which id, of what kind, about whom. The rest is asked for afresh."""

    id: str
    type: str
    is_live: bool
    customer: str
    charge: str  # disputes name no customer, only a charge
