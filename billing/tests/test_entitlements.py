"""Who may use what: one question, one query, and Free for whoever is unknown."""

import json
import re
from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import HttpResponse
from django.template import Context, Template
from django.template.loader import get_template
from django.test import RequestFactory
from django.utils import timezone
from django_htmx.middleware import HtmxDetails

from accounts.tests.factories import make_user
from billing import entitlements, plans
from billing.context import Entitled
from billing.middleware import OfferUpgrade
from billing.models import Account, Grant
from billing.plans import Feature, Limit, Plan

pytestmark = pytest.mark.django_db
PLUS_ONLY = Feature.AD_FREE


def account(user, **fields):
    now = timezone.now()
    paid = {
        "world": "test",
        "customer_id": f"cus_{user.pk}",
        "subscription_id": f"sub_{user.pk}",
        "status": "active",
        "plan": "plus",
        "period_start": now - timedelta(days=10),
        "paid_through": now + timedelta(days=20),
        "is_member": True,
    }
    return Account.objects.create(user=user, **paid | fields)


def grant(user, *, until=timedelta(days=5), **fields):
    found, _ = Account.objects.get_or_create(user=user, defaults={"world": "live"})
    return Grant.objects.create(account=found, until=timezone.now() + until, reason="a thank-you", **fields)


