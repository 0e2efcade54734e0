"""Stripe, and the only module that knows its package. Everything comes out in our own types, every failure as GatewayError.

Calls of the v1 API as of stripe 16.1 (API version 2026-10-28.endive). Each call gives up after TIMEOUT_SECONDS and is tried
again RETRIES times (connection errors, 409, 5xx), under the same idempotency key.
"""

import re
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import lru_cache
from hashlib import sha256
from typing import Any, cast

import stripe
from django.conf import settings
from stripe.params import (
    CustomerCreateParams,
    PriceCreateParams,
    ProductCreateParams,
    SubscriptionUpdateParams,
    WebhookEndpointCreateParams,
)
from stripe.params.billing_portal import ConfigurationCreateParams, ConfigurationUpdateParams
from stripe.params.billing_portal import SessionCreateParams as PortalParams
from stripe.params.checkout import SessionCreateParams as CheckoutParams

from billing.answers import (
    EVENTS,
    BadDelivery,
    Checkout,
    Endpoint,
    Event,
    NoSuchCustomer,
    PlusPrice,
    Refused,
    Subscription,
    Unavailable,
)
from billing.pause import pause
from billing.world import World, world

TIMEOUT_SECONDS = 10
RETRIES = 2
TOLERANCE_SECONDS = 300  # age of a signed delivery
API_VERSION = stripe.api_version


# --- the client ----------------------------------------------------------------------------------
Answer = tuple[str, int, Mapping[str, str]]
Answerer = Callable[[str, str, Mapping[str, str], str], Answer]


class InProcess(stripe.HTTPClient):
    """Answers without a network: `answer(method, url, headers, body)` gives body, status and headers."""

    name = "in-process"

    def __init__(self, answer: Answerer) -> None:
        super().__init__()
        self._answer = answer

    def request(
        self, method: str, url: str, headers: Mapping[str, str] | None, post_data: Any = None, *, _usage: list[str] | None = None
    ) -> Answer:
        return self._answer(method, url, headers or {}, post_data or "")

    def _sleep_time_seconds(self, num_retries: int) -> float:
        return 0

    def close(self) -> None:
        pass


_in_process: list[Answerer] = []
_lock = threading.Lock()


def answer_in_process(answer: Answerer | None) -> None:
    """Let `answer` stand in for Stripe in this process (the sandbox, and tests); None ends that. Never with a live key.

    Raises RuntimeError.
    """
    if answer and world() in {World.LIVE, World.OFF}:
        raise RuntimeError("nothing stands in for Stripe where real money moves")
    with _lock:
        _in_process[:] = [answer] if answer else []
        _client.cache_clear()


@lru_cache(maxsize=4)
def _client(key: str, base: str) -> stripe.StripeClient:
    transport: stripe.HTTPClient = InProcess(_in_process[0]) if _in_process else stripe.RequestsClient(timeout=TIMEOUT_SECONDS)
    return stripe.StripeClient(
        key,
        base_addresses={"api": base} if base else {},
        max_network_retries=RETRIES,
        http_client=transport,
    )


def _api() -> stripe.StripeClient:
    """Raises Unavailable where billing is off, and for a moment after Stripe did not answer."""
    if pause.is_on:
        raise Unavailable("Stripe did not answer a moment ago")
    match world():
        case World.OFF:
            raise Unavailable("billing is off: no Stripe key is set")
        case World.SANDBOX:
            return _client("sk_test_sandbox", "")
        case _:
            return _client(settings.STRIPE_SECRET_KEY, settings.STRIPE_API_BASE)


@contextmanager
def _translated() -> Iterator[None]:
    """Stripe's errors as ours. Their messages may quote what was sent, so only code and request id go on."""
    try:
        yield
    except stripe.APIConnectionError as error:
        pause.begin()
        raise Unavailable(_words(error)) from None
    except (stripe.RateLimitError, stripe.APIError, stripe.TemporarySessionExpiredError) as error:
        raise Unavailable(_words(error)) from None
    except stripe.InvalidRequestError as error:
        if error.code == "resource_missing" and error.param in {"customer", "id"}:
            raise NoSuchCustomer(_words(error)) from None
        raise Refused(_words(error)) from None
    except stripe.StripeError as error:
        raise Refused(_words(error)) from None


def _words(error: stripe.StripeError) -> str:
    found = [type(error).__name__, error.code, getattr(error, "param", None), error.http_status, error.request_id]
    return " ".join(str(part) for part in found if part)


def _moment(seconds: int | None) -> datetime | None:
    return datetime.fromtimestamp(seconds, tz=UTC) if seconds is not None else None


def _id(value: object) -> str:
    """The id of an object that Stripe may have expanded."""
    return value if isinstance(value, str) else str(getattr(value, "id", "") or "")


# --- customers -----------------------------------------------------------------------------------
def create_customer(*, email: str, key: str) -> str:
    """`key`: our account's uuid. With the same address it gives the same customer for a day, whatever became of the first answer.

    Stripe refuses a known key with another address, so that one is part of it: who changes it meanwhile is not locked out.
    """
    params: CustomerCreateParams = {"email": email, "metadata": {"account": key}}
    with _translated():
        return _api().v1.customers.create(params, {"idempotency_key": f"customer-{key}-{sha256(email.encode()).hexdigest()[:16]}"}).id


