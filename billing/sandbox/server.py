"""The routes of Stripe's API that we call, answered from a store. As strict as Stripe where it has hurt others."""

import json
import re
import time
from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from billing import plans
from billing.gateway import API_VERSION, Answer
from billing.sandbox import shapes
from billing.sandbox.store import Body, Store
from billing.world import SANDBOX_PRODUCT


class Refusal(Exception):
    def __init__(self, status: int, code: str, param: str = "", kind: str = "invalid_request_error") -> None:
        super().__init__(code)
        self.status = status
        self.body = {"error": {"type": kind, "code": code, "param": param, "message": f"sandbox: {code} {param}"}}


class Server:
    """One account at Stripe. `deliver` gets each event; `site` is where its two pages live."""

    def __init__(self, store: Store, *, deliver: Callable[[Body], None], site: str, product: str = SANDBOX_PRODUCT) -> None:
        self.store = store
        self.deliver = deliver
        self.site = site
        self.product = product

    # --- HTTP
    def answer(self, method: str, url: str, headers: Any, body: str) -> Answer:
        method, parts = method.upper(), urlsplit(url)
        params = decode(body if method == "POST" else parts.query)
        try:
            found = self._once(method, parts.path, params, headers)
            status = 200
        except Refusal as refusal:
            found, status = refusal.body, refusal.status
        return json.dumps(found), status, {"Request-Id": shapes.new_id("req"), "Content-Type": "application/json"}

    def _once(self, method: str, path: str, params: Body, headers: Any) -> Body:
        """A POST under a known key gets the stored answer; the same key with another wish is refused."""
        if headers.get("Stripe-Version") != API_VERSION:
            raise Refusal(400, "wrong_api_version")
        key = headers.get("Idempotency-Key")
        if method != "POST" or not key:
            return self._do(method, path, params)
        wish = json.dumps([path, params], sort_keys=True)
        if kept := self.store.get(f"idem_{key}"):
            if kept["wish"] != wish:
                raise Refusal(400, "idempotency_key_in_use", kind="idempotency_error")
            return dict(kept["answer"])
        found = self._do(method, path, params)
        self.store.put("idempotency", f"idem_{key}", {"wish": wish, "answer": found})
        return found

    def _do(self, method: str, path: str, params: Body) -> Body:
        for wanted, pattern, handler in _ROUTES:
            if method == wanted and (match := re.fullmatch(pattern, path)):
                return handler(self, params, *match.groups())
        raise Refusal(404, "unknown_route", path)

    # --- objects
    def now(self) -> int:
        return int(time.time())

    def find(self, key: str, param: str) -> Body:
        found = self.store.get(key)
        if found is None:
            raise Refusal(404 if param == "id" else 400, "resource_missing", param)
        return found

    def keep(self, thing: Body) -> Body:
        self.store.put(thing["object"], thing["id"], thing)
        return thing

    def change(self, thing: Body, event: str = "", **fields: Any) -> Body:
        self.keep(thing | fields)
        if event:
            self.emit(event, thing | fields)
        return thing | fields

    def emit(self, kind: str, about: Body) -> Body:
        event = self.keep(shapes.event(kind, about, self.now(), API_VERSION))
        self.deliver(event)
        return event

    def every(self, kind: str) -> list[Body]:
        return self.store.every(kind)

    def subscriptions_of(self, customer: str) -> list[Body]:
        return [one for one in self.every("subscription") if one["customer"] == customer]

    def plus_price(self) -> Body:
        """What billing_setup would have made: here it is there from the first question on."""
        if found := [one for one in self.every("price") if one["lookup_key"] == plans.PRICE.lookup_key and one["active"]]:
            return found[0]
        self.keep(shapes.product({"id": self.product, "name": "Plus", "metadata": {"plan": "plus"}}, self.now()))
        price = plans.PRICE
        made = {"product": self.product, "unit_amount": price.amount, "currency": price.currency, "lookup_key": price.lookup_key}
        return self.keep(shapes.price({**made, "recurring": {"interval": price.interval}}, self.now()))


