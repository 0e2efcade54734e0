"""From Free to Plus: one customer, one checkout, one subscription, and nothing before it is paid."""

import dataclasses
import time
from datetime import timedelta
from types import SimpleNamespace

import pytest
import time_machine
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from accounts.tests.factories import make_user, signed_in
from billing import answers, entitlements, pause, plans
from billing.models import Account, Milestone
from billing.plans import PRICE, Feature
from billing.sandbox import happenings
from billing.selling import NotSold, Refusal, account_of, start_plus
from billing.tests.stripe_twin import PRODUCT
from billing.tests.test_entitlements import grant

pytestmark = pytest.mark.django_db
RECURRING = {"interval": "month", "interval_count": 1, "meter": None, "trial_period_days": None, "usage_type": "licensed"}


@pytest.fixture
def buyer(twin):
    """Somebody else, who pays."""
    user = make_user("buyer@example.org")
    start_plus(user)
    twin.pay(account_of(user).checkout_id)
    return user


def fresh(user):
    entitlements.forget(user)
    return user


def test_somebody_buys_plus_and_has_it_at_once(twin, member):
    client = signed_in(member)
    gone = client.post(reverse("billing:start"))
    account = Account.objects.get(user=member)
    assert gone.status_code == 302
    assert gone["Location"] == twin.store.get(account.checkout_id)["url"]
    assert not entitlements.has(member, Feature.AD_FREE)
    twin.pay(account.checkout_id)
    assert twin.deliver_all() == [200, 200, 200]
    assert entitlements.has(fresh(member), Feature.AD_FREE)
    page = client.get(reverse("billing:done")).content.decode()
    assert "You have Plus" in page
    assert [message.subject for message in mail.outbox] == ["You have Waymark Plus"]


def test_checkout_asks_for_the_price_that_our_page_shows(twin, member):
    start_plus(member)
    (_, _, sent) = next(call for call in twin.calls if call[1] == "/v1/checkout/sessions")
    price = twin.store.get(sent["line_items"][0]["price"])
    assert (price["unit_amount"], price["currency"], price["recurring"]["interval"]) == (800, "usd", "month")
    assert (price["product"], price["lookup_key"]) == (PRODUCT, "plus_monthly")
    assert sent["mode"] == "subscription"
    assert sent["client_reference_id"] == str(account_of(member).key)
    assert "payment_method_types" not in sent  # removed from the API in 2026-09-30.endive
    assert "automatic_tax" not in sent


def test_tax_is_asked_for_with_the_address_of_the_customer(twin, member, settings):
    settings.STRIPE_TAX = True
    start_plus(member)
    (_, _, sent) = next(call for call in twin.calls if call[1] == "/v1/checkout/sessions")
    assert sent["automatic_tax"] == {"enabled": "true"}
    assert sent["customer_update"] == {"address": "auto"}


def test_nothing_of_the_request_decides_what_is_bought(twin, member):
    posted = {"price": "price_evil", "quantity": "0", "customer": "cus_other", "success_url": "https://evil.example", "plan": "plus"}
    signed_in(member).post(reverse("billing:start"), posted)
    (_, _, sent) = next(call for call in twin.calls if call[1] == "/v1/checkout/sessions")
    assert "evil" not in str(sent)
    assert sent["line_items"][0]["quantity"] == "1"
    assert sent["customer"] == Account.objects.get(user=member).customer_id


@pytest.mark.parametrize(
    "changed",
    [
        {"unit_amount": 900},
        {"currency": "eur"},
        {"product": "prod_other"},
        {"recurring": RECURRING | {"interval": "year"}},
        {"recurring": RECURRING | {"interval_count": 3}},
    ],
)
def test_a_price_at_stripe_that_is_not_ours_is_not_sold(changed, twin, member):
    twin.keep(twin.plus_price() | changed)
    with pytest.raises(NotSold) as refusal:
        start_plus(member)
    assert refusal.value.why is Refusal.MISPRICED
    answer = signed_in(member).post(reverse("billing:start"))
    assert answer.status_code == 503
    assert "nothing was charged" in answer.content.decode()
    assert not twin.every("checkout.session")


