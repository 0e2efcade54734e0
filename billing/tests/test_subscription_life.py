"""A subscription from its first month to its end: what the person has, is told and is asked for."""

from datetime import timedelta

import pytest
import time_machine
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from accounts.tests.factories import make_user, signed_in
from billing import answers, entitlements, gateway, leaving
from billing.models import Account, Milestone
from billing.plans import Feature
from billing.reconciling import reconcile
from billing.sandbox import happenings
from billing.sandbox.server import Refusal
from billing.selling import start_plus
from billing.sync import sync
from billing.tests.stripe_twin import PRODUCT
from billing.tests.test_entitlements import grant

pytestmark = pytest.mark.django_db


def has_plus(user):
    entitlements.forget(user)
    return entitlements.has(user, Feature.AD_FREE)


def account(user):
    return Account.objects.get(user=user)


def kinds():
    return list(Milestone.objects.order_by("pk").values_list("kind", flat=True))


def subjects():
    return [message.subject for message in mail.outbox]


def page(user):
    return signed_in(user).get(reverse("billing:account")).content.decode()


# --- renewals ------------------------------------------------------------------------------------
def test_a_renewal_moves_the_date_and_says_nothing(twin, subscriber):
    before = account(subscriber).paid_through
    twin.change(twin.only_subscription())
    with time_machine.travel(before + timedelta(hours=1), tick=False):
        twin.happen("period")
        twin.deliver_all()
        assert account(subscriber).paid_through > before
        assert has_plus(subscriber)
    assert subjects() == []


def test_plus_survives_a_few_days_without_word_from_stripe_and_then_fails_closed(twin, subscriber):
    end = account(subscriber).paid_through
    with time_machine.travel(end + timedelta(days=2, hours=23), tick=False):
        assert has_plus(subscriber)
    with time_machine.travel(end + timedelta(days=3, seconds=1), tick=False):
        assert not has_plus(subscriber)


# --- a payment that fails ------------------------------------------------------------------------
def test_a_failed_payment_keeps_plus_for_fourteen_days_of_the_unpaid_month(twin, subscriber):
    twin.happen("fail")
    twin.deliver_all()
    start = account(subscriber).period_start
    assert has_plus(subscriber)
    assert "did not go through" in page(subscriber)
    assert "Pay or change payment method" in page(subscriber)
    assert subjects() == ["Your payment for Waymark Plus did not go through"]
    with time_machine.travel(start + timedelta(days=13, hours=23), tick=False):
        assert has_plus(subscriber)
    with time_machine.travel(start + timedelta(days=14), tick=False):
        assert not has_plus(subscriber)
    assert account(subscriber).paid_through > start + timedelta(days=20)  # the period has advanced: its end is no measure


def test_a_payment_that_comes_after_all_clears_it(twin, subscriber):
    twin.happen("fail")
    twin.happen("pay")
    twin.deliver_all()
    assert has_plus(subscriber)
    assert "did not go through" not in page(subscriber)


def test_a_failure_and_its_repair_are_each_told_once(twin, subscriber):
    twin.happen("fail")
    twin.deliver_all()
    for _ in range(3):
        sync(account(subscriber).pk)
    twin.happen("pay")
    twin.deliver_all()
    assert len(subjects()) == 1
    assert kinds() == ["started", "payment_failed", "recovered"]


def test_grace_that_runs_out_is_noticed_by_the_next_reconciliation_and_told_once(twin, subscriber):
    twin.happen("fail")
    twin.deliver_all()
    mail.outbox.clear()
    with time_machine.travel(account(subscriber).period_start + timedelta(days=14, hours=1), tick=False):
        sync(account(subscriber).pk)
        sync(account(subscriber).pk)
        assert not has_plus(subscriber)
        assert "Plus is off" in page(subscriber)
    assert subjects() == ["Waymark Plus has ended"]
    assert kinds()[-1] == "ended"


