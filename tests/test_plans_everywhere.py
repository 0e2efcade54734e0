"""Plans and money in the rest of the house: one question, no plan words, no call to Stripe, nothing secret on a page."""

import re

import pytest
from django.test import Client

from billing.plans import Feature
from billing.selling import account_of, start_plus
from billing.tests.conftest import test_mode, twin  # noqa: F401  fixtures
from billing.tests.stripe_twin import KEY, SECRETS
from tests.addresses import ENTRANCE_PAGES, PERSONAL_PAGES, PUBLIC_PAGES
from tests.source import imports, modules, strings, templates

# What other rooms may know of billing: the question, the table, the way out of it, and the demonstration.
OPEN_TO_ALL = {"billing.entitlements", "billing.plans", "billing.leaving", "billing.answers", "billing.demo", "billing.record"}
PLAN_WORDS = {"plus", "past_due", "trialing", "unpaid", "incomplete", "plus_monthly"}


def test_other_rooms_know_only_the_open_modules_of_billing():
    wrong = [
        str(found)
        for found in imports()
        if found.target.startswith("billing") and found.module.room != "billing" and found.target not in OPEN_TO_ALL
    ]
    assert not wrong, wrong


def test_no_plan_and_no_state_of_a_subscription_is_named_outside_billing():
    wrong = [
        f"{module.name}:{line} {text!r}"
        for module in modules().values()
        if module.room != "billing"
        for text, line in strings(module)
        if text in PLAN_WORDS
    ]
    assert not wrong, wrong


def test_templates_ask_for_features_that_exist():
    asked = {(name, word) for name, text in templates().items() for word in re.findall(r"\bentitled\.(\w+)", text)}
    assert asked
    assert {word for _, word in asked} <= {*Feature, "plan_name"}, asked


def test_only_templates_of_billing_look_into_somebodys_standing():
    wrong = [
        name
        for name, text in templates().items()
        if re.search(r"\bstanding\.|\bis_plus\b", text) and not name.startswith(("billing/", "sandbox/", "admin/billing/"))
    ]
    assert not wrong, wrong


@pytest.fixture
def paying(twin, cast, clients):  # noqa: F811
    """The member has Plus; the stranger is on Free."""
    start_plus(cast.member)
    twin.pay(account_of(cast.member).checkout_id)
    twin.deliver_all()
    return twin


def every_page(at, clients):
    for name in (*PUBLIC_PAGES, *ENTRANCE_PAGES):
        yield name, Client().get(at(name))
    for name in (*PUBLIC_PAGES, *PERSONAL_PAGES):
        for role in ("member", "stranger"):
            yield name, clients[role].get(at(name))
    for name in ("admin:index", "admin:billing_members", "admin:billing_account_changelist", "admin:billing_stripeevent_changelist"):
        yield name, clients["admin"].get(at(name))


@pytest.mark.django_db
def test_no_page_asks_stripe_anything_or_shows_a_secret(at, clients, paying):
    before = len(paying.calls)
    secret = re.compile("|".join(map(re.escape, (KEY, *SECRETS, "sk_test", "sk_live", "whsec_", "4242"))))
    for name, response in every_page(at, clients):
        assert response.status_code in {200, 302, 404}, name
        assert not secret.search(response.content.decode()), name
    assert len(paying.calls) == before


@pytest.mark.django_db
def test_every_page_works_in_every_state_of_a_plan(at, clients, paying, cast):
    from billing.models import Account

    for status in ("active", "past_due", "unpaid", "canceled", "word_of_2030"):
        Account.objects.update(status=status, is_member=False)
        for name in (*PUBLIC_PAGES, "billing:account", "accounts:account"):
            assert clients["member"].get(at(name)).status_code == 200, (status, name)
