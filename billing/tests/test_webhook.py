"""Deliveries from Stripe: genuine ones are done once, in any order; whatever else arrives changes nothing."""

import json
import logging
import time

import pytest
from django.core import mail
from django.db import DatabaseError, connection
from django.test import Client
from django.urls import reverse

from billing import gateway
from billing.models import Account, Milestone, StripeEvent
from billing.sandbox import happenings, shapes
from billing.selling import account_of, start_plus
from billing.tests.stripe_twin import SECRETS

pytestmark = pytest.mark.django_db


def post(body, header, path=None):
    return Client().post(path or reverse("billing:webhook"), body, content_type="application/json", headers={"Stripe-Signature": header})


def signed(body, secret=SECRETS[0], at=None):
    text = body if isinstance(body, str) else json.dumps(body)
    return post(text, gateway.sign(text, secret, at))


def nothing_happened():
    return not StripeEvent.objects.exists() and not Account.objects.filter(is_member=True).exists()


@pytest.fixture
def paid(twin, member):
    """Paid at Stripe; its events wait."""
    start_plus(member)
    twin.pay(account_of(member).checkout_id)
    return twin


# --- what is not Stripe's ------------------------------------------------------------------------
@pytest.mark.parametrize(
    "header",
    [
        "",
        "t=1,v1=abc",
        "v1=abc",
        "t=x,v1=abc",
        "t=1",
        "garbage",
        "t=1,v0=abc",
        "v1=é",
        "t=1,v1=é",
        "t=,v1=",
        ",,,",
        f"t=1,v1={'a' * 9_999}",
    ],
)
def test_a_delivery_without_a_good_signature_is_refused(header, paid):
    assert post(json.dumps(paid.events[0]), header).status_code == 400
    assert nothing_happened()


def test_a_forged_signature_is_refused(paid):
    for secret in ("whsec_guess", "", "sk_test_0123456789abcdef"):
        assert signed(paid.events[0], secret).status_code == 400
    assert nothing_happened()


def test_a_changed_body_is_refused(paid):
    text = json.dumps(paid.events[0])
    assert post(text.replace("customer.subscription.created", "customer.deleted"), gateway.sign(text, SECRETS[0])).status_code == 400
    assert post(text + " ", gateway.sign(text, SECRETS[0])).status_code == 400


def test_an_old_delivery_is_refused_and_a_slow_one_is_not(paid):
    now = int(time.time())
    assert signed(paid.events[0], at=now - gateway.TOLERANCE_SECONDS - 2).status_code == 400
    assert nothing_happened()
    assert signed(paid.events[0], at=now - gateway.TOLERANCE_SECONDS + 20).status_code == 200


@pytest.mark.parametrize(
    "body",
    [
        "",
        "null",
        "[]",
        "{}",
        "7",
        '"text"',
        "{",
        "[" * 100_000,
        '{"object": "event"}',
        '{"id": "evt_1", "object": "event", "type": "invoice.paid"}',
        '{"id": "evt_1", "object": "event", "type": "invoice.paid", "livemode": false, "data": null}',
        '{"id": "evt_1", "object": "event", "type": "invoice.paid", "livemode": false, "data": {"object": []}}',
        '{"id": "evt_1", "object": "event", "type": "invoice.paid", "livemode": false, "data": {"object": {"id": "in_1"}}}',
        '{"id": 7, "object": "event", "type": "invoice.paid", "livemode": false, "data": {"object": {"id": "in_1", "object": "invoice"}}}',
        '{"id": "evt_1", "object": "event", "type": ["x"], "livemode": false, "data": {"object": {"id": "in_1", "object": "invoice"}}}',
        '{"id": "evt_1", "object": "event", "type": "x", "livemode": "no", "data": {"object": {"id": "in_1", "object": "invoice"}}}',
        '{"id": "evt_1", "object": "v2.core.event", "type": "v1.invoice.paid", "related_object": {"id": "in_1"}}',
    ],
)
def test_signed_nonsense_is_refused_without_an_error_of_ours(body, twin):
    assert signed(body).status_code == 400
    assert nothing_happened()


def test_bytes_that_are_no_text_are_refused(twin):
    for body in (b"\xff\xfe\x00", b"\x00" * 50):
        answer = Client().post(
            reverse("billing:webhook"), body, content_type="application/json", headers={"Stripe-Signature": "t=1,v1=abc"}
        )
        assert answer.status_code == 400