# --- routes --------------------------------------------------------------------------------------
def _create_customer(server: Server, params: Body) -> Body:
    return server.keep(shapes.customer(params, server.now()))


def _customer(server: Server, params: Body, key: str) -> Body:
    return server.find(key, "id")


def _living_customer(server: Server, key: str) -> Body:
    found = server.find(key, "customer")
    if found.get("deleted"):
        raise Refusal(400, "resource_missing", "customer")
    return found


def _charge(server: Server, params: Body, key: str) -> Body:
    return server.find(key, "charge")


def _subscriptions(server: Server, params: Body) -> Body:
    server.find(params["customer"], "customer")
    found = server.subscriptions_of(params["customer"])
    if params.get("status") != "all":
        found = [one for one in found if one["status"] != "canceled"]
    return shapes.listing("/v1/subscriptions", found)


def _update_subscription(server: Server, params: Body, key: str) -> Body:
    found = server.find(key, "id")
    if found["status"] in {"canceled", "incomplete_expired"}:
        raise Refusal(400, "subscription_canceled", "id")
    if "cancel_at" in params and "cancel_at_period_end" in params:
        raise Refusal(400, "parameter_invalid", "cancel_at")
    end = found["items"]["data"][0]["current_period_end"]
    if params.get("cancel_at_period_end") == "true":
        changed = {"cancel_at_period_end": True, "cancel_at": end, "canceled_at": server.now()}
    elif params.get("cancel_at"):
        changed = {"cancel_at": int(params["cancel_at"]), "canceled_at": server.now()}
    elif "cancel_at" in params or found["cancel_at_period_end"]:
        changed = {"cancel_at_period_end": False, "cancel_at": None, "canceled_at": None}
    else:  # a date that the portal has set is not taken away by the boolean
        changed = {}
    return server.change(found, "customer.subscription.updated", **changed)


def _cancel_subscription(server: Server, params: Body, key: str) -> Body:
    found = server.find(key, "id")
    if found["status"] in {"canceled", "incomplete_expired"}:
        raise Refusal(404, "resource_missing", "id")
    now = server.now()
    return server.change(found, "customer.subscription.deleted", status="canceled", ended_at=now, canceled_at=now)


def _prices(server: Server, params: Body) -> Body:
    server.plus_price()
    wanted = params.get("lookup_keys", [])
    found = [one for one in server.every("price") if one["active"] and one["lookup_key"] in wanted]
    return shapes.listing("/v1/prices", found[: int(params.get("limit", 10))])


def _create_price(server: Server, params: Body) -> Body:
    for one in server.every("price"):
        if one["lookup_key"] == params.get("lookup_key"):
            if params.get("transfer_lookup_key") != "true":
                raise Refusal(400, "resource_already_exists", "lookup_key")
            server.change(one, lookup_key=None)
    return server.keep(shapes.price(params, server.now()))


def _products(server: Server, params: Body) -> Body:
    return shapes.listing("/v1/products", server.every("product"))


def _product(server: Server, params: Body, key: str) -> Body:
    return server.find(key, "id")


def _create_product(server: Server, params: Body) -> Body:
    return server.keep(shapes.product(params, server.now()))


def _update_product(server: Server, params: Body, key: str) -> Body:
    return server.change(server.find(key, "id"), **params)


def _create_checkout(server: Server, params: Body) -> Body:
    if "payment_method_types" in params:
        raise Refusal(400, "parameter_unknown", "payment_method_types")
    _living_customer(server, params["customer"])
    (item,) = params["line_items"]
    price = server.find(item["price"], "line_items[0][price]")
    return server.keep(shapes.checkout(params, price, server.now(), f"{server.site}/sandbox/checkout/KEY/"))