def test_a_second_click_leads_to_the_same_checkout(twin, member):
    assert start_plus(member) == start_plus(member)
    assert len(twin.every("customer")) == len(twin.every("checkout.session")) == 1


def test_a_checkout_that_was_left_alone_grants_nothing_and_is_taken_up_again(twin, member):
    first = start_plus(member)
    assert "has not arrived yet" in signed_in(member).get(reverse("billing:done")).content.decode()
    assert not entitlements.has(fresh(member), Feature.AD_FREE)
    assert start_plus(member) == first


def test_a_checkout_left_open_is_not_sold_at_a_price_that_is_no_longer_shown(twin, member, monkeypatch):
    first = start_plus(member)
    monkeypatch.setattr(plans, "PRICE", dataclasses.replace(PRICE, amount=900))
    twin.keep(twin.plus_price() | {"lookup_key": None})
    twin.keep(twin.plus_price() | {"unit_amount": 900})
    assert start_plus(member) != first
    new, old = twin.every("checkout.session")
    assert (old["status"], new["status"], new["amount_total"]) == ("expired", "open", 900)
    assert start_plus(member) == new["url"]


def test_an_open_checkout_is_not_shown_either_when_the_price_at_stripe_is_not_ours(twin, member):
    start_plus(member)
    twin.keep(twin.plus_price() | {"unit_amount": 900})
    with pytest.raises(NotSold) as refusal:
        start_plus(member)
    assert refusal.value.why is Refusal.MISPRICED


def test_an_expired_checkout_is_followed_by_a_new_one(twin, member):
    first = start_plus(member)
    happenings.expire(twin, account_of(member).checkout_id)
    assert start_plus(member) != first
    assert len(twin.every("customer")) == 1
    assert twin.deliver_all() == [200]
    assert not Account.objects.get(user=member).is_member


def test_a_checkout_whose_answer_got_lost_is_found_again(twin, member):
    start_plus(member)
    happenings.expire(twin, account_of(member).checkout_id)
    before = len(twin.every("checkout.session"))
    twin.losing_at = ("POST", "/v1/checkout/sessions")
    with pytest.raises(answers.Unavailable):
        start_plus(member)
    start_plus(member)
    assert len(twin.every("checkout.session")) == before + 1


def test_a_customer_whose_answer_got_lost_is_not_made_twice(twin, member):
    twin.losing = 1
    with pytest.raises(answers.Unavailable):
        start_plus(member)
    assert Account.objects.get(user=member).customer_id is None
    start_plus(member)
    (customer,) = twin.every("customer")
    assert Account.objects.get(user=member).customer_id == customer["id"]


def test_who_changes_the_address_after_a_lost_answer_is_not_locked_out(twin, member):
    twin.losing = 1
    with pytest.raises(answers.Unavailable):
        start_plus(member)
    member.email = "new@example.org"
    member.save()
    assert start_plus(member)
    assert twin.store.get(account_of(member).customer_id)["email"] == "new@example.org"


def test_a_customer_is_not_forgotten_when_what_follows_fails(twin, member):
    twin.losing_at = ("GET", "/v1/prices")
    with pytest.raises(answers.Unavailable):
        start_plus(member)
    assert Account.objects.get(user=member).customer_id == twin.every("customer")[0]["id"]


def test_the_page_after_checkout_does_not_wait_for_the_webhook(twin, member):
    start_plus(member)
    twin.pay(account_of(member).checkout_id)
    page = signed_in(member).get(reverse("billing:done"))
    assert "You have Plus" in page.content.decode()
    assert Account.objects.get(user=member).is_member
    twin.deliver_all()
    assert len(mail.outbox) == 1


