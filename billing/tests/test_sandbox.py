"""The stand-in for Stripe: as strict as Stripe where that has hurt others, and the same over rows as over memory."""

import json

import pytest

from billing import gateway
from billing.sandbox import happenings
from billing.sandbox.server import Refusal, Server
from billing.tests.stripe_twin import Memory

HEADERS = {"Stripe-Version": gateway.API_VERSION}
CHECKOUT = "mode=subscription&success_url=a&cancel_url=b&line_items[0][quantity]=1"


class Api:
    def __init__(self):
        self.events = []
        self.server = Server(Memory(), deliver=self.events.append, site="http://testserver")

    def __call__(self, method, path, form="", **headers):
        text, status, _ = self.server.answer(method, f"https://api.stripe.com{path}", HEADERS | headers, form)
        return status, json.loads(text)

    def subscribed(self):
        _, customer = self("post", "/v1/customers", "email=a@example.org")
        _, session = self("post", "/v1/checkout/sessions", self.form(customer))
        return happenings.pay(self.server, session["id"])

    def form(self, customer):
        return f"{CHECKOUT}&customer={customer['id']}&line_items[0][price]={self.server.plus_price()['id']}"


@pytest.fixture
def api():
    return Api()


def test_another_api_version_is_refused(api):
    assert api("get", "/v1/prices", **{"Stripe-Version": "2024-06-20"})[0] == 400


def test_a_repeated_key_gets_the_stored_answer_and_another_wish_under_it_is_refused(api):
    key = {"Idempotency-Key": "k"}
    first = api("post", "/v1/customers", "email=a@example.org", **key)
    assert api("post", "/v1/customers", "email=a@example.org", **key) == first
    status, refused = api("post", "/v1/customers", "email=b@example.org", **key)
    assert (status, refused["error"]["type"]) == (400, "idempotency_error")
    assert len(api.server.every("customer")) == 1


def test_what_does_not_exist_is_missing(api):
    for method, path in (("get", "/v1/customers/cus_x"), ("get", "/v1/checkout/sessions/cs_x"), ("delete", "/v1/subscriptions/sub_x")):
        status, body = api(method, path)
        assert status in {400, 404}
        assert body["error"]["code"] == "resource_missing"
    assert api("get", "/v1/invoices")[1]["error"]["code"] == "unknown_route"


def test_a_payment_method_list_is_refused_as_since_endive(api):
    _, customer = api("post", "/v1/customers")
    status, body = api("post", "/v1/checkout/sessions", api.form(customer) + "&payment_method_types[0]=card")
    assert (status, body["error"]["code"]) == (400, "parameter_unknown")


def test_nothing_can_be_sold_to_a_deleted_customer(api):
    _, customer = api("post", "/v1/customers")
    happenings.delete_customer(api.server, customer["id"])
    assert api("get", f"/v1/customers/{customer['id']}")[1]["deleted"] is True
    assert api("post", "/v1/checkout/sessions", api.form(customer))[0] == 400


def test_before_payment_there_is_no_subscription(api):
    _, customer = api("post", "/v1/customers")
    _, session = api("post", "/v1/checkout/sessions", api.form(customer))
    assert session["subscription"] is None
    assert api("get", f"/v1/subscriptions?customer={customer['id']}&status=all")[1]["data"] == []


def test_a_session_is_paid_once(api):
    made = api.subscribed()
    (session,) = api.server.every("checkout.session")
    assert session["subscription"] == made["id"]
    with pytest.raises(Refusal):
        happenings.pay(api.server, session["id"])


def test_canceling_twice_is_missing_the_second_time(api):
    made = api.subscribed()
    assert api("delete", f"/v1/subscriptions/{made['id']}")[1]["status"] == "canceled"
    assert api("delete", f"/v1/subscriptions/{made['id']}")[0] == 404
    assert api("post", f"/v1/subscriptions/{made['id']}", "cancel_at_period_end=true")[0] == 400


def test_both_ways_of_canceling_exclude_each_other(api):
    made = api.subscribed()
    assert api("post", f"/v1/subscriptions/{made['id']}", "cancel_at_period_end=true&cancel_at=1")[0] == 400


def test_a_failed_renewal_has_moved_the_period_already(api):
    made = api.subscribed()
    late = happenings.payment_fails(api.server, made)
    item = late["items"]["data"][0]
    assert late["status"] == "past_due"
    assert item["current_period_end"] > item["current_period_start"] >= made["items"]["data"][0]["current_period_start"]
    assert [event["type"] for event in api.events[-2:]] == ["customer.subscription.updated", "invoice.payment_failed"]


def test_ended_subscriptions_are_listed_when_all_are_asked_for(api):
    made = api.subscribed()
    happenings.stripe_gives_up(api.server, made)
    customer = made["customer"]
    assert len(api("get", f"/v1/subscriptions?customer={customer}&status=all")[1]["data"]) == 1
    assert api("get", f"/v1/subscriptions?customer={customer}")[1]["data"] == []


def test_an_old_session_expires(api, monkeypatch):
    _, customer = api("post", "/v1/customers")
    _, session = api("post", "/v1/checkout/sessions", api.form(customer))
    later = api.server.now() + 25 * 3600
    monkeypatch.setattr(api.server, "now", lambda: later)
    assert api("get", f"/v1/checkout/sessions/{session['id']}")[1]["status"] == "expired"