def is_deleted(customer: str) -> bool:
    """Only Stripe's own word counts. Raises NoSuchCustomer for an id that it never knew."""
    with _translated():
        return bool(getattr(_api().v1.customers.retrieve(customer), "deleted", False))


def customer_of_charge(charge: str) -> str:
    with _translated():
        return _id(_api().v1.charges.retrieve(charge).customer)


# --- subscriptions -------------------------------------------------------------------------------
def subscriptions(customer: str) -> list[Subscription]:
    """All of them, ended ones too, as they stand now."""
    with _translated():
        found = _api().v1.subscriptions.list({"customer": customer, "status": "all", "limit": 100})
        return [_subscription(one) for one in found.auto_paging_iter()]


def end_at_period_end(subscription: str) -> None:
    params: SubscriptionUpdateParams = {"cancel_at_period_end": True}
    with _translated():
        _api().v1.subscriptions.update(subscription, params)


def take_back_end(subscription: Subscription) -> None:
    """Undo a cancellation, by whichever of the two ways it was made."""
    params: SubscriptionUpdateParams = {"cancel_at_period_end": False} if subscription.cancel_at_period_end else {"cancel_at": ""}
    with _translated():
        _api().v1.subscriptions.update(subscription.id, params)


def end_now(subscription: str) -> None:
    """Ends at once; one that has ended already is as good."""
    with _translated():
        try:
            _api().v1.subscriptions.cancel(subscription)
        except stripe.InvalidRequestError as error:
            if error.code != "resource_missing":
                raise


def _subscription(one: stripe.Subscription) -> Subscription:
    items = one.items.data
    starts = [item.current_period_start for item in items]
    ends = [item.current_period_end for item in items]
    amounts = [item.price.unit_amount * (item.quantity or 1) for item in items if item.price.unit_amount is not None]
    return Subscription(
        id=one.id,
        status=one.status,
        products=frozenset(_id(item.price.product) for item in items),
        period_start=_moment(max(starts, default=None)),
        period_end=_moment(max(ends, default=None)),
        cancel_at=_moment(one.cancel_at),
        cancel_at_period_end=one.cancel_at_period_end,
        ended_at=_moment(one.ended_at),
        amount=sum(amounts) if amounts else None,
        currency=one.currency,
    )


# --- checkout and portal -------------------------------------------------------------------------
def plus_price(lookup_key: str) -> PlusPrice | None:
    """The price that is sold under this name, or None."""
    with _translated():
        found = _api().v1.prices.list({"lookup_keys": [lookup_key], "active": True, "limit": 1}).data
    return _price(found[0]) if found else None


def _price(one: stripe.Price) -> PlusPrice:
    interval = one.recurring.interval if one.recurring and one.recurring.interval_count == 1 else ""
    return PlusPrice(one.id, _id(one.product), one.unit_amount, one.currency, interval)


def create_checkout(*, customer: str, account_key: str, price: str, success_url: str, cancel_url: str, idempotency_key: str) -> Checkout:
    params: CheckoutParams = {
        "mode": "subscription",
        "customer": customer,
        "client_reference_id": account_key,
        "line_items": [{"price": price, "quantity": 1}],
        "metadata": {"price": price},
        "success_url": success_url,
        "cancel_url": cancel_url,
        "subscription_data": {"metadata": {"account": account_key}},
    }
    if settings.STRIPE_TAX:  # an existing customer's address is kept only when told so
        params["automatic_tax"] = {"enabled": True}
        params["customer_update"] = {"address": "auto"}
    with _translated():
        return _checkout(_api().v1.checkout.sessions.create(params, {"idempotency_key": idempotency_key}))


def checkout(session: str) -> Checkout:
    with _translated():
        return _checkout(_api().v1.checkout.sessions.retrieve(session))


def expire_checkout(session: str) -> None:
    """Nobody can pay there any more. Raises Refused for a session that is not open."""
    with _translated():
        _api().v1.checkout.sessions.expire(session)


def _checkout(session: stripe.checkout.Session) -> Checkout:
    kept = session.metadata.to_dict() if session.metadata else {}
    is_awaited = session.status == "complete" and session.payment_status == "unpaid" and not session.subscription
    since = _moment(session.created) if is_awaited else None
    return Checkout(session.id, session.status or "", session.url or "", str(kept.get("price", "")), since)


def portal_url(*, customer: str, return_url: str) -> str:
    params: PortalParams = {"customer": customer, "return_url": return_url}
    with _translated():
        if ours := _our_portal():
            params["configuration"] = ours
        return _api().v1.billing_portal.sessions.create(params).url


# --- what billing_setup makes --------------------------------------------------------------------
_MARK = {"app": "waymark"}