def test_a_failure_that_is_learned_of_too_late_promises_no_plus(twin, member):
    start_plus(member)
    twin.pay(account(member).checkout_id)
    late = twin.only_subscription()
    (item,) = late["items"]["data"]
    old = item | {"current_period_start": item["current_period_start"] - 20 * 86_400}
    twin.change(late, status="past_due", items=late["items"] | {"data": [old]})
    sync(account(member).pk)
    assert not has_plus(member)
    assert subjects() == []


@pytest.mark.parametrize("status", ["unpaid", "incomplete", "incomplete_expired", "paused", "canceled", "word_of_2030", ""])
def test_every_other_state_is_free_also_one_that_nobody_knows_yet(status, twin, subscriber):
    twin.is_from_the_future = True
    twin.change(twin.only_subscription(), status=status)
    sync(account(subscriber).pk)
    assert not has_plus(subscriber)
    assert page(subscriber)


def test_a_pause_at_stripe_is_free_and_comes_back(twin, subscriber):
    happenings.pause(twin, twin.only_subscription())
    twin.deliver_all()
    assert not has_plus(subscriber)
    twin.change(twin.only_subscription(), "customer.subscription.resumed", status="active")
    twin.deliver_all()
    assert has_plus(subscriber)


# --- leaving -------------------------------------------------------------------------------------
def test_somebody_cancels_in_two_clicks_and_keeps_what_is_paid(twin, subscriber):
    client = signed_in(subscriber)
    asked = client.get(reverse("billing:cancel")).content.decode()
    assert "Cancel Plus?" in asked
    answer = client.post(reverse("billing:cancel"), follow=True).content.decode()
    end = account(subscriber).ends_at
    assert f"Plus ends on {end:%B %-d, %Y}. Nothing else changes today." in answer
    assert has_plus(subscriber)
    assert subjects() == [f"Waymark Plus ends on {end:%B %-d, %Y}"]
    with time_machine.travel(end, tick=False):
        assert not has_plus(subscriber)


def test_canceling_twice_is_canceling_once(twin, subscriber):
    client = signed_in(subscriber)
    for _ in range(3):
        client.post(reverse("billing:cancel"))
    twin.deliver_all()
    assert len(subjects()) == 1
    assert kinds() == ["started", "canceled"]
    assert twin.called("POST", "/v1/subscriptions/") == 1


def test_a_cancellation_in_the_portal_sets_a_date_without_the_boolean_and_counts(twin, subscriber):
    twin.happen("cancel")
    assert twin.only_subscription()["cancel_at_period_end"] is False
    twin.deliver_all()
    assert account(subscriber).ends_at == account(subscriber).paid_through
    assert "Plus ends" in page(subscriber)
    assert has_plus(subscriber)


def test_a_cancellation_by_the_boolean_counts_too(twin, subscriber):
    twin.change(twin.only_subscription(), cancel_at_period_end=True)
    sync(account(subscriber).pk)
    assert account(subscriber).ends_at == account(subscriber).paid_through


@pytest.mark.parametrize("way", ["here", "portal"])
def test_a_cancellation_can_be_taken_back_however_it_was_made(way, twin, subscriber):
    client = signed_in(subscriber)
    if way == "here":
        client.post(reverse("billing:cancel"))
    else:
        twin.happen("cancel")
        twin.deliver_all()
    answer = client.post(reverse("billing:keep"), follow=True).content.decode()
    assert "You keep Plus" in answer
    assert "Next payment" in answer
    twin.deliver_all()
    assert account(subscriber).ends_at is None
    assert kinds() == ["started", "canceled", "resumed"]
    client.post(reverse("billing:cancel"))
    assert len(subjects()) == 2  # whoever cancels again is told again


def test_taking_back_what_was_not_canceled_changes_nothing(twin, subscriber):
    answer = signed_in(subscriber).post(reverse("billing:keep"), follow=True).content.decode()
    assert "You keep Plus" in answer
    assert twin.called("POST", "/v1/subscriptions/") == 0


def test_after_the_end_there_is_nothing_to_take_back(twin, subscriber):
    twin.happen("cancel")
    twin.happen("period")
    twin.deliver_all()
    answer = signed_in(subscriber).post(reverse("billing:keep"), follow=True).content.decode()
    assert "no cancellation to take back" in answer
    assert "Plus ended" in answer


