"""The checks against the stripe package find what is wrong; and every object of the sandbox passes them."""

import pytest

from billing import gateway
from billing.answers import EVENTS
from billing.sandbox import shapes
from billing.sandbox.server import _ROUTES, decode
from billing.tests.conformance import REQUESTS, object_problems, request_problems

PRICE = shapes.price({"product": "prod_1", "unit_amount": 800, "currency": "usd", "recurring": {"interval": "month"}}, 1)
SESSION = shapes.checkout({"customer": "cus_1", "success_url": "a", "cancel_url": "b"}, PRICE, 1, "https://x/KEY/")
SUBSCRIPTION = shapes.subscription(SESSION, PRICE, 1, "active")


@pytest.mark.parametrize(
    "body",
    [
        PRICE,
        SESSION,
        SUBSCRIPTION,
        shapes.customer({"email": "a@example.org"}, 1),
        shapes.product({"name": "Plus"}, 1),
        shapes.plan(PRICE),
        shapes.portal_session({"customer": "cus_1"}, 1, "https://x/KEY/"),
        shapes.portal_configuration({}, 1),
        shapes.endpoint({"url": "https://x/", "enabled_events": list(EVENTS)}, 1),
        shapes.event("invoice.paid", {"id": "in_1", "object": "invoice"}, 1, gateway.API_VERSION),
        shapes.listing("/v1/prices", [PRICE]),
    ],
    ids=lambda body: body["object"],
)
def test_every_object_of_the_sandbox_has_the_shape_of_the_package(body):
    assert not object_problems(body)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"status": "alive"}, "status: 'alive' is none of"),
        ({"current_period_end": 7}, "current_period_end is unknown"),  # moved to the items in 2025-03-31.basil
        ({"cancel_at": "soon"}, "cancel_at"),
        ({"livemode": 0}, "livemode"),
        ({"created": True}, "created"),
        ({"items": {"data": [{"object": "subscription_item"}]}}, "current_period_end is missing"),
        ({"billing_mode": {"type": "classic", "flexible": None, "more": 1}}, "more is unknown"),
    ],
)
def test_a_wrong_object_is_found(change, words):
    assert any(words in line for line in object_problems(SUBSCRIPTION | change)), object_problems(SUBSCRIPTION | change)


def test_a_missing_field_is_found():
    body = {name: value for name, value in SUBSCRIPTION.items() if name != "cancel_at_period_end"}
    assert object_problems(body) == ["subscription: cancel_at_period_end is missing"]


@pytest.mark.parametrize(
    ("method", "path", "form", "words"),
    [
        ("POST", "/v1/checkout/sessions", "payment_method_types[0]=card", "payment_method_types is unknown"),
        ("POST", "/v1/checkout/sessions", "mode=subscribe", "none of"),
        ("POST", "/v1/checkout/sessions", "line_items[0][price]=p&line_items[0][amount]=8", "amount is unknown"),
        ("POST", "/v1/prices", "unit_amount=8.5&currency=usd", "unit_amount"),
        ("POST", "/v1/prices", "unit_amount=800", "currency is missing"),
        ("POST", "/v1/subscriptions/sub_1", "cancel_at_period_end=yes", "cancel_at_period_end"),
        ("POST", "/v1/webhook_endpoints", "url=x&enabled_events[0]=invoice.eaten", "none of"),
        ("POST", "/v1/webhook_endpoints", "url=x&enabled_events[0]=invoice.paid&api_version=2019-01-01", "api_version"),
        ("GET", "/v1/subscriptions", "status=some", "none of"),
        ("GET", "/v1/customers/cus_1", "x=1", "takes nothing"),
        ("POST", "/v1/charges", "", "no route"),
    ],
)
def test_a_wrong_request_is_found(method, path, form, words):
    found = request_problems(method, path, decode(form))
    assert any(words in line for line in found), found


def test_forms_are_read_as_stripe_reads_them():
    assert decode("a=1&b[c]=2&b[d][0]=x&b[d][1]=y&e[0][f]=z&g=") == {"a": "1", "b": {"c": "2", "d": ["x", "y"]}, "e": [{"f": "z"}], "g": ""}


def test_the_sandbox_has_a_route_for_every_request_and_no_other():
    assert {(method, pattern.replace(r"([A-Za-z0-9_]+)", r"\w+")) for method, pattern, _ in _ROUTES} == set(REQUESTS)


def test_every_event_that_we_ask_for_exists():
    form = "&".join(f"enabled_events[{n}]={name}" for n, name in enumerate(EVENTS))
    assert not request_problems("POST", "/v1/webhook_endpoints", decode(f"url=x&api_version={gateway.API_VERSION}&{form}"))


def test_client_settings_are_stated(twin):
    client = gateway._api()
    assert client._requestor._options.max_network_retries == gateway.RETRIES
    gateway.answer_in_process(None)
    real = gateway._api()
    assert real._requestor._client._timeout == gateway.TIMEOUT_SECONDS