def test_the_page_after_checkout_believes_nothing_in_its_address(twin, member):
    other = member.__class__.objects.create_user("other@example.org")
    start_plus(other)
    twin.pay(account_of(other).checkout_id)
    start_plus(member)
    query = {"session_id": account_of(other).checkout_id, "customer": account_of(other).customer_id, "paid": "1"}
    page = signed_in(member).get(reverse("billing:done"), query).content.decode()
    assert "You have Plus" not in page
    assert not entitlements.has(fresh(member), Feature.AD_FREE)


def test_the_page_after_checkout_says_so_when_stripe_is_away(twin, member):
    start_plus(member)
    twin.is_down = True
    page = signed_in(member).get(reverse("billing:done"))
    assert page.status_code == 200
    assert "you need not pay again" in page.content.decode()


def test_whoever_never_started_is_sent_to_the_plans(twin, member, buyer):
    assert signed_in(member).get(reverse("billing:done"))["Location"] == reverse("billing:pricing")


def test_a_completed_checkout_that_is_not_paid_yet_grants_nothing(twin, member):
    start_plus(member)
    made = happenings.pay_later(twin, account_of(member).checkout_id)
    assert set(twin.deliver_all()) == {200}
    assert not entitlements.has(fresh(member), Feature.AD_FREE)
    assert "has not arrived yet" in signed_in(member).get(reverse("billing:done")).content.decode()
    with pytest.raises(NotSold):  # it is on its way: not a second one
        start_plus(member)
    happenings.money_arrives(twin, made)
    twin.deliver_all()
    assert entitlements.has(fresh(member), Feature.AD_FREE)


@pytest.fixture
def slow(twin, member):
    """A checkout that is complete; its money takes days, and Stripe makes the subscription only then."""
    start_plus(member)
    return twin.change(twin.store.get(account_of(member).checkout_id), status="complete", payment_status="unpaid", url=None)


def test_nothing_is_sold_beside_a_payment_that_is_under_way(twin, member, slow):
    answer = signed_in(member).post(reverse("billing:start"), follow=True)
    assert "Your payment is under way" in answer.content.decode()
    assert len(twin.every("checkout.session")) == 1
    with time_machine.travel(timezone.now() + timedelta(days=14, minutes=1), tick=False):
        assert start_plus(member)  # it will not come any more


def test_a_checkout_that_is_over_in_any_other_way_is_not_waited_for(twin, member, slow):
    twin.keep(slow | {"payment_status": "paid"})
    assert start_plus(member)
    twin.keep(twin.every("checkout.session")[0] | {"status": "complete", "payment_status": "unpaid", "subscription": "sub_expired"})
    assert start_plus(member)  # its subscription is at Stripe and was seen: it is over


def test_when_a_slow_payment_fails_somebody_can_start_again_at_once(twin, member, slow):
    twin.emit("checkout.session.async_payment_failed", slow)
    (event,) = twin.take()
    assert twin.post(event).status_code == 200
    second = start_plus(member)
    assert second == twin.every("checkout.session")[0]["url"]
    assert len(twin.every("checkout.session")) == 2
    assert twin.post(event | {"id": "evt_again"}).status_code == 200
    assert start_plus(member) == second  # an old event forgets no newer checkout


@pytest.mark.parametrize("status", ["active", "trialing", "past_due", "unpaid", "incomplete", "paused"])
def test_nothing_is_sold_beside_a_subscription_that_may_still_take_money(status, twin, subscriber):
    twin.change(twin.only_subscription(), status=status)
    before = len(twin.every("checkout.session"))
    answer = signed_in(subscriber).post(reverse("billing:start"), follow=True)
    assert answer.redirect_chain == [(reverse("billing:account"), 302)]
    assert "nothing was charged" in answer.content.decode()
    assert len(twin.every("checkout.session")) == before


def test_a_slow_webhook_does_not_lead_to_a_second_subscription(twin, member):
    start_plus(member)
    twin.pay(account_of(member).checkout_id)  # its events are still on their way
    with pytest.raises(NotSold) as refusal:
        start_plus(member)
    assert refusal.value.why is Refusal.HAS_PLUS
    assert Account.objects.get(user=member).is_member


