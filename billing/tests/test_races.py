"""Several at once, on real PostgreSQL with real threads: clicks, copies of events, and an old answer that comes late."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core import mail
from django.db import connection
from django.urls import reverse

from accounts.tests.factories import make_user, signed_in
from billing import deliveries
from billing.models import Account, Milestone, StripeEvent
from billing.reconciling import reconcile
from billing.sandbox import happenings
from billing.selling import account_of, start_plus
from billing.sync import sync
from billing.tests.stripe_twin import as_event

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(count, what):
    """Run `what(n)` in `count` threads that start together; their results or exceptions."""
    gate = threading.Barrier(count)

    def run(n):
        gate.wait()
        try:
            return what(n)
        finally:
            connection.close()

    with ThreadPoolExecutor(count) as pool:
        futures = [pool.submit(run, n) for n in range(count)]
        return [future.exception() or future.result() for future in futures]


def test_twelve_starts_at_once_make_one_customer_and_one_session(twin, member):
    seen = at_once(12, lambda n: start_plus(member))
    assert len(set(seen)) == 1
    assert isinstance(seen[0], str), seen[0]
    assert len(twin.every("customer")) == len(twin.every("checkout.session")) == Account.objects.count() == 1


def test_clicks_in_two_tabs_lead_to_the_same_page(twin, member):
    clients = [signed_in(member) for _ in range(4)]
    answers = at_once(4, lambda n: clients[n].post(reverse("billing:start")))
    assert {answer.status_code for answer in answers} == {302}
    assert len({answer["Location"] for answer in answers}) == 1


def test_ten_copies_of_an_event_change_things_once(twin, member):
    start_plus(member)
    twin.pay(account_of(member).checkout_id)
    (event,) = twin.take("invoice.paid")
    seen = at_once(10, lambda n: twin.post(event).status_code)
    assert seen == [200] * 10
    assert StripeEvent.objects.count() == Milestone.objects.count() == len(mail.outbox) == 1
    assert Account.objects.get().is_member


def test_ten_different_events_at_once_tell_of_the_start_once(twin, member):
    start_plus(member)
    twin.pay(account_of(member).checkout_id)
    event = twin.take("invoice.paid")[0]
    copies = [event | {"id": f"evt_{n}"} for n in range(10)]
    assert at_once(10, lambda n: twin.post(copies[n]).status_code) == [200] * 10
    assert Milestone.objects.filter(kind="started").count() == len(mail.outbox) == 1
    assert StripeEvent.objects.count() == 10


def test_a_failed_copy_and_a_good_one_at_once_end_as_done(twin, member):
    start_plus(member)
    twin.pay(account_of(member).checkout_id)
    (event,) = twin.take("invoice.paid")
    twin.is_down = True
    assert twin.post(event).status_code == 500
    twin.is_down = False
    assert set(at_once(4, lambda n: twin.post(event).status_code)) == {200}
    assert StripeEvent.objects.get().status == "processed"
    assert Milestone.objects.count() == 1


def test_an_old_answer_never_overwrites_a_newer_one(twin, subscriber):
    """The first asks Stripe, and is held back with the answer `active` in its hands while the subscription ends and a
    second one is told so. Whoever asks before locking would now write `active` over `canceled`."""
    account = Account.objects.get()
    has_answer, may_go_on = threading.Event(), threading.Event()
    first = threading.Event()

    def hold_back(method, path):
        if path == "/v1/subscriptions" and not first.is_set():
            first.set()
            has_answer.set()
            assert may_go_on.wait(20)

    twin.before_answer = hold_back

    def run(what):
        try:
            what()
        finally:
            connection.close()

    slow = threading.Thread(target=run, args=[lambda: sync(account.pk)])
    slow.start()
    assert has_answer.wait(20)
    happenings.stripe_gives_up(twin, twin.only_subscription())
    event = as_event(twin.take("customer.subscription.deleted")[0])
    fast = threading.Thread(target=run, args=[lambda: deliveries.receive(event)])
    fast.start()
    fast.join(1.0)  # it must wait for the lock that the first holds
    assert fast.is_alive(), "the second did not wait: it asked and wrote while the first was under way"
    may_go_on.set()
    slow.join(20)
    fast.join(20)
    account.refresh_from_db()
    assert (account.status, account.is_member) == ("canceled", False)


def test_who_waits_too_long_for_another_click_is_told_to_come_back(twin, subscriber):
    """Stripe is slow, and the first request holds the row: the second must not end as an error of ours."""
    held, release = threading.Event(), threading.Event()

    def hold_back(method, path):
        if path == "/v1/subscriptions" and not held.is_set():
            held.set()
            assert release.wait(20)

    twin.before_answer = hold_back
    (event,) = [one for one in twin.every("event") if one["type"] == "invoice.paid"]
    thread = threading.Thread(target=lambda: at_once(1, lambda n: sync(Account.objects.get().pk)))
    thread.start()
    assert held.wait(20)
    try:
        with connection.cursor() as cursor:
            cursor.execute("SET lock_timeout = '200ms'")
        client = signed_in(subscriber)
        for name in ("billing:start", "billing:cancel", "billing:keep"):
            assert client.post(reverse(name)).status_code == 503, name
        assert client.get(reverse("billing:done")).status_code == 200
        assert twin.post(event | {"id": "evt_late"}).status_code == 500
        assert StripeEvent.objects.get(pk="evt_late").status == "failed"
        assert [found.error for found in reconcile()] == ["another request holds this account"]
    finally:
        release.set()
        thread.join(20)
        connection.close()


def test_twelve_starts_at_once_leave_another_world_once(twin, member):
    Account.objects.create(user=member, world="sandbox", customer_id="cus_old")
    seen = at_once(12, lambda n: start_plus(member))
    assert len(set(seen)) == 1, seen
    assert isinstance(seen[0], str), seen[0]
    assert len(twin.every("customer")) == 1
    assert Account.objects.count() == 2


def test_people_do_not_wait_for_each_other(twin, subscriber):
    """The lock is of one account: another person's start goes through while it is held."""
    other = make_user("other@example.org")
    held, release = threading.Event(), threading.Event()

    def hold_back(method, path):
        if path == "/v1/subscriptions" and not held.is_set():
            held.set()
            assert release.wait(20)

    twin.before_answer = hold_back

    def slow():
        try:
            sync(Account.objects.get(user=subscriber).pk)
        finally:
            connection.close()

    thread = threading.Thread(target=slow)
    thread.start()
    assert held.wait(20)
    try:
        assert start_plus(other).startswith("https://stripe.example/")
    finally:
        release.set()
        thread.join(20)