def test_the_end_takes_plus_and_nothing_else(twin, subscriber):
    subscriber.display_name = "Keeps it"
    subscriber.save()
    twin.happen("cancel")
    twin.happen("period")
    twin.deliver_all()
    assert not has_plus(subscriber)
    assert subjects() == ["Waymark Plus has ended"]
    subscriber.refresh_from_db()
    assert subscriber.display_name == "Keeps it"
    assert "Start Plus" in page(subscriber)


def test_canceling_while_a_payment_is_due_ends_it_at_once(twin, subscriber):
    twin.happen("fail")
    twin.deliver_all()
    client = signed_in(subscriber)
    assert "Plus ends today" in client.get(reverse("billing:cancel")).content.decode()
    answer = client.post(reverse("billing:cancel"), follow=True).content.decode()
    assert "Plus has ended" in answer
    assert twin.only_subscription()["status"] == "canceled"
    assert not has_plus(subscriber)


def test_who_has_a_gift_besides_is_not_told_that_plus_is_over(twin, subscriber):
    last = grant(subscriber, until=timedelta(days=90)).until
    twin.happen("fail")
    twin.deliver_all()
    mail.outbox.clear()
    client = signed_in(subscriber)
    asked = client.get(reverse("billing:cancel")).content.decode()
    assert "Plus ends today" not in asked
    assert "on Free" not in asked
    answer = client.post(reverse("billing:cancel"), follow=True).content.decode()
    assert "Your subscription has ended" in answer
    (told,) = mail.outbox
    assert told.subject == "Your subscription to Waymark Plus has ended"
    for text in (told.body, told.alternatives[0].content):
        assert f"{last:%B %-d, %Y}" in text
        assert "on Free" not in text
    assert has_plus(subscriber)


def test_a_cancellation_in_the_portal_while_a_payment_is_due_ends_at_once_too(twin, subscriber):
    twin.happen("fail")
    twin.happen("cancel")
    twin.deliver_all()
    assert twin.only_subscription()["status"] == "canceled"
    assert not has_plus(subscriber)


def test_canceling_what_waits_for_its_first_payment(twin, subscriber):
    twin.change(twin.only_subscription(), status="incomplete")
    sync(account(subscriber).pk)
    answer = signed_in(subscriber).post(reverse("billing:cancel"), follow=True).content.decode()
    assert "nothing more will be charged" in answer
    assert twin.only_subscription()["status"] == "canceled"


def test_stripe_away_while_canceling_says_so_and_changes_nothing(twin, subscriber):
    twin.is_down = True
    client = signed_in(subscriber)
    for name in ("billing:cancel", "billing:keep", "billing:portal"):
        answer = client.post(reverse(name))
        assert answer.status_code == 503, name
        assert "Nothing was changed" in answer.content.decode()
    assert has_plus(subscriber)


def test_whoever_has_nothing_to_cancel_is_told_so(twin, member):
    answer = signed_in(member).get(reverse("billing:cancel"), follow=True)
    assert "There is nothing to cancel" in answer.content.decode()
    assert signed_in(member).post(reverse("billing:portal"), follow=True).status_code == 200


# --- trouble -------------------------------------------------------------------------------------
def test_a_dispute_ends_everything_at_once_through_its_charge(twin, subscriber):
    event = twin.happen("dispute")
    assert "customer" not in event["data"]["object"]
    assert set(twin.deliver_all()) == {200}
    found = account(subscriber)
    assert found.disputed_at
    assert not found.is_member
    assert twin.only_subscription()["status"] == "canceled"
    (told,) = mail.outbox
    assert "disputed at your bank" in told.body
    assert "one click" not in told.body + told.alternatives[0].content  # nothing is sold until staff have looked
    assert "disputed at your bank" in page(subscriber)
    assert "Start Plus" not in page(subscriber)
    answer = signed_in(subscriber).post(reverse("billing:start"), follow=True).content.decode()
    assert "Write to us" in answer