def test_whoever_had_plus_can_have_it_again_under_the_same_customer(twin, subscriber):
    happenings.stripe_gives_up(twin, twin.only_subscription())
    twin.deliver_all()
    assert not entitlements.has(fresh(subscriber), Feature.AD_FREE)
    start_plus(subscriber)
    twin.pay(account_of(subscriber).checkout_id)
    twin.deliver_all()
    assert entitlements.has(fresh(subscriber), Feature.AD_FREE)
    assert len(twin.every("customer")) == 1
    kinds = list(Milestone.objects.order_by("pk").values_list("kind", flat=True))
    assert kinds == ["started", "ended", "started"]


@pytest.mark.parametrize("world", ["sandbox", "live"])
def test_who_bought_in_another_world_starts_anew_and_its_history_stays_there(world, twin, subscriber):
    Account.objects.update(world=world, status="canceled", is_member=False, disputed_at=timezone.now())
    (left,) = Account.objects.all()
    gift = grant(subscriber)
    start_plus(subscriber)
    left.refresh_from_db()
    fresh = account_of(subscriber)
    assert (left.user, left.world, left.milestones.count()) == (None, world, 1)
    assert left.customer_id
    assert (fresh.world, fresh.disputed_at, fresh.milestones.count()) == ("test", None, 0)
    assert fresh.customer_id not in {None, left.customer_id}
    assert fresh.key != left.key
    assert fresh.grants.get() == gift


def test_a_subscription_of_real_money_is_not_left_behind(twin, subscriber):
    Account.objects.update(world="live")
    answer = signed_in(subscriber).post(reverse("billing:start"))
    assert answer.status_code == 503
    assert Account.objects.get(user=subscriber).world == "live"


def test_too_many_calls_are_a_reason_to_try_later_and_not_a_no(twin, member):
    twin.refusing = (429, {"error": {"type": "invalid_request_error", "code": "rate_limit"}})
    with pytest.raises(answers.Unavailable):
        start_plus(member)


def test_stripe_away_means_503_and_no_charge(twin, member):
    twin.is_down = True
    answer = signed_in(member).post(reverse("billing:start"))
    assert answer.status_code == 503
    assert "You have not been charged" in answer.content.decode()
    assert twin.called("POST", "/v1/customers") == 3  # tried again twice


def test_after_no_answer_the_next_clicks_do_not_wait_for_one(twin, member, monkeypatch):
    monkeypatch.setattr(pause, "SECONDS", 60.0)
    twin.is_down = True
    client = signed_in(member)
    try:
        client.post(reverse("billing:start"))
        asked = len(twin.calls)
        twin.is_down = False
        assert client.post(reverse("billing:start")).status_code == 503
        assert len(twin.calls) == asked
        later = time.monotonic() + 61
        monkeypatch.setattr(pause, "time", SimpleNamespace(monotonic=lambda: later))
        assert client.post(reverse("billing:start")).status_code == 302
    finally:
        pause.pause.end()


def test_what_was_learned_is_kept_when_nothing_is_sold(twin, subscriber):
    happenings.stripe_gives_up(twin, twin.only_subscription())
    twin.take()
    twin.keep(twin.plus_price() | {"unit_amount": 900})
    with pytest.raises(NotSold):
        start_plus(subscriber)
    assert not Account.objects.get(user=subscriber).is_member


@pytest.mark.parametrize("status", [429, 500, 503])
def test_stripe_in_trouble_means_503(status, twin, member):
    twin.refusing = (status, {"error": {"type": "api_error", "message": "sk_test_secret"}})
    answer = signed_in(member).post(reverse("billing:start"))
    assert answer.status_code == 503
    assert "sk_test" not in answer.content.decode()


def test_starting_is_a_post(twin, member):
    assert signed_in(member).get(reverse("billing:start")).status_code == 405
    assert not twin.calls


def test_the_price_shown_is_that_of_the_table(twin, member):
    assert PRICE.words == "$8 a month"
    assert "Start Plus, $8 a month" in signed_in(member).get(reverse("billing:pricing")).content.decode()
