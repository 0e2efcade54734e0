"""Buying, failing, canceling and losing Plus on a newcomer's machine: real pages, real client, signed events, no money."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import PHONE, Visit
from tests.browser.newcomer import PASSWORD, newcomers_site
from tests.browser.test_accessibility import examine

GUIDE = "/guides/electrician/"
ADS = "[class~=ad]"


@pytest.fixture(scope="module")
def newcomers():
    with newcomers_site() as address:
        yield address


@pytest.fixture
def enter(browser, newcomers):
    """`enter(name)`: a window of one of the demonstration accounts."""
    opened = []

    def signed_in(name, **options):
        window = Visit(browser, newcomers, **options)
        opened.append(window)
        window.page.goto("/sign-in/")
        window.page.get_by_label("Email address").fill(f"{name}@waymark.example")
        window.page.get_by_label("Password", exact=True).fill(PASSWORD)
        window.page.get_by_role("main").get_by_role("button", name="Sign in", exact=True).click()
        expect(window.page).to_have_url(re.compile("/dashboard/$"))
        return window

    yield signed_in
    while opened:
        opened.pop().close()


def plan(page):
    page.goto("/account/billing/")
    return page.locator("dl.summary > div", has_text="Plan").first.locator("dd").first.inner_text()


def portal(page):
    page.goto("/account/billing/")
    page.get_by_role("button", name="Open receipts and payment method").click()
    expect(page.get_by_text("No money moves.")).to_be_visible()


def subscribe(page):
    page.goto("/account/billing/")
    page.get_by_role("button", name="Start Plus").click()
    page.get_by_role("button", name=re.compile("^Pay \\$8")).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("You have Plus")


def end_whatever_runs(page):
    """Leave the account on Free for the next journey."""
    page.goto("/account/billing/")
    if page.get_by_role("link", name=re.compile("^Cancel")).count():
        page.get_by_role("link", name=re.compile("^Cancel")).click()
        page.get_by_role("button", name="Cancel Plus").click()
    if page.get_by_role("button", name="Keep Plus").count():
        portal(page)
        page.get_by_role("button", name="Let the paid month pass").click()


@pytest.mark.parametrize("options", [{}, {"viewport": PHONE}, {"java_script_enabled": False}], ids=["wide", "phone", "no scripts"])
def test_from_free_to_plus_and_back_with_nothing_lost(options, enter):
    window = enter("free", **options)
    page = window.page
    end_whatever_runs(page)
    page.goto(GUIDE)
    assert page.locator(ADS).count() >= 2
    if page.get_by_role("button", name="Save guide").count():
        page.get_by_role("button", name="Save guide").first.click()

    # To Plus: pricing, checkout, paid
    page.goto("/pricing/")
    page.get_by_role("button", name="Start Plus, $8 a month").click()
    expect(page.get_by_text("No money moves.")).to_be_visible()
    page.get_by_role("button", name="Let the payment be declined").click()
    expect(page.get_by_text("The payment was declined")).to_be_visible()
    page.get_by_role("button", name=re.compile("^Pay \\$8")).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("You have Plus")
    assert plan(page) == "Plus"
    page.goto(GUIDE)
    assert page.locator(ADS).count() == 0
    assert "ads" not in " ".join(script.get_attribute("src") for script in page.locator("script[src]").all())

    # Leaving: two clicks, and still Plus until the date
    page.goto("/account/billing/")
    page.get_by_role("link", name="Cancel Plus").click()
    page.get_by_role("button", name="Cancel Plus").click()
    expect(page.get_by_text("Nothing else changes today.")).to_be_visible()
    assert plan(page) == "Plus"
    page.goto(GUIDE)
    assert page.locator(ADS).count() == 0
    expect(page.get_by_role("complementary", name="Your plan")).to_contain_text("You have Plus until")

    # The paid month passes
    portal(page)
    page.get_by_role("button", name="Let the paid month pass").click()
    page.get_by_role("link", name="Return to Waymark").click()
    assert plan(page) == "Free"
    page.goto(GUIDE)
    assert page.locator(ADS).count() >= 2
    page.goto("/saved/")
    expect(page.get_by_role("link", name="Electrician").first).to_be_visible()


def test_a_payment_fails_is_paid_and_renews(enter):
    page = enter("consultant").page
    subscribe(page)
    portal(page)
    page.get_by_role("button", name="Let the next payment fail").click()
    page.get_by_role("link", name="Return to Waymark").click()
    expect(page.get_by_role("alert")).to_contain_text("Your last payment did not go through")
    assert plan(page) == "Plus"
    page.get_by_role("button", name="Pay or change payment method").click()
    page.get_by_role("button", name="Pay what is due").click()
    page.get_by_role("link", name="Return to Waymark").click()
    expect(page.get_by_role("alert")).to_have_count(0)
    portal(page)
    page.get_by_role("button", name="Let the paid month pass").click()
    page.get_by_role("link", name="Return to Waymark").click()
    assert plan(page) == "Plus"
    end_whatever_runs(page)


def test_somebody_cancels_in_the_portal_and_takes_it_back_by_keyboard(enter):
    window = enter("editor")
    page = window.page
    subscribe(page)
    portal(page)
    window.follow(page.get_by_role("button", name="Cancel at the end of the month"))
    window.follow(page.get_by_role("link", name="Return to Waymark"))
    expect(page.locator("dl.summary")).to_contain_text("Plus ends")
    window.follow(page.get_by_role("button", name=re.compile("^Keep Plus")))
    expect(page.get_by_text("You keep Plus")).to_be_visible()
    expect(page.locator("dl.summary")).to_contain_text("Next payment")
    end_whatever_runs(page)


def test_the_demonstration_has_plus_from_the_start(enter):
    page = enter("plus").page
    assert plan(page) == "Plus"
    page.goto(GUIDE)
    assert page.locator(ADS).count() == 0


def test_a_strangers_session_is_not_found(enter):
    first, second = enter("editor"), enter("consultant")
    first.page.goto("/account/billing/")
    first.page.get_by_role("button", name="Start Plus").click()
    address = first.page.url
    assert "/sandbox/checkout/" in address
    second.allowed = {404}
    second.page.goto(address)
    expect(second.page.get_by_role("heading", level=1)).not_to_have_text("Subscribe to Plus")
    first.page.get_by_role("button", name="Back without paying").click()
    expect(first.page).to_have_url(re.compile("/pricing/$"))


def test_pages_about_money_have_no_accessibility_findings(enter):
    window = enter("admin")
    page = window.page
    wrong = examine(window, ["/pricing/", "/account/billing/"])
    page.get_by_role("button", name="Start Plus").click()
    wrong += examine(window, [page.url])
    page.get_by_role("button", name=re.compile("^Pay \\$8")).click()
    wrong += examine(window, [page.url, "/account/billing/", "/account/billing/cancel/", GUIDE])
    portal(page)
    here = page.url
    wrong += examine(window, [here])
    page.get_by_role("button", name="Let the next payment fail").click()
    wrong += examine(window, [here, "/account/billing/", "/pricing/"])
    end_whatever_runs(page)
    wrong += examine(window, ["/account/billing/"])
    assert not wrong, "\n".join(dict.fromkeys(wrong))