def test_after_a_dispute_a_checkout_that_was_open_cannot_be_paid(twin, subscriber):
    happenings.stripe_gives_up(twin, twin.only_subscription())
    start_plus(subscriber)
    twin.happen("dispute")
    assert set(twin.deliver_all()) == {200}
    with pytest.raises(Refusal):
        twin.pay(account(subscriber).checkout_id)


def test_a_refund_takes_nothing_away_by_itself(twin, subscriber):
    refund = {"id": "ch_1", "object": "charge", "customer": account(subscriber).customer_id}
    twin.emit("charge.refunded", refund)
    assert set(twin.deliver_all()) == {200}
    assert has_plus(subscriber)


def test_two_subscriptions_give_plus_once_and_raise_an_alarm(twin, subscriber, caplog):
    twin.keep(twin.only_subscription() | {"id": "sub_second"})
    sync(account(subscriber).pk)
    assert account(subscriber).live_subscriptions == 2
    assert "2 live subscriptions" in caplog.text
    assert "more than one subscription" in page(subscriber)
    leaving.cancel_plus(subscriber)
    assert all(one["cancel_at_period_end"] for one in twin.every("subscription"))


def test_when_one_of_two_ends_the_other_can_be_canceled(twin, subscriber):
    twin.happen("cancel")
    (item,) = twin.only_subscription()["items"]["data"]
    earlier = item | {"current_period_end": item["current_period_end"] - 5}
    items = twin.only_subscription()["items"] | {"data": [earlier]}
    twin.keep(twin.only_subscription() | {"id": "sub_second", "cancel_at": None, "items": items})
    twin.deliver_all()
    client = signed_in(subscriber)
    assert "waits for a payment" not in client.get(reverse("billing:cancel")).content.decode()
    client.post(reverse("billing:cancel"))
    assert all(one["cancel_at"] for one in twin.every("subscription"))


def test_of_two_that_end_one_is_taken_back(twin, subscriber):
    twin.keep(twin.only_subscription() | {"id": "sub_second"})
    leaving.cancel_plus(subscriber)
    leaving.keep_plus(subscriber)
    assert sorted(one["cancel_at_period_end"] for one in twin.every("subscription")) == [False, True]


def test_of_several_that_are_over_the_last_one_tells_when_plus_ended(twin, subscriber):
    happenings.stripe_gives_up(twin, twin.only_subscription())
    newer = twin.only_subscription()
    (item,) = newer["items"]["data"]
    old = item | {"current_period_start": 1_697_000_000, "current_period_end": 1_700_000_000}
    twin.keep(newer | {"id": "sub_old", "ended_at": 1_700_000_000, "items": newer["items"] | {"data": [old]}})
    sync(account(subscriber).pk)
    assert account(subscriber).subscription_id == newer["id"]


def test_ending_what_has_ended_meanwhile_is_as_good(twin, subscriber):
    for _ in range(2):
        gateway.end_now(twin.only_subscription()["id"])
    assert twin.only_subscription()["status"] == "canceled"


def test_nothing_of_another_world_is_asked_for_or_ended(twin, subscriber):
    twin.take()
    Account.objects.update(world="sandbox")
    twin.calls.clear()
    event = next(one for one in twin.every("event") if one["type"] == "invoice.paid")
    assert twin.post(event | {"id": "evt_again"}).content == b"unmatched"
    sync(account(subscriber).pk)
    assert leaving.cancel_plus(subscriber) is None
    assert leaving.keep_plus(subscriber) is False
    assert leaving.close_account(subscriber) == 0
    assert not twin.calls


def test_an_ended_subscription_beside_a_living_one_takes_nothing(twin, subscriber):
    twin.keep(twin.only_subscription() | {"id": "sub_old", "status": "canceled", "ended_at": 1_700_000_000})
    sync(account(subscriber).pk)
    assert has_plus(subscriber)


def test_a_setting_that_is_another_product_takes_plus_from_nobody(twin, subscriber, settings):
    settings.STRIPE_PLUS_PRODUCT = "prod_of_something_else"
    with pytest.raises(answers.Refused, match="STRIPE_PLUS_PRODUCT"):
        sync(account(subscriber).pk)
    assert has_plus(subscriber)
    assert subjects() == []


