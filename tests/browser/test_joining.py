"""Coming in, by keyboard alone: sign-up with a code, and the ways to sign in."""

import re

from django.urls import reverse
from playwright.sync_api import expect

from accounts.models import User
from tests.browser.conftest import mailed_code
from tests.conftest import PASSWORD


def test_somebody_signs_up_with_an_email_address_and_a_code(visit):
    window = visit(timezone_id="Europe/Berlin")
    page = window.open("home")
    window.follow(page.get_by_role("banner").get_by_role("link", name="Create a free account"))
    window.type_into(page.get_by_label("Email address"), "keyboard@example.org")
    window.type_into(page.get_by_label("Password", exact=True), PASSWORD)
    with page.expect_navigation():
        window.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Check your email")
    window.type_into(page.get_by_label("Code"), mailed_code("keyboard@example.org"))
    with page.expect_navigation():
        window.press("Enter")
    expect(page).to_have_url(re.compile(reverse("accounts:dashboard") + "$"))
    assert User.objects.get(email="keyboard@example.org").time_zone == "Europe/Berlin"


def test_what_is_wrong_with_a_form_is_said_where_the_focus_is(visit):
    window = visit()
    window.allowed = {422}
    page = window.open("account_signup")
    window.type_into(page.get_by_label("Email address"), "not an address")
    with page.expect_navigation():
        window.press("Enter")
    summary = page.get_by_role("alert").first
    expect(summary).to_be_focused()
    expect(page).to_have_title(re.compile("^Error: "))
    expect(page.get_by_label("Email address")).to_have_value("not an address")
    link = summary.get_by_role("link").first
    window.reach(link)
    window.press("Enter")
    expect(page.get_by_label("Email address")).to_be_focused()


def test_somebody_signs_in_with_a_password_that_is_shown_on_request(visit, people):
    member = people.member()
    window = visit()
    page = window.open("account_login", query=f"?next={reverse('accounts:saved')}")
    window.type_into(page.get_by_label("Email address"), member.email)
    password = page.get_by_label("Password", exact=True)
    window.type_into(password, PASSWORD)
    window.reach(page.get_by_role("button", name="Show password"))
    window.press("Enter")
    expect(password).to_have_attribute("type", "text")
    window.follow(page.get_by_role("main").get_by_role("button", name="Sign in", exact=True))
    expect(page).to_have_url(re.compile(reverse("accounts:saved") + "$"))


def test_somebody_signs_in_with_a_code_and_out_again(visit, people):
    member = people.member()
    window = visit()
    page = window.open("account_login")
    window.follow(page.get_by_role("link", name="Email me a code"))
    window.type_into(page.get_by_label("Email address"), member.email)
    with page.expect_navigation():
        window.press("Enter")
    window.type_into(page.get_by_label("Code"), mailed_code(member.email))
    with page.expect_navigation():
        window.press("Enter")
    expect(page).to_have_url(re.compile(reverse("accounts:dashboard") + "$"))
    window.reach(page.locator("header summary", has_text="Account"))
    window.press("Enter")
    window.follow(page.get_by_role("banner").get_by_role("button", name="Sign out"))
    expect(page.get_by_role("banner").get_by_role("link", name="Sign in")).to_be_visible()


def test_somebody_adds_a_passkey_and_signs_in_with_it(visit, people):
    member = people.member()
    window = visit().be(member)
    devtools = window.context.new_cdp_session(window.page)
    devtools.send("WebAuthn.enable")
    device = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    devtools.send("WebAuthn.addVirtualAuthenticator", {"options": device})
    page = window.open("mfa_add_webauthn")
    window.type_into(page.get_by_label("Name"), "Laptop")
    expect(page.get_by_label("Sign in with this passkey alone")).to_be_checked()
    window.follow(page.get_by_role("button", name="Add a passkey"))
    window.open("mfa_list_webauthn")
    expect(page.get_by_role("main")).to_contain_text("Laptop")
    window.context.clear_cookies()
    window.open("account_login")
    window.reach(page.get_by_role("button", name="Use a passkey"))
    window.press("Enter")
    expect(page).to_have_url(re.compile(reverse("accounts:dashboard") + "$"))


def test_a_passkey_that_is_refused_is_said_and_nothing_breaks(visit, people):
    window = visit().be(people.member())
    page = window.open("mfa_add_webauthn")
    window.type_into(page.get_by_label("Name"), "Laptop")
    page.evaluate("() => { navigator.credentials.create = () => Promise.reject(new DOMException('no', 'NotAllowedError')); }")
    window.reach(page.get_by_role("button", name="Add a passkey"))
    window.press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("The passkey did not work")
