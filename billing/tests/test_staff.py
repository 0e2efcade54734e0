"""Staff: accounts and events to look at, Plus to give away, and the page of members and revenue."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.contrib.admin.models import LogEntry
from django.contrib.admin.utils import quote
from django.contrib.auth.models import Permission
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from accounts.tests.factories import make_user, signed_in
from billing import entitlements, figures
from billing.models import Account, Grant, Milestone, StripeEvent
from billing.plans import Feature
from billing.sandbox import happenings
from billing.selling import start_plus
from billing.tests.test_entitlements import account, grant

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin(db):
    return make_user("admin@example.org", is_staff=True, is_superuser=True)


@pytest.fixture
def desk(admin):
    return signed_in(admin)


def give(desk, **fields):
    last = (timezone.now() + timedelta(days=30)).date().isoformat()
    return desk.post(reverse("admin:billing_grant_add"), {"email": "member@example.org", "until": last, "reason": "A thank-you"} | fields)


# --- gifts ---------------------------------------------------------------------------------------
def test_staff_give_plus_until_the_end_of_a_day_and_it_is_known_who_did(desk, admin, member):
    assert give(desk).status_code == 302
    found = Grant.objects.get()
    assert (found.granted_by, found.reason, found.account.user) == (admin, "A thank-you", member)
    assert (found.until.hour, found.until.minute) == (23, 59)
    assert entitlements.has(member, Feature.AD_FREE)
    assert LogEntry.objects.filter(object_id=str(found.pk), user=admin).exists()


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"email": "nobody@example.org"}, "Nobody has an account"),
        ({"email": "not an address"}, "Enter a valid email address"),
        ({"until": "2020-01-01"}, "later date"),
        ({"until": "soon"}, "Enter a valid date"),
        ({"reason": ""}, "required"),
    ],
)
def test_a_gift_that_cannot_be_is_explained_beside_the_field(fields, words, desk, member):
    answer = give(desk, **fields)
    assert answer.status_code == 200
    assert words in answer.content.decode()
    assert not Grant.objects.exists()


def test_staff_revoke_and_it_is_known_who_did(desk, admin, member):
    give(desk)
    found = Grant.objects.get()
    desk.post(reverse("admin:billing_grant_changelist"), {"action": "revoke", "_selected_action": [found.pk]})
    found.refresh_from_db()
    assert found.revoked_at
    assert found.revoked_by == admin
    assert not entitlements.has(member, Feature.AD_FREE)
    assert LogEntry.objects.filter(object_id=str(found.pk), change_message__contains="Revoked").exists()
    when = found.revoked_at
    desk.post(reverse("admin:billing_grant_changelist"), {"action": "revoke", "_selected_action": [found.pk]})
    found.refresh_from_db()
    assert found.revoked_at == when


def test_what_was_given_cannot_be_changed_or_deleted(desk, member):
    give(desk)
    found = Grant.objects.get()
    assert desk.post(reverse("admin:billing_grant_change", args=[found.pk]), {"reason": "Another"}).status_code == 403
    assert desk.post(reverse("admin:billing_grant_delete", args=[found.pk]), {"post": "yes"}).status_code == 403
    desk.post(reverse("admin:billing_grant_changelist"), {"action": "delete_selected", "_selected_action": [found.pk], "post": "yes"})
    assert Grant.objects.get().reason == "A thank-you"


def test_the_database_refuses_a_gift_without_a_reason_or_an_end(member):
    holder = Account.objects.create(user=member, world="live")
    for wrong in (
        {"reason": "", "until": timezone.now() + timedelta(days=1)},
        {"reason": "x", "until": timezone.now() - timedelta(days=1)},
    ):
        with pytest.raises(ValidationError):
            Grant(account=holder, granted_at=timezone.now(), **wrong).full_clean(exclude=["granted_by", "revoked_by"])


# --- accounts and events -------------------------------------------------------------------------
def test_accounts_are_shown_with_state_and_the_way_to_stripe(desk, subscriber):
    page = desk.get(reverse("admin:billing_account_changelist")).content.decode()
    found = Account.objects.get()
    assert "member@example.org" in page
    assert f"https://dashboard.stripe.com/test/customers/{found.customer_id}" in page
    assert "$8" in page
    detail = desk.get(reverse("admin:billing_account_change", args=[found.pk])).content.decode()
    assert "Plus started" in detail


def test_staff_change_nothing_of_an_account_by_hand(desk, subscriber):
    found = Account.objects.get()
    assert desk.post(reverse("admin:billing_account_change", args=[found.pk]), {"plan": "free"}).status_code == 403
    assert desk.post(reverse("admin:billing_account_delete", args=[found.pk]), {"post": "yes"}).status_code == 403
    assert desk.get(reverse("admin:billing_account_add")).status_code == 403
    assert Account.objects.get().is_member


def test_staff_bring_an_account_up_to_date(desk, twin, subscriber):
    happenings.stripe_gives_up(twin, twin.only_subscription())
    twin.take()
    chosen = {"action": "bring_up_to_date", "_selected_action": [Account.objects.get().pk]}
    page = desk.post(reverse("admin:billing_account_changelist"), chosen, follow=True).content.decode()
    assert "1 brought up to date" in page
    assert not Account.objects.get().is_member
    twin.is_down = True
    page = desk.post(reverse("admin:billing_account_changelist"), chosen, follow=True).content.decode()
    assert "0 brought up to date" in page
    assert "APIConnectionError" in page


@pytest.mark.parametrize("state", ["member", "grace", "ending", "twice", "disputed"])
def test_accounts_can_be_found_by_what_is_wrong_with_them(state, desk, test_mode):
    now = timezone.now()
    fields = {
        "member": {},
        "grace": {"status": "past_due"},
        "ending": {"ends_at": now + timedelta(days=3)},
        "twice": {"live_subscriptions": 2},
        "disputed": {"disputed_at": now},
    }[state]
    account(make_user("this-one@example.org"), **fields)
    account(make_user("not-this@example.org"), is_member=False, status="canceled")
    page = desk.get(reverse("admin:billing_account_changelist") + f"?state={state}").content.decode()
    assert "this-one@example.org" in page
    assert "not-this@example.org" not in page


def test_staff_settle_a_dispute_and_the_person_can_subscribe_again(desk, twin, subscriber):
    twin.happen("dispute")
    twin.deliver_all()
    chosen = {"action": "settle_dispute", "_selected_action": [Account.objects.get().pk]}
    watcher = make_user("watcher@example.org", is_staff=True)
    watcher.user_permissions.add(Permission.objects.get(codename="view_account", content_type__app_label="billing"))
    signed_in(watcher).post(reverse("admin:billing_account_changelist"), chosen)
    assert Account.objects.get().disputed_at
    desk.post(reverse("admin:billing_account_changelist"), chosen)
    assert Account.objects.get().disputed_at is None
    assert LogEntry.objects.filter(change_message__contains="settled").count() == 1
    assert start_plus(subscriber).startswith("https://stripe.example/")


def test_events_are_shown_with_what_became_of_them(desk, twin, subscriber):
    page = desk.get(reverse("admin:billing_stripeevent_changelist")).content.decode()
    assert page.count("evt_") >= StripeEvent.objects.count() == 3
    event = StripeEvent.objects.first()
    assert event.type in desk.get(reverse("admin:billing_stripeevent_change", args=[quote(event.pk)])).content.decode()


def test_lists_cost_the_same_at_twice_the_rows(desk, test_mode):
    def cost(name):
        with CaptureQueriesContext(connection) as captured:
            assert desk.get(reverse(name)).status_code == 200
        return len(captured)

    names = ("admin:billing_account_changelist", "admin:billing_grant_changelist", "admin:billing_members")
    for n in range(3):
        account(make_user(f"a{n}@example.org"))
        grant(make_user(f"g{n}@example.org"), granted_by=User.objects.first())
    before = [cost(name) for name in names]
    for n in range(3, 6):
        account(make_user(f"a{n}@example.org"))
        grant(make_user(f"g{n}@example.org"), granted_by=User.objects.last())
    assert [cost(name) for name in names] == before


# --- deleting people -----------------------------------------------------------------------------
def test_deleting_a_person_ends_the_subscription_first(desk, twin, subscriber):
    where = reverse("admin:accounts_user_delete", args=[subscriber.pk])
    assert desk.get(where).status_code == 200
    assert twin.only_subscription()["status"] == "active"
    desk.post(where, {"post": "yes"})
    assert not User.objects.filter(pk=subscriber.pk).exists()
    assert twin.only_subscription()["status"] == "canceled"


def test_a_deletion_that_is_refused_ends_nothing(twin, subscriber):
    helper = make_user("helper@example.org", is_staff=True)
    helper.user_permissions.set(Permission.objects.filter(codename__in=["view_user", "delete_user"]))
    answer = signed_in(helper).post(reverse("admin:accounts_user_delete", args=[subscriber.pk]), {"post": "yes"})
    assert answer.status_code == 403
    assert twin.only_subscription()["status"] == "active"
    assert Account.objects.get(user=subscriber).is_member


def test_a_person_stays_while_the_subscription_cannot_be_ended(desk, twin, subscriber):
    twin.is_down = True
    answer = desk.post(reverse("admin:accounts_user_delete", args=[subscriber.pk]), {"post": "yes"}, follow=True)
    assert "Not deleted" in answer.content.decode()
    assert User.objects.filter(pk=subscriber.pk).exists()
    page = desk.get(reverse("admin:accounts_user_changelist")).content.decode()
    assert "delete_selected" not in page


# --- members and revenue -------------------------------------------------------------------------
def milestone(kind, when, amount=800, **fields):
    holder = fields.pop("account", None) or Account.objects.create(world="test")
    return Milestone.objects.create(account=holder, kind=kind, at=when, amount=amount, currency="usd", **fields)


def test_revenue_adds_up_month_by_month(test_mode):
    for day in (datetime(2024, 3, 1, tzinfo=UTC), datetime(2026, 2, 3, tzinfo=UTC), datetime(2026, 2, 28, 23, 59, tzinfo=UTC)):
        milestone("started", day)
    milestone("ended", datetime(2026, 4, 1, tzinfo=UTC))
    milestone("payment_failed", datetime(2026, 4, 2, tzinfo=UTC))
    milestone("started", datetime(2026, 4, 30, tzinfo=UTC), amount=1000)
    milestone("started", datetime(2026, 4, 30, tzinfo=UTC), account=Account.objects.create(world="live"))
    months = figures.months(datetime(2026, 4, 30, tzinfo=UTC).date())
    assert [months[place].first.isoformat()[:7] for place in (0, 1, -1)] == ["2025-05", "2025-06", "2026-04"]
    by_month = {month.first.isoformat()[:7]: month for month in months}
    assert (by_month["2026-01"].members, by_month["2026-01"].revenue) == (1, 800)
    assert (by_month["2026-02"].started, by_month["2026-02"].members, by_month["2026-02"].revenue) == (2, 3, 2400)
    assert (by_month["2026-04"].started, by_month["2026-04"].ended, by_month["2026-04"].revenue) == (1, 1, 2600)


def test_a_month_is_the_same_for_staff_everywhere(test_mode):
    milestone("started", datetime(2026, 4, 30, 20, tzinfo=UTC))
    with timezone.override("Pacific/Kiritimati"):  # it is May there
        last = figures.months(datetime(2026, 4, 30, tzinfo=UTC).date())[-1]
    assert (last.started, last.members) == (1, 1)


def test_the_months_cross_the_turn_of_the_year(test_mode):
    months = figures.months(datetime(2026, 1, 15, tzinfo=UTC).date())
    assert [month.first.isoformat()[:7] for month in months] == [*(f"2025-{n:02d}" for n in range(2, 13)), "2026-01"]


def test_the_page_tells_the_state_of_today(desk, test_mode):
    now = timezone.now()
    account(make_user("a@example.org"), amount=800, currency="usd")
    account(make_user("b@example.org"), amount=500, currency="usd", status="past_due")
    account(make_user("c@example.org"), amount=800, currency="usd", ends_at=now + timedelta(days=3))
    account(make_user("d@example.org"), world="live", amount=800, currency="usd")
    grant(make_user("e@example.org"))
    page = figures.overview()
    assert (page.members, page.in_grace, page.ending, page.complimentary, page.revenue) == (3, 1, 1, 1, 2100)
    text = desk.get(reverse("admin:billing_members")).content.decode()
    assert "$21" in text
    assert "<svg" in text
    assert "style=" not in text


def test_a_whole_life_shows_in_the_drawing(desk, twin, subscriber):
    with time_machine.travel(Account.objects.get().paid_through + timedelta(days=20), tick=False):
        happenings.stripe_gives_up(twin, twin.only_subscription())
        twin.deliver_all()
        months = figures.overview().months
    assert sum(month.started for month in months) == sum(month.ended for month in months) == 1
    assert months[-1].revenue == 0
    assert max(month.revenue for month in months) == 800


def test_whoever_may_not_see_accounts_may_not_see_the_figures(test_mode):
    helper = make_user("helper@example.org", is_staff=True)
    assert signed_in(helper).get(reverse("admin:billing_members")).status_code == 403
