"""The three commands, and the hourly reconciliation."""

from datetime import timedelta
from io import StringIO

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.utils import timezone

from accounts.tests.factories import make_user
from billing import answers, gateway, tasks
from billing.models import Account, Milestone, StripeEvent
from billing.sandbox import happenings
from billing.selling import account_of, start_plus
from billing.tests.stripe_twin import PRODUCT
from billing.tests.test_entitlements import grant

pytestmark = pytest.mark.django_db


def run(name, *arguments, **options):
    out = StringIO()
    call_command(name, *arguments, stdout=out, stderr=out, **options)
    return out.getvalue()


def paying(twin, number):
    user = make_user(f"payer{number}@example.org")
    start_plus(user)
    twin.pay(account_of(user).checkout_id)
    return user


# --- reconcile -----------------------------------------------------------------------------------
def test_reconciling_repairs_lost_events_and_says_how_many(twin, subscriber):
    paying(twin, 1)
    twin.take()  # lost
    assert Account.objects.members().count() == 1
    assert "2 accounts in the test world: 1 changed, 0 failed" in run("billing_reconcile")
    assert Account.objects.members().count() == 2
    assert "0 changed" in run("billing_reconcile")
    assert Milestone.objects.filter(kind="started").count() == 2


def test_checking_changes_nothing(twin, subscriber):
    happenings.stripe_gives_up(twin, twin.only_subscription())
    twin.take()
    assert "1 differ" in run("billing_reconcile", "--check")
    assert Account.objects.get().is_member
    assert Milestone.objects.count() == 1


def test_one_account_that_fails_stops_none_of_the_others_and_the_command_fails(twin, subscriber):
    lost = make_user("lost@example.org")
    Account.objects.create(user=lost, world="test", customer_id="cus_never_was")
    later = paying(twin, 2)
    twin.take()
    out = StringIO()
    with pytest.raises(CommandError, match="1 of 3"):
        call_command("billing_reconcile", stdout=out, stderr=out)
    assert "NoSuchCustomer" not in out.getvalue()
    assert "resource_missing" in out.getvalue()
    assert Account.objects.get(user=later).is_member


def test_a_row_that_cannot_be_written_stops_none_of_the_others(twin, subscriber):
    later = paying(twin, 2)
    first = Account.objects.get(user=subscriber).customer_id
    twin.is_from_the_future = True
    (one,) = twin.subscriptions_of(first)
    twin.change(one, status="longer_than_any_status_that_stripe_has_ever_had")
    with pytest.raises(CommandError, match="1 of 2"):
        run("billing_reconcile")
    assert Account.objects.get(user=later).is_member
    assert Account.objects.get(user=subscriber).is_member


def test_an_answer_that_got_lost_costs_one_row_and_not_those_after_it(twin, subscriber, monkeypatch):
    monkeypatch.setattr("billing.pause.SECONDS", 60.0)
    later = paying(twin, 1)
    twin.take()
    twin.losing = 1
    with pytest.raises(CommandError, match="1 of 2"):
        run("billing_reconcile")
    assert Account.objects.get(user=later).is_member


def test_a_wrong_key_takes_plus_from_nobody(twin, subscriber):
    twin.refusing = (404, {"error": {"type": "invalid_request_error", "code": "resource_missing", "param": "customer"}})
    with pytest.raises(CommandError):
        run("billing_reconcile")
    assert Account.objects.members().count() == 1


def test_accounts_of_another_world_are_left_alone(twin):
    for world in ("live", "sandbox"):
        Account.objects.create(world=world, customer_id=f"cus_{world}")
    Account.objects.create(world="test")
    assert "0 accounts" in run("billing_reconcile")
    assert not twin.calls


def test_each_account_costs_one_call(twin, subscriber):
    for number in range(3):
        paying(twin, number)
    twin.calls.clear()
    run("billing_reconcile")
    assert [path for _, path, _ in twin.calls] == ["/v1/subscriptions"] * 4


def test_commands_refuse_where_billing_is_off(db):
    for name in ("billing_reconcile", "billing_setup"):
        with pytest.raises(CommandError, match="STRIPE_SECRET_KEY"):
            run(name)


def test_the_hourly_task_reconciles_and_fails_aloud(twin, subscriber):
    paying(twin, 1)
    twin.take()
    tasks.reconcile_billing(timestamp=0)
    assert Account.objects.members().count() == 2
    twin.is_down = True
    with pytest.raises(tasks.ReconciliationIncomplete, match="2 of 2"):
        tasks.reconcile_billing(timestamp=0)
    assert Account.objects.members().count() == 2


def test_the_hourly_task_rests_where_billing_is_off(db):
    tasks.reconcile_billing(timestamp=0)


def test_it_runs_every_hour():
    from procrastinate.contrib.django import app

    app.perform_import_paths()
    crons = {entry.task.name: entry.cron for entry in app.periodic_registry.periodic_tasks.values()}
    assert crons["billing.tasks.reconcile_billing"] == "23 * * * *"


def test_events_are_forgotten_after_ninety_days(db):
    now = timezone.now()
    for age in (89, 91):
        StripeEvent.objects.create(id=f"evt_{age}", type="invoice.paid", received_at=now - timedelta(days=age))
    tasks.delete_old_events(timestamp=0)
    assert list(StripeEvent.objects.values_list("pk", flat=True)) == ["evt_89"]


