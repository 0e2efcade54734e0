"""The table of plans: what is sold works, what does not exist yet is named nowhere, and everybody reads the same table."""

import pytest
from django.test import Client
from django.urls import reverse

from accounts.tests.factories import make_user, signed_in
from billing import entitlements, pages, plans
from billing.models import Account
from billing.plans import AVAILABLE, CATALOGUE, LIMITS, Feature, Plan, amount_in_words
from billing.selling import account_of, start_plus
from billing.tests.test_entitlements import account, grant

pytestmark = pytest.mark.django_db

# Every feature of Plus that is sold has a test that fails without its gate. To switch a feature on, add it here.
GATES = {Feature.AD_FREE: "ads/tests/test_plus_sees_no_ads.py", Feature.DAILY_ALERTS: "alerts/tests/pages/test_asking.py"}

# Of the seed's box: 4 lines of Free and 6 of Plus.
OF_THE_BOX = {
    Plan.FREE: {Feature.JOBS, Feature.EVERY_DEVICE, Feature.WEEKLY_ALERTS, Feature.BOOKMARKS, Feature.APPLICATIONS},
    Plan.PLUS: {
        Feature.AD_FREE,
        Feature.DAILY_ALERTS,
        Feature.CONSULTANT,
        Feature.AI_ADVICE,
        Feature.FEATURED_RESUME,
        Feature.RESUME_ADDRESS,
    },
}


def pricing(client=None):
    return (client or Client()).get(reverse("billing:pricing")).content.decode()


def test_every_feature_stands_in_the_table_once():
    assert sorted(line.feature for line in CATALOGUE) == sorted(Feature)


def test_the_table_holds_what_was_asked_for():
    assert {line.feature for line in CATALOGUE if line.free is not False} >= OF_THE_BOX[Plan.FREE]
    assert {line.feature for line in CATALOGUE if line.free is False} == OF_THE_BOX[Plan.PLUS]


def test_plus_has_everything_that_free_has():
    assert plans.features_of(Plan.FREE) < plans.features_of(Plan.PLUS)
    assert all(line.plus is not False for line in CATALOGUE)


def test_a_feature_without_a_room_is_sold_nowhere():
    absent = [line for line in CATALOGUE if line.feature not in AVAILABLE]
    assert absent
    text = pricing()
    for line in absent:
        assert line.name not in text
        assert line.label not in text
        assert line.feature not in plans.features_of(Plan.PLUS)
    assert not any(line.name.lower() in plans.in_words(plans.added_by_plus()) for line in absent)


def test_what_is_there_stands_on_the_page_in_both_columns():
    text = pricing()
    for line in plans.catalogue():
        assert line.label in text
        assert line.name in text


def test_each_feature_of_plus_that_is_sold_has_its_gate_test():
    from tests.source import ROOT

    sold = {line.feature for line in plans.added_by_plus()}
    assert set(GATES) == sold
    assert all((ROOT / path).exists() for path in GATES.values())


def test_switching_a_feature_on_is_one_line(monkeypatch, member):
    grant(member)
    monkeypatch.setattr(plans, "AVAILABLE", AVAILABLE | {Feature.DAILY_ALERTS, Feature.AI_ADVICE})
    assert entitlements.has(member, Feature.DAILY_ALERTS)
    assert entitlements.limit(member, plans.Limit.AI_ANSWERS_A_MONTH) == 30
    text = pricing()
    assert "Daily job alerts" in text
    assert "30 answers a month" in text
    assert "Plus adds daily job alerts, AI advice and pages without ads" in text


def test_limits_belong_to_a_feature_and_are_nothing_without_it():
    for limit, (feature, values) in LIMITS.items():
        assert set(values) == set(Plan)
        assert all(value >= 0 for value in values.values())
        expected = values[Plan.PLUS] if feature in AVAILABLE else 0
        assert plans.limit_of(Plan.PLUS, limit) == expected


@pytest.mark.parametrize(
    ("amount", "currency", "words"),
    [(800, "usd", "$8"), (850, "usd", "$8.50"), (805, "usd", "$8.05"), (100_000, "eur", "€1,000"), (0, "usd", "$0"), (900, "chf", "CHF 9")],
)
def test_amounts_are_hundredths(amount, currency, words):
    assert amount_in_words(amount, currency) == words


# --- the page ------------------------------------------------------------------------------------
def test_the_page_says_price_period_renewal_and_the_way_out_next_to_the_button(twin):
    text = pricing()
    for words in ("$0", "$8", "a month, before tax", "cancel any time", "until you cancel", "Two clicks to cancel"):
        assert words in text, words
    assert "No trial that turns into a charge" in text


def test_both_plans_have_the_same_shape(twin):
    text = pricing()
    for words in ('class="plan"', 'class="plan plan--plus"'):
        assert text.count(words) == 1
    assert text.count('class="price"') == 2
    assert text.count('class="ticks"') == 2
    assert "<s>" not in text  # no struck prices
    assert "checked" not in text.partition("Theme")[0]  # nothing preselected


@pytest.mark.parametrize("state", ["visitor", "free", "plus", "ending", "past_due", "closed"])
def test_the_button_says_what_this_reader_can_do(state, request, twin, settings):
    if state == "visitor":
        text = pricing()
        assert f"{reverse('account_signup')}?next={reverse('billing:pricing')}" in text
        assert reverse("billing:start") not in text
        return
    user = make_user("reader@example.org")
    if state == "closed":
        settings.STRIPE_SECRET_KEY = settings.STRIPE_MODE = ""
        assert "Plus cannot be bought here yet" in pricing(signed_in(user))
        return
    if state != "free":
        found = account(user, status="past_due" if state == "past_due" else "active")
        if state == "ending":
            found.ends_at, found.amount, found.currency = found.paid_through, 500, "usd"
            found.save()
    text = pricing(signed_in(user))
    expected = {
        "free": ("Start Plus, $8 a month", reverse("billing:start")),
        "plus": ("Manage Plus", reverse("billing:account")),
        "ending": ("Keep Plus, $5 a month", reverse("billing:keep")),
        "past_due": ("See what is due", reverse("billing:account")),
    }[state]
    assert all(words in text for words in expected), expected


# --- how many ------------------------------------------------------------------------------------
def test_the_number_of_members_is_counted_and_hidden_while_it_is_small(test_mode, settings):
    settings.BILLING_COUNT_FROM = 3
    for n in range(2):
        account(make_user(f"payer{n}@example.org"))
    grant(make_user("guest@example.org"))  # does not pay
    account(make_user("elsewhere@example.org"), world="live")
    assert pages.member_count() is None
    assert "people pay for Plus today" not in pricing()


def test_from_the_threshold_on_it_is_told(test_mode, settings):
    settings.BILLING_COUNT_FROM = 3
    for n in range(3):
        account(make_user(f"payer{n}@example.org"))
    assert "3 people pay for Plus today" in pricing()


def test_it_is_counted_at_most_every_ten_minutes(test_mode, settings, django_assert_num_queries):
    settings.BILLING_COUNT_FROM = 0
    with django_assert_num_queries(1):
        assert pages.member_count() == 0
        assert pages.member_count() == 0
    account(make_user("payer@example.org"))
    assert pages.member_count() == 0


def test_a_member_of_yesterday_is_not_counted(twin, member, settings):
    settings.BILLING_COUNT_FROM = 0
    start_plus(member)
    assert pages.member_count() == 0
    twin.pay(account_of(member).checkout_id)
    twin.deliver_all()
    assert Account.objects.members().count() == 1