def test_a_deleted_customer_whose_subscriptions_are_no_longer_listed_is_free(twin, subscriber):
    old = account(subscriber).customer_id
    happenings.delete_customer(twin, old)
    twin.take()
    twin.refusing_at = ("/v1/subscriptions", 400, {"type": "invalid_request_error", "code": "resource_missing", "param": "customer"})
    sync(account(subscriber).pk)
    assert account(subscriber).customer_id is None
    assert not has_plus(subscriber)


def test_a_payment_that_needs_a_confirmation_is_shown_and_can_be_settled(twin, subscriber):
    twin.happen("fail")
    twin.take()
    twin.emit("invoice.payment_action_required", happenings.invoice(twin.only_subscription()))
    assert twin.deliver_all() == [200]
    assert "Pay or change payment method" in page(subscriber)
    assert has_plus(subscriber)


def test_a_subscription_to_something_else_gives_nothing(twin, subscriber):
    Account.objects.update(is_member=False, subscription_id="", status="", plan="free")
    found = twin.only_subscription()
    item = found["items"]["data"][0]
    other = item | {"price": item["price"] | {"product": "prod_other"}}
    twin.keep(found | {"items": found["items"] | {"data": [other]}})
    sync(account(subscriber).pk)
    assert not has_plus(subscriber)


def test_an_old_price_of_the_same_product_is_still_plus(twin, subscriber):
    found = twin.only_subscription()
    item = found["items"]["data"][0]
    old = item["price"] | {"id": "price_of_2024", "lookup_key": None, "unit_amount": 500, "product": PRODUCT}
    twin.keep(found | {"items": found["items"] | {"data": [item | {"price": old}]}})
    sync(account(subscriber).pk)
    assert has_plus(subscriber)
    assert "$5 a month" in page(subscriber)


def test_a_customer_deleted_at_stripe_means_free_and_a_new_one_next_time(twin, subscriber):
    old = account(subscriber)
    happenings.delete_customer(twin, old.customer_id)
    assert set(twin.deliver_all()) == {200}
    found = account(subscriber)
    assert (found.customer_id, found.is_member) == (None, False)
    assert found.key != old.key
    signed_in(subscriber).post(reverse("billing:start"))
    assert account(subscriber).customer_id not in {None, old.customer_id}


def test_a_checkout_of_a_deleted_customer_is_not_taken_up_again(twin, member):
    first = start_plus(member)
    happenings.delete_customer(twin, account(member).customer_id)
    assert start_plus(member) != first


def test_a_deletion_that_nobody_told_us_of_is_noticed_when_somebody_buys(twin, subscriber):
    old = account(subscriber).customer_id
    happenings.delete_customer(twin, old)
    twin.take()
    answer = signed_in(subscriber).post(reverse("billing:start"))
    assert answer["Location"].startswith("https://stripe.example/")
    assert account(subscriber).customer_id not in {None, old}


def test_a_customer_that_the_key_does_not_know_changes_nothing(twin, subscriber):
    """As when the key of another account was set: nobody may lose Plus by that."""
    twin.refusing = (
        404,
        {"error": {"type": "invalid_request_error", "code": "resource_missing", "param": "customer"}},
    )
    with pytest.raises(answers.NoSuchCustomer):
        sync(account(subscriber).pk)
    assert has_plus(subscriber)
    assert account(subscriber).customer_id


@pytest.mark.parametrize("status", [401, 403])
def test_a_key_that_stripe_refuses_changes_nothing(status, twin, subscriber):
    twin.refusing = (status, {"error": {"type": "invalid_request_error", "message": "no"}})
    with pytest.raises(answers.Refused):
        sync(account(subscriber).pk)
    assert has_plus(subscriber)