# --- status --------------------------------------------------------------------------------------
def test_status_tells_plan_reason_and_history_without_asking_stripe(twin, subscriber):
    grant(subscriber)
    before = len(twin.calls)
    told = run("billing_status", "MEMBER@example.org")
    assert "member@example.org: plus (active until" in told
    assert "sub_" in told
    assert "Plus started" in told
    assert "complimentary until" in told
    assert len(twin.calls) == before


def test_status_of_somebody_without_an_account_and_of_nobody(member):
    assert "no billing account yet" in run("billing_status", member.email)
    with pytest.raises(CommandError, match="Nobody has the address"):
        run("billing_status", "nobody@example.org")


# --- setup ---------------------------------------------------------------------------------------
@pytest.fixture
def empty(twin, settings):
    """An account at Stripe where nothing was made yet."""
    settings.STRIPE_PLUS_PRODUCT, settings.STRIPE_WEBHOOK_SECRETS = "", []
    twin.plus_price = lambda: None
    return twin


def test_setting_up_makes_what_is_needed_and_prints_what_to_set(empty):
    told = run("billing_setup")
    (product,), (price,), (portal,), (endpoint,) = (
        empty.every(kind) for kind in ("product", "price", "billing_portal.configuration", "webhook_endpoint")
    )
    assert f"STRIPE_PLUS_PRODUCT={product['id']}" in told
    assert f"STRIPE_WEBHOOK_SECRETS={endpoint['secret']}" in told
    assert (price["lookup_key"], price["unit_amount"], price["currency"], price["product"]) == ("plus_monthly", 800, "usd", product["id"])
    assert product["metadata"]["plan"] == "plus"
    assert endpoint["api_version"] == gateway.API_VERSION
    assert endpoint["url"] == "http://testserver/billing/webhook/"
    assert set(endpoint["enabled_events"]) == set(answers.EVENTS)
    features = portal["features"]
    assert features["subscription_cancel"] == features["subscription_cancel"] | {"enabled": True, "mode": "at_period_end"}
    assert not features["subscription_update"]["enabled"]
    assert not features["subscription_pause"]["enabled"]
    assert features["invoice_history"]["enabled"]


def test_setting_up_again_makes_nothing_new(empty, settings):
    run("billing_setup")
    settings.STRIPE_PLUS_PRODUCT = empty.every("product")[0]["id"]
    told = run("billing_setup")
    assert " made" not in told
    for kind in ("product", "price", "billing_portal.configuration", "webhook_endpoint"):
        assert len(empty.every(kind)) == 1, kind
    settings.STRIPE_PLUS_PRODUCT = ""  # it finds the product by its mark too
    run("billing_setup")
    assert len(empty.every("product")) == 1


def test_a_changed_price_gets_the_name_and_leaves_subscribers_alone(twin, subscriber):
    old = twin.plus_price()
    twin.keep(old | {"unit_amount": 500})
    assert "made" in run("billing_setup")
    assert twin.plus_price()["unit_amount"] == 800
    assert twin.store.get(old["id"])["lookup_key"] is None
    run("billing_reconcile")
    assert Account.objects.members().count() == 1


def test_what_buyers_read_at_checkout_follows_our_table(empty, settings, monkeypatch):
    run("billing_setup")
    (product,) = empty.every("product")
    assert product["description"] == "Daily job alerts and pages without ads"
    settings.SITE_NAME = "Signpost"
    run("billing_setup")
    (product,) = empty.every("product")
    assert (product["name"], product["description"]) == ("Signpost Plus", "Daily job alerts and pages without ads")


def test_a_secret_that_was_never_noted_is_to_be_looked_up(empty):
    run("billing_setup")
    assert "shown on its page in Stripe's dashboard" in run("billing_setup")


def test_an_endpoint_of_another_api_version_is_replaced_and_named(empty):
    run("billing_setup")
    (old,) = empty.every("webhook_endpoint")
    empty.keep(old | {"api_version": "2024-06-20"})
    told = run("billing_setup")
    assert len(empty.every("webhook_endpoint")) == 2
    assert f"disable {old['id']}" in told


def test_setting_up_says_what_stripe_refused_and_shows_no_key(empty):
    empty.refusing = (401, {"error": {"type": "invalid_request_error", "message": "Invalid API Key: sk_test_0123"}})
    with pytest.raises(CommandError) as refusal:
        run("billing_setup")
    assert "sk_test" not in str(refusal.value)
    assert "run the command again" in str(refusal.value)


def test_the_portal_of_our_configuration_is_opened(twin, subscriber):
    run("billing_setup")
    from django.urls import reverse

    from accounts.tests.factories import signed_in

    signed_in(subscriber).post(reverse("billing:portal"))
    (session,) = twin.every("billing_portal.session")
    assert session["configuration"] == twin.every("billing_portal.configuration")[0]["id"]
    assert session["return_url"] == "http://testserver/account/billing/?from=portal"
    assert PRODUCT in {one["id"] for one in twin.every("product")}


def test_time_zone_of_the_process_does_not_matter(twin, subscriber):
    with time_machine.travel(timezone.now(), tick=False):
        assert Account.objects.get().paid_through.tzinfo is not None