def test_nul_and_overlong_ids_do_not_break_it(twin, member):
    start_plus(member)
    event = shapes.event("invoice.paid", {"id": "in_1", "object": "invoice", "customer": "cus_\0"}, 1, gateway.API_VERSION)
    assert signed(event).status_code == 400
    assert signed(event | {"id": "e" * 300, "data": {"object": {"id": "in_1", "object": "invoice", "customer": "c"}}}).status_code == 400
    assert nothing_happened()


def test_a_delivery_of_megabytes_is_refused(twin):
    assert signed("x" * 3_000_000).status_code in {400, 413}


def test_only_posts_are_taken(twin):
    for method in ("get", "put", "delete"):
        assert getattr(Client(), method)(reverse("billing:webhook")).status_code == 405


def test_the_address_works_without_its_last_slash_too(paid):
    text = json.dumps(paid.events[0])
    assert post(text, gateway.sign(text, SECRETS[0]), reverse("billing:webhook").rstrip("/")).status_code == 200


def test_no_session_no_token_and_no_https_redirect_stand_in_its_way(paid, settings):
    settings.SECURE_SSL_REDIRECT = True
    text = json.dumps(paid.events[0])
    client = Client(enforce_csrf_checks=True)
    answer = client.post(
        reverse("billing:webhook"), text, content_type="application/json", headers={"Stripe-Signature": gateway.sign(text, SECRETS[0])}
    )
    assert answer.status_code == 200


def test_where_billing_is_off_there_is_nobody_to_deliver_to(db):
    text = json.dumps(shapes.event("invoice.paid", {"id": "in_1", "object": "invoice", "customer": "cus_1"}, 1, "x"))
    for secret in ("", "whsec_guess"):
        assert post(text, gateway.sign(text, secret)).status_code == 404
    assert nothing_happened()


def test_without_a_secret_nothing_is_believed(paid, settings):
    settings.STRIPE_WEBHOOK_SECRETS = []
    assert signed(paid.events[0], "").status_code == 400
    settings.STRIPE_WEBHOOK_SECRETS = [" ", ""]
    assert signed(paid.events[0], "").status_code == 400
    assert nothing_happened()


# --- secrets -------------------------------------------------------------------------------------
def test_while_a_secret_is_rotated_both_are_good(paid):
    first, second, *_ = paid.events
    assert signed(first, SECRETS[0]).status_code == 200
    assert signed(second, SECRETS[1]).status_code == 200
    assert StripeEvent.objects.count() == 2


def test_a_delivery_signed_with_both_secrets_is_good_for_either(paid, settings):
    text = json.dumps(paid.events[0])
    now = int(time.time())
    ours, theirs = (gateway.sign(text, secret, now).partition(",v1=")[2] for secret in (SECRETS[1], "whsec_other"))
    settings.STRIPE_WEBHOOK_SECRETS = [SECRETS[1]]
    assert post(text, f"t={now},v1={theirs},v1={ours}").status_code == 200


# --- once, in any order --------------------------------------------------------------------------
def test_a_repeated_delivery_changes_things_once(paid, member):
    events = paid.take()
    for _ in range(3):
        assert {paid.post(event).status_code for event in events} == {200}
    assert Milestone.objects.filter(kind="started").count() == 1
    assert len(mail.outbox) == 1
    assert StripeEvent.objects.count() == len(events)


def test_a_repeated_delivery_does_not_ask_stripe_again(paid):
    (event,) = paid.take("invoice.paid")
    paid.post(event)
    before = len(paid.calls)
    assert paid.post(event).status_code == 200
    assert len(paid.calls) == before


def test_a_delivery_replayed_after_the_end_brings_nothing_back(twin, subscriber):
    old = [one for one in twin.every("event") if one["type"] == "checkout.session.completed"]
    happenings.stripe_gives_up(twin, twin.only_subscription())
    twin.deliver_all()
    StripeEvent.objects.all().delete()  # as if it had been forgotten
    assert twin.post(old[0]).status_code == 200
    assert not Account.objects.get(user=subscriber).is_member


def test_events_in_any_order_lead_to_the_same_state(twin, subscriber):
    happenings.cancel_in_portal(twin, twin.only_subscription())
    happenings.period_ends(twin, twin.only_subscription())
    waiting = twin.take()
    assert len(waiting) == 2
    for event in reversed(waiting):  # deleted before updated
        assert twin.post(event).status_code == 200
    account = Account.objects.get(user=subscriber)
    assert (account.is_member, account.status) == (False, "canceled")
    assert list(Milestone.objects.order_by("pk").values_list("kind", flat=True)) == ["started", "ended"]