# --- the account is deleted ----------------------------------------------------------------------
@pytest.mark.parametrize("status", ["active", "trialing", "past_due", "unpaid", "incomplete", "paused"])
def test_deleting_the_account_ends_whatever_may_still_take_money(status, twin, subscriber):
    twin.change(twin.only_subscription(), status=status)
    twin.keep(twin.only_subscription() | {"id": "sub_second", "status": "past_due"})
    assert leaving.close_account(subscriber) == 2
    assert {one["status"] for one in twin.every("subscription")} == {"canceled"}
    subscriber.delete()
    twin.deliver_all()
    (left,) = Account.objects.all()
    assert (left.user_id, left.is_member) == (None, False)
    assert subjects() == []


def test_a_checkout_that_is_open_cannot_be_paid_after_the_account_is_deleted(twin, member):
    start_plus(member)
    session = account(member).checkout_id
    leaving.close_account(member)
    member.delete()
    with pytest.raises(Refusal):
        twin.pay(session)
    assert twin.every("subscription") == []


@pytest.mark.parametrize("way", ["event", "reconciliation"])
def test_what_is_paid_for_an_account_of_nobody_is_ended_and_told_to_staff(way, twin, member, caplog):
    start_plus(member)
    twin.pay(account(member).checkout_id)
    member.delete()  # without closing the account first
    if way == "event":
        assert set(twin.deliver_all()) == {200}
    else:
        assert [found.error for found in reconcile()] == [""]
    assert twin.only_subscription()["status"] == "canceled"
    assert "return its payment" in caplog.text
    (left,) = Account.objects.all()
    assert (left.is_member, left.live_subscriptions) == (False, 0)
    assert subjects() == []


def test_deleting_waits_while_stripe_is_away(twin, subscriber):
    twin.is_down = True
    with pytest.raises(answers.Unavailable):
        leaving.close_account(subscriber)
    assert account(subscriber).is_member
    assert twin.only_subscription()["status"] == "active"


def test_deleting_without_a_billing_account_is_free(twin, member):
    assert leaving.close_account(member) == 0
    assert not twin.calls


def test_a_live_subscription_is_not_left_running_where_the_live_key_is_missing(twin, subscriber, settings):
    Account.objects.update(world="live")
    with pytest.raises(answers.Unavailable):
        leaving.close_account(subscriber)
    settings.STRIPE_SECRET_KEY = settings.STRIPE_MODE = ""
    with pytest.raises(answers.Unavailable):
        leaving.close_account(subscriber)


# --- the way back from the portal ----------------------------------------------------------------
def test_the_way_back_from_the_portal_shows_what_was_changed_there(twin, subscriber):
    client = signed_in(subscriber)
    gone = client.post(reverse("billing:portal"))
    session = twin.every("billing_portal.session")[0]
    assert gone["Location"] == session["url"]
    twin.happen("cancel")  # its event is still on its way
    back = client.get(session["return_url"].removeprefix("http://testserver"), follow=True)
    assert back.redirect_chain == [(reverse("billing:account"), 302)]
    assert "Plus ends" in back.content.decode()


def test_the_portal_opens_for_ones_own_customer_only(twin, subscriber):
    other = make_user("other@example.org")
    start_plus(other)
    for user in (subscriber, other):
        signed_in(user).post(reverse("billing:portal"))
        assert twin.every("billing_portal.session")[0]["customer"] == account(user).customer_id
    answer = signed_in(make_user("nobody@example.org")).post(reverse("billing:portal"), follow=True)
    assert "no payments or receipts yet" in answer.content.decode()
    assert len(twin.every("billing_portal.session")) == 2


def test_the_billing_page_asks_stripe_nothing(twin, subscriber):
    before = len(twin.calls)
    page(subscriber)
    assert len(twin.calls) == before


def test_stripe_away_on_the_way_back_is_said_and_does_no_harm(twin, subscriber):
    twin.is_down = True
    back = signed_in(subscriber).get(reverse("billing:account") + "?from=portal", follow=True)
    assert back.status_code == 200
    assert "could not ask Stripe" in back.content.decode()


def test_synced_at_tells_when_stripe_was_last_asked(twin, subscriber):
    with time_machine.travel(timezone.now() + timedelta(hours=5), tick=False):
        sync(account(subscriber).pk)
        assert account(subscriber).synced_at == timezone.now()
