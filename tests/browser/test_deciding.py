"""From a vague idea to a list of guides with notes, by keyboard alone."""

import re

from django.urls import reverse
from playwright.sync_api import expect

from tests.browser.conftest import mailed_code
from tests.conftest import PASSWORD

GUIDE = re.compile(reverse("careers:guide", args=["electrician"]))


def test_somebody_finds_compares_and_keeps_guides(visit, people):
    member = people.member()
    window = visit().be(member)
    page = window.open("home")

    # Find, with a typing error
    window.type_into(page.get_by_label("What would you like to do?"), "electrican")
    window.follow(page.get_by_role("button", name="Find career guides"))
    main = page.get_by_role("main")
    expect(main.get_by_role("link", name="Electrician", exact=True)).to_be_visible()
    window.follow(main.get_by_role("link", name="Electrician", exact=True))
    expect(page).to_have_url(GUIDE)

    # Save
    window.reach(main.get_by_role("button", name="Save guide").first)
    window.press("Enter")
    expect(main.get_by_role("button", name="Saved", exact=True).first).to_have_attribute("aria-pressed", "true")
    assert member.bookmarks.kept().count() == 1

    # Compare with another
    window.follow(main.get_by_role("link", name="Compare", exact=True).first)
    choices = page.get_by_role("combobox")
    for choice, word in zip(choices.all()[:2], ("Electrician", "Solar"), strict=True):
        window.reach(choice)
        page.keyboard.type(word)
    with page.expect_navigation():
        window.press("Enter") if page.evaluate("document.activeElement.form.requestSubmit()") else None
    expect(page).to_have_url(re.compile(reverse("careers:compare_guides", args=["electrician-vs-solar-installer"])))
    table = page.get_by_role("table")
    expect(table.get_by_role("columnheader").filter(has_text="Electrician")).to_be_visible()
    expect(table.get_by_role("columnheader").filter(has_text="Solar installer")).to_be_visible()

    # See it in the list, with a note
    window.follow(page.get_by_role("banner").get_by_role("link", name="Saved", exact=True))
    expect(page.get_by_role("heading", level=2).filter(has_text="Electrician")).to_be_visible()
    window.reach(page.locator("summary", has_text="Add a note"))
    window.press("Enter")
    window.type_into(page.get_by_label("Your note on Electrician"), "Ask at the union hall.")
    window.follow(page.get_by_role("button", name="Save note and labels of Electrician"))
    expect(page.get_by_label("Your note on Electrician")).to_have_value("Ask at the union hall.")

    # Remove, and take it back
    window.follow(page.get_by_role("button", name="Remove Electrician"))
    expect(page.get_by_role("heading", name="Electrician")).to_have_count(0)
    window.follow(page.get_by_role("button", name="Undo"))
    expect(page.get_by_label("Your note on Electrician")).to_have_value("Ask at the union hall.")


def test_a_visitor_who_saves_a_guide_finds_it_saved_after_signing_up(visit):
    window = visit()
    page = window.open("careers:guide", "electrician")
    window.follow(page.get_by_role("main").get_by_role("link", name="Save guide").first)
    expect(page.get_by_role("main")).to_contain_text("we save the guide for you")
    window.follow(page.get_by_role("main").get_by_role("link", name="Create a free account"))
    window.type_into(page.get_by_label("Email address"), "saver@example.org")
    window.type_into(page.get_by_label("Password", exact=True), PASSWORD)
    with page.expect_navigation():
        window.press("Enter")
    window.type_into(page.get_by_label("Code"), mailed_code("saver@example.org"))
    with page.expect_navigation():
        window.press("Enter")
    expect(page).to_have_url(GUIDE)
    expect(page.get_by_role("status").filter(has_text="Saved")).to_be_visible()
    expect(page.get_by_role("button", name="Saved", exact=True).first).to_be_visible()
    window.open("accounts:saved")
    expect(page.get_by_role("heading", name="Electrician")).to_be_visible()


def test_guides_are_filtered_in_place_and_the_way_back_works(visit):
    window = visit()
    page = window.open("careers:guide_list")
    count = page.locator("#count-words")
    all_of_them = count.inner_text()
    box = page.get_by_role("group", name="Demand").get_by_role("checkbox").first
    window.reach(box)
    window.press("Space")
    expect(page).to_have_url(re.compile("demand="))
    expect(count).not_to_have_text(all_of_them)
    expect(box).to_be_focused()
    chip = page.get_by_role("link", name="Remove filter:").first
    expect(chip).to_be_visible()
    filtered = count.inner_text()
    page.reload()
    expect(count).to_have_text(filtered)
    page.go_back()
    expect(page).to_have_url(re.compile(reverse("careers:guide_list") + "$"))
    expect(count).to_have_text(all_of_them)
    expect(box).not_to_be_checked()
    page.go_forward()
    expect(count).to_have_text(filtered)
    expect(box).to_be_checked()


def test_filters_on_a_phone_open_as_a_sheet_that_escape_closes(visit):
    window = visit(viewport={"width": 360, "height": 740}, has_touch=True)
    page = window.open("careers:guide_list")
    opener = page.locator("button.filter-open")
    window.reach(opener)
    window.press("Enter")
    sheet = page.locator("#filters")
    expect(sheet).to_be_visible()
    box = sheet.get_by_role("checkbox").first
    window.reach(box)
    window.press("Space")
    expect(sheet.locator("#sheet-words")).to_contain_text("Show ")
    expect(sheet).to_be_visible()
    window.press("Escape")
    expect(sheet).not_to_be_visible()
    expect(opener).to_be_focused()


def test_a_list_that_cannot_be_loaded_says_so_and_keeps_the_old_one(visit):
    window = visit()
    window.allowed = {500}
    page = window.open("careers:guide_list")
    shown = page.locator("#results").inner_text()
    page.route("**/guides/?*", lambda route: route.fulfill(status=500, body="no"))
    page.get_by_role("group", name="Demand").get_by_role("checkbox").first.check()
    expect(page.get_by_role("alert")).to_contain_text("could not load")
    assert page.locator("#results").inner_text() == shown
    window.trouble = [line for line in window.trouble if "Response Status Error Code 500" not in line]  # htmx reports it


def test_the_theme_is_in_the_page_before_anything_is_drawn(visit):
    window = visit()
    page = window.open("home")
    with page.expect_response(lambda answer: answer.url.endswith(reverse("accounts:theme"))):
        page.get_by_role("contentinfo").get_by_label("Dark").check()
    assert page.locator("html").get_attribute("data-theme") == "dark"
    answer = page.goto(reverse("careers:guide", args=["electrician"]))
    assert re.search(r'<html[^>]* data-theme="dark"', answer.text())
    background = "getComputedStyle(document.documentElement).backgroundColor"
    dark = page.evaluate(background)
    with page.expect_response(lambda answer: answer.url.endswith(reverse("accounts:theme"))):
        page.get_by_role("contentinfo").get_by_label("Light").check()
    assert page.evaluate(background) != dark
    assert 'data-theme="light"' in page.reload().text()