def test_what_an_event_claims_is_not_believed(paid, member):
    event = paid.take("customer.subscription.created")[0]
    lie = event["data"]["object"] | {"status": "canceled", "items": {"object": "list", "data": []}}
    assert paid.post(event | {"id": "evt_lie", "data": {"object": lie}}).status_code == 200
    assert Account.objects.get(user=member).is_member


def test_an_event_of_another_api_version_is_read_all_the_same(paid, member):
    event = paid.take("invoice.paid")[0]
    assert paid.post(event | {"api_version": "2020-08-27"}).status_code == 200
    assert Account.objects.get(user=member).is_member


def test_an_event_of_the_other_world_is_answered_and_left_alone(paid):
    event = paid.take("invoice.paid")[0]
    answer = paid.post(event | {"livemode": True})
    assert (answer.status_code, answer.content) == (200, b"ignored")
    assert nothing_happened()


def test_a_type_that_nobody_asked_for_is_answered_with_200(paid):
    about = [{"id": "issfr_1", "object": "radar.early_fraud_warning"}, {"object": "invoice", "customer": "cus_1"}, {"object": "balance"}]
    for thing in about:  # the last two have no id: an invoice that is to come, and the balance
        assert paid.post(shapes.event("radar.early_fraud_warning.created", thing, 1, "x")).status_code == 200
    assert list(StripeEvent.objects.values_list("status", flat=True)) == ["ignored"] * 3


def test_an_event_about_a_customer_we_do_not_know_is_kept_for_staff_and_logged(twin, caplog):
    event = shapes.event("invoice.paid", {"id": "in_1", "object": "invoice", "customer": "cus_stranger"}, 1, "x")
    with caplog.at_level(logging.WARNING, "billing"):
        assert twin.post(event).status_code == 200
    assert StripeEvent.objects.get().status == "unmatched"
    assert "customer we do not know" in caplog.text


def test_a_stripe_that_is_away_gets_the_event_sent_again(paid, member):
    (event,) = paid.take("invoice.paid")
    paid.is_down = True
    assert paid.post(event).status_code == 500
    assert paid.post(event).status_code == 500
    row = StripeEvent.objects.get()
    assert (row.status, row.attempts, row.error) == ("failed", 2, "Unavailable")
    assert not Account.objects.get(user=member).is_member
    paid.is_down = False
    assert paid.post(event).status_code == 200
    row.refresh_from_db()
    assert (row.status, row.attempts, row.error) == ("processed", 3, "")
    assert Account.objects.get(user=member).is_member
    assert len(mail.outbox) == 1


@pytest.mark.django_db(transaction=True)
def test_a_failure_in_the_middle_leaves_nothing_half_done(paid, member):
    (event,) = paid.take("invoice.paid")
    with connection.cursor() as cursor:  # the last thing that is written fails
        cursor.execute("ALTER TABLE billing_milestone ADD CONSTRAINT never CHECK (kind <> 'started')")
    try:
        with pytest.raises(DatabaseError):
            paid.post(event)
        assert not Account.objects.get(user=member).is_member
        assert not StripeEvent.objects.exists()
        assert mail.outbox == [] or not Milestone.objects.exists()
    finally:
        with connection.cursor() as cursor:
            cursor.execute("ALTER TABLE billing_milestone DROP CONSTRAINT never")
    assert paid.post(event).status_code == 200
    assert Account.objects.get(user=member).is_member


def test_nothing_secret_is_logged_or_answered(paid, member, caplog):
    with caplog.at_level(logging.DEBUG):
        paid.deliver_all()
        post("{}", "t=1,v1=bad")
        paid.refusing = (401, {"error": {"type": "invalid_request_error", "message": "Invalid API Key: sk_test_0123456789abcdef"}})
        about = {"id": "in_1", "object": "invoice", "customer": account_of(member).customer_id}
        answer = paid.post(shapes.event("invoice.paid", about, 1, "x"))
    assert answer.status_code == 500
    ours = "\n".join(record.getMessage() for record in caplog.records if not record.name.startswith(("stripe", "urllib3")))
    for secret in ("sk_test", *SECRETS, "4242"):
        assert secret not in ours
        assert secret not in answer.content.decode()
