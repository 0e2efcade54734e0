"""The same journeys with JavaScript off: every action is a link or a form."""

import re

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from tests.browser.conftest import mailed_code
from tests.conftest import PASSWORD


@pytest.fixture
def window(visit):
    return visit(java_script_enabled=False)


def test_sign_up_find_save_note_remove_and_undo(window):
    page = window.open("home")
    page.get_by_label("What would you like to do?").fill("electrican")
    page.get_by_role("button", name="Find career guides").click()
    page.get_by_role("main").get_by_role("link", name="Electrician", exact=True).click()
    page.get_by_role("main").get_by_role("link", name="Save guide").first.click()
    page.get_by_role("main").get_by_role("link", name="Create a free account").click()
    page.get_by_label("Email address").fill("plain@example.org")
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Create account").click()
    page.get_by_label("Code").fill(mailed_code("plain@example.org"))
    page.get_by_role("button", name="Confirm").click()
    expect(page).to_have_url(re.compile(reverse("careers:guide", args=["electrician"])))
    expect(page.get_by_role("status").filter(has_text="Saved")).to_be_visible()
    page.get_by_role("main").get_by_role("button", name="Saved", exact=True).first.click()
    expect(page.get_by_role("status").filter(has_text="Removed")).to_be_visible()
    page.get_by_role("status").get_by_role("link", name="Undo").click()
    page.get_by_role("button", name="Undo").click()
    page.locator("summary", has_text="Add a note").click()
    page.get_by_label("Your note on Electrician").fill("Call on Monday.")
    page.get_by_role("button", name="Save note and labels of Electrician").click()
    expect(page.get_by_label("Your note on Electrician")).to_have_value("Call on Monday.")
    page.get_by_role("button", name="Remove Electrician").click()
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_label("Your note on Electrician")).to_have_value("Call on Monday.")


def test_filters_and_order(window):
    page = window.open("careers:guide_list")
    everything = page.locator("#count-words").inner_text()
    page.get_by_role("group", name="Demand").get_by_role("checkbox").first.check()
    page.get_by_label("Sort by").select_option("pay")
    page.get_by_role("button", name="Apply", exact=False).first.click()
    expect(page).to_have_url(re.compile(r"demand=.*sort=pay|sort=pay.*demand="))
    expect(page.locator("#count-words")).not_to_have_text(everything)
    page.get_by_role("link", name="Remove filter:").first.click()
    expect(page.locator("#count-words")).to_have_text(everything)


def test_compare_from_the_start_page(window):
    page = window.open("home")
    page.get_by_label("First career").select_option("electrician")
    page.get_by_label("Second career").select_option("web-developer")
    page.get_by_role("button", name="Compare").click()
    expect(page).to_have_url(re.compile(reverse("careers:compare_guides", args=["electrician-vs-web-developer"])))


def test_the_choice_of_a_theme(window):
    page = window.open("about")
    page.get_by_role("contentinfo").get_by_label("Dark").check()
    page.get_by_role("button", name="Use this theme").click()
    expect(page).to_have_url(re.compile(reverse("about") + "$"))
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")


def test_menus_and_answers_of_a_guide(window):
    window.page.set_viewport_size({"width": 360, "height": 740})
    page = window.open("careers:guide", "electrician")
    for button in page.locator("[data-js]:visible, [data-copy]:visible, [data-print]:visible, [data-share]:visible").all():
        pytest.fail(f"shown, but does nothing without scripts: {button.inner_text()}")
    page.get_by_role("button", name="Menu").click()
    page.locator("#site-nav").get_by_role("link", name="Compare").click()
    expect(page).to_have_url(re.compile(reverse("careers:compare") + "$"))


def test_signing_in_and_out(window, people):
    member = people.member()
    page = window.open("account_login")
    page.get_by_label("Email address").fill(member.email)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("main").get_by_role("button", name="Sign in", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(f"Hello, {member.display_name}")
    window.open("accounts:account")
    expect(page.get_by_role("button", name="Use a passkey")).to_have_count(0)
    page.get_by_role("main").get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("banner").get_by_role("link", name="Sign in")).to_be_visible()