def _our_portal() -> str:
    found = _api().v1.billing_portal.configurations.list({"active": True, "limit": 100})
    return next((one.id for one in found.data if one.metadata and one.metadata.to_dict().get("app") == _MARK["app"]), "")


def set_up_portal(*, privacy_url: str, return_url: str) -> tuple[str, bool]:
    """Receipts, payment methods and address; cancellation at the end of the paid month, and no change of plan.

    Returns its id, and whether it is new.
    """
    params: ConfigurationCreateParams = {
        "business_profile": {"privacy_policy_url": privacy_url},
        "default_return_url": return_url,
        "metadata": _MARK,
        "features": {
            "customer_update": {"enabled": True, "allowed_updates": ["address", "email", "tax_id"]},
            "invoice_history": {"enabled": True},
            "payment_method_update": {"enabled": True},
            "subscription_cancel": {"enabled": True, "mode": "at_period_end"},
            "subscription_pause": {"enabled": False},
            "subscription_update": {"enabled": False},
        },
    }
    with _translated():
        if ours := _our_portal():
            _api().v1.billing_portal.configurations.update(ours, cast("ConfigurationUpdateParams", params))
            return ours, False
        return _api().v1.billing_portal.configurations.create(params).id, True


def _marked_product() -> str:
    every = _api().v1.products.list({"active": True, "limit": 100}).auto_paging_iter()
    return next((one.id for one in every if one.metadata.to_dict().get("plan") == "plus"), "")


def set_up_product(*, known: str, name: str, description: str) -> tuple[str, bool]:
    """The product that is Plus: `known` when it exists, else one marked as ours, else a new one. Id, and whether it is new.

    One that exists gets these words: buyers read them on the checkout page.
    """
    with _translated():
        if found := known or _marked_product():
            return _api().v1.products.update(found, {"name": name, "description": description}).id, False
        params: ProductCreateParams = {
            "name": name,
            "description": description,
            "statement_descriptor": f"{name.upper()}"[:22],
            "metadata": {**_MARK, "plan": "plus"},
        }
        return _api().v1.products.create(params).id, True


def create_price(*, product: str, amount: int, currency: str, interval: str, lookup_key: str) -> str:
    """Prices never change at Stripe: a new one takes the name over, and whoever pays the old one goes on paying that."""
    params: PriceCreateParams = {
        "product": product,
        "unit_amount": amount,
        "currency": currency,
        "recurring": {"interval": interval},
        "lookup_key": lookup_key,
        "transfer_lookup_key": True,
    }
    with _translated():
        return _api().v1.prices.create(params).id


def endpoints() -> list[Endpoint]:
    with _translated():
        return [_endpoint(one) for one in _api().v1.webhook_endpoints.list({"limit": 100}).auto_paging_iter()]


def create_endpoint(url: str) -> Endpoint:
    """Pinned to the API version of the installed package: deliveries keep the shape that this code reads."""
    params = {"url": url, "enabled_events": list(EVENTS), "api_version": API_VERSION, "metadata": _MARK}
    with _translated():
        return _endpoint(_api().v1.webhook_endpoints.create(cast("WebhookEndpointCreateParams", params)))


def _endpoint(one: stripe.WebhookEndpoint) -> Endpoint:
    return Endpoint(one.id, one.url, one.status, one.api_version or "", frozenset(one.enabled_events), getattr(one, "secret", "") or "")


_AN_ID = re.compile(r"[\w.]{1,255}", re.ASCII)  # of objects, and names of types: what fits our columns and PostgreSQL


# --- webhook -------------------------------------------------------------------------------------
def read_delivery(body: bytes, signature: str, secrets: list[str]) -> Event:
    """The event of a signed delivery. Raises BadDelivery for whatever else somebody sends.

    The SDK raises TypeError for signatures that are not ASCII, ValueError for broken bytes, JSON and thin events, and
    AttributeError or KeyError for signed JSON of another shape (tried with 16.1).
    """
    for secret in secrets:
        try:
            return _event(stripe.Webhook.construct_event(body, signature, secret, tolerance=TOLERANCE_SECONDS))
        except stripe.SignatureVerificationError:
            continue
        except (ValueError, TypeError, AttributeError, KeyError, RecursionError) as error:
            raise BadDelivery(type(error).__name__) from None
    raise BadDelivery("signature")


def _event(event: stripe.Event) -> Event:
    thing = event.data.object
    kind = thing["object"]
    customer = thing["id"] if kind == "customer" else _id(getattr(thing, "customer", ""))
    found = Event(event.id, event.type, event.livemode, customer, _id(getattr(thing, "charge", "")))
    known = all(isinstance(part, str) and _AN_ID.fullmatch(part) for part in (found.id, found.type))
    linked = all(_AN_ID.fullmatch(part) for part in (found.customer, found.charge) if part)
    if not (known and linked and isinstance(found.is_live, bool)):
        raise ValueError("not an event")
    return found


def sign(body: str, secret: str, at: int | None = None) -> str:
    """The header Stripe-Signature, as Stripe makes it. `at`: Unix seconds."""
    return str(stripe.WebhookSignature.generate_signature_header(body, secret, at))