def _checkout(server: Server, params: Body, key: str) -> Body:
    found = server.find(key, "session")
    if found["status"] == "open" and found["expires_at"] <= server.now():
        return server.change(found, "checkout.session.expired", status="expired", url=None)
    return found


def _expire_checkout(server: Server, params: Body, key: str) -> Body:
    found = server.find(key, "session")
    if found["status"] != "open":
        raise Refusal(400, "checkout_session_not_open", "session")
    return server.change(found, "checkout.session.expired", status="expired", url=None)


def _create_portal(server: Server, params: Body) -> Body:
    _living_customer(server, params["customer"])
    return server.keep(shapes.portal_session(params, server.now(), f"{server.site}/sandbox/portal/KEY/"))


def _configurations(server: Server, params: Body) -> Body:
    return shapes.listing("/v1/billing_portal/configurations", server.every("billing_portal.configuration"))


def _create_configuration(server: Server, params: Body) -> Body:
    return server.keep(shapes.portal_configuration(params, server.now()))


def _update_configuration(server: Server, params: Body, key: str) -> Body:
    found = server.find(key, "id")
    return server.keep(shapes.portal_configuration(params, server.now()) | {"id": found["id"], "created": found["created"]})


def _endpoints(server: Server, params: Body) -> Body:
    shown = [{name: value for name, value in one.items() if name != "secret"} for one in server.every("webhook_endpoint")]
    return shapes.listing("/v1/webhook_endpoints", shown)


def _create_endpoint(server: Server, params: Body) -> Body:
    return server.keep(shapes.endpoint(params, server.now()))


_ID = r"([A-Za-z0-9_]+)"
_ROUTES: tuple[tuple[str, str, Callable[..., Body]], ...] = (
    ("POST", "/v1/customers", _create_customer),
    ("GET", f"/v1/customers/{_ID}", _customer),
    ("GET", f"/v1/charges/{_ID}", _charge),
    ("GET", "/v1/subscriptions", _subscriptions),
    ("POST", f"/v1/subscriptions/{_ID}", _update_subscription),
    ("DELETE", f"/v1/subscriptions/{_ID}", _cancel_subscription),
    ("GET", "/v1/prices", _prices),
    ("POST", "/v1/prices", _create_price),
    ("GET", "/v1/products", _products),
    ("GET", f"/v1/products/{_ID}", _product),
    ("POST", "/v1/products", _create_product),
    ("POST", f"/v1/products/{_ID}", _update_product),
    ("POST", "/v1/checkout/sessions", _create_checkout),
    ("GET", f"/v1/checkout/sessions/{_ID}", _checkout),
    ("POST", f"/v1/checkout/sessions/{_ID}/expire", _expire_checkout),
    ("POST", "/v1/billing_portal/sessions", _create_portal),
    ("GET", "/v1/billing_portal/configurations", _configurations),
    ("POST", "/v1/billing_portal/configurations", _create_configuration),
    ("POST", f"/v1/billing_portal/configurations/{_ID}", _update_configuration),
    ("GET", "/v1/webhook_endpoints", _endpoints),
    ("POST", "/v1/webhook_endpoints", _create_endpoint),
)


# --- forms ---------------------------------------------------------------------------------------
def decode(form: str) -> Body:
    """`a[b]=1&c[0][d]=2` as nested dicts and lists: how Stripe's API reads forms."""
    found: Body = {}
    for name, value in parse_qsl(form, keep_blank_values=True):
        first, *rest = re.findall(r"[^\[\]]+", name)
        place = found
        for step in [first, *rest][:-1]:
            place = place.setdefault(step, {})
        place[[first, *rest][-1]] = value
    return {name: _listed(value) for name, value in found.items()}


def _listed(value: Any) -> Any:
    if not isinstance(value, dict):
        return value
    inside = {name: _listed(one) for name, one in value.items()}
    return list(inside.values()) if inside and all(name.isdigit() for name in inside) else inside