def test_visitors_and_people_without_an_account_are_on_free(member, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert entitlements.plan_of(AnonymousUser()) is Plan.FREE
        assert not entitlements.has(AnonymousUser(), PLUS_ONLY)
    assert entitlements.plan_of(member) is Plan.FREE
    assert entitlements.has(member, Feature.GUIDES)
    assert not entitlements.has(member, PLUS_ONLY)


def test_one_question_costs_one_query_and_more_cost_no_more(member, test_mode, django_assert_num_queries):
    account(member)
    grant(member)
    with django_assert_num_queries(1):
        assert entitlements.has(member, PLUS_ONLY)
        assert entitlements.plan_of(member) is Plan.PLUS
        assert entitlements.standing(member).until
        assert entitlements.limit(member, Limit.AI_ANSWERS_A_MONTH) == 0  # its room is not there yet


def test_a_row_of_another_world_counts_for_nothing(member, test_mode):
    for world in ("live", "sandbox"):
        Account.objects.all().delete()
        account(member, world=world)
        entitlements.forget(member)
        assert not entitlements.has(member, PLUS_ONLY)


def test_where_billing_is_off_everybody_is_on_free(member):
    account(member, world="live")
    assert not entitlements.has(member, PLUS_ONLY)


def test_a_development_database_gives_nobody_plus_in_production(member, settings):
    account(member, world="sandbox")
    settings.STRIPE_SECRET_KEY, settings.STRIPE_MODE = "sk_live_1", "live"
    assert not entitlements.has(member, PLUS_ONLY)


@pytest.mark.parametrize("missing", ["paid_through", "period_start"])
def test_a_row_without_its_dates_gives_nothing(missing, member, test_mode):
    account(member, status="active" if missing == "paid_through" else "past_due", **{missing: None})
    assert not entitlements.has(member, PLUS_ONLY)


def test_a_trial_ends_with_its_last_day(member, test_mode):
    account(member, status="trialing", paid_through=timezone.now() - timedelta(seconds=1))
    assert not entitlements.has(member, PLUS_ONLY)


# --- complimentary -------------------------------------------------------------------------------
def test_staff_can_give_plus_until_a_date(member, settings):
    grant(member)
    assert entitlements.has(member, PLUS_ONLY)  # also where nothing is sold
    assert entitlements.standing(member).why == "granted"


def test_a_gift_that_is_over_or_revoked_gives_nothing(member):
    found = grant(member)
    Grant.objects.update(revoked_at=timezone.now())
    assert not entitlements.has(member, PLUS_ONLY)
    Grant.objects.update(revoked_at=None, granted_at=timezone.now() - timedelta(days=9), until=timezone.now() - timedelta(seconds=1))
    entitlements.forget(member)
    assert not entitlements.has(member, PLUS_ONLY)
    assert found.account.grants.count() == 1


def test_the_longest_of_several_gifts_counts(member):
    grant(member, until=timedelta(days=2))
    last = grant(member, until=timedelta(days=9))
    grant(member, until=timedelta(days=30), revoked_at=timezone.now())
    assert entitlements.standing(member).until == last.until


def test_a_gift_is_no_reason_to_hide_a_subscription(member, test_mode):
    account(member, status="past_due")
    grant(member, until=timedelta(days=60))
    assert entitlements.standing(member).why == "past_due"
    Account.objects.update(status="unpaid", is_member=False)
    entitlements.forget(member)
    found = entitlements.standing(member)
    assert (found.why, found.plan) == ("stopped", Plan.PLUS)


# --- gates ---------------------------------------------------------------------------------------
def make_request(user, **headers):
    request = RequestFactory(headers=headers).get("/")
    request.user = user
    request.htmx = HtmxDetails(request)
    request.resolver_match = None
    return request


@entitlements.requires(PLUS_ONLY)
def only_plus(request, word):
    return HttpResponse(word)


def answer(request):
    """As the middleware stack would: the exception becomes the page."""
    try:
        return only_plus(request, "hello")
    except entitlements.UpgradeRequired as missing:
        return OfferUpgrade(lambda request: HttpResponse()).process_exception(request, missing)


def test_whoever_has_the_feature_passes_the_gate(member):
    grant(member)
    assert answer(make_request(member)).content == b"hello"


def test_whoever_lacks_it_gets_the_upgrade_page_with_price_and_way_out(member):
    page = answer(make_request(member))
    text = page.content.decode()
    assert page.status_code == 402
    assert "Pages without ads is part of Plus" in text
    assert text.index("On Free you have") < text.index("Plus adds")
    assert "$8 a month" in text
    assert "cancel any time" in text
    assert "<!doctype html>" in text


def test_htmx_gets_the_fragment(member):
    part = answer(make_request(member, HX_Request="true"))
    text = part.content.decode()
    assert part.status_code == 402
    assert "is part of Plus" in text
    assert "<html" not in text
    assert "HX-Request" in part["Vary"]


def test_htmx_shows_the_fragment_in_place_of_what_it_asked_for():
    """By default htmx swaps nothing for a status of 400 and above; the first rule that fits a status counts."""
    config = json.loads(re.search(r"content='({.*?})'", get_template("components/htmx.html").render({}))[1])
    rule = next(rule for rule in config["responseHandling"] if re.fullmatch(rule["code"], "402"))
    assert rule["swap"] is True


def test_other_errors_are_none_of_its_business():
    assert OfferUpgrade(lambda request: HttpResponse()).process_exception(None, ValueError()) is None


def test_requiring_a_feature_stops_the_write_too(member):
    with pytest.raises(entitlements.UpgradeRequired):
        entitlements.require(member, PLUS_ONLY)
    grant(member)
    entitlements.forget(member)
    entitlements.require(member, PLUS_ONLY)


def test_templates_ask_by_the_name_of_the_feature(member, django_assert_num_queries):
    template = Template("{% if entitled.ad_free %}quiet{% else %}ads{% endif %}{% if entitled.ad_free %}!{% endif %}")
    assert template.render(Context({"entitled": Entitled(make_request(AnonymousUser()))})) == "ads"
    grant(member)
    with django_assert_num_queries(1):
        assert template.render(Context({"entitled": Entitled(make_request(member))})) == "quiet!"
    with pytest.raises(KeyError):
        Entitled(make_request(member))["add_free"]


def test_two_requests_do_not_share_an_answer(member):
    assert not entitlements.has(member, PLUS_ONLY)
    grant(member)
    assert not entitlements.has(member, PLUS_ONLY)  # within a request the answer stands
    assert entitlements.has(type(member).objects.get(pk=member.pk), PLUS_ONLY)


def test_a_deleted_person_leaves_no_plan_behind(test_mode):
    user = make_user("gone@example.org")
    account(user)
    user.delete()
    assert Account.objects.get().user is None
    assert not entitlements.has(make_user("gone@example.org"), PLUS_ONLY)
    assert plans.features_of(Plan.FREE) < plans.features_of(Plan.PLUS)
