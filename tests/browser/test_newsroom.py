"""The newsroom in a browser: a guide on its way, what is typed and not saved, two people at once, rows in order."""

import json
import re

from django.contrib.sessions.models import Session
from django.urls import reverse
from playwright.sync_api import expect

from careers.document import rows
from careers.models import Guide, GuideListing
from newsroom.models import UnsavedCopy


def opened(window, guide):
    """The form of the guide with all its parts unfolded, in a window that holds two rows of questions."""
    window.page.set_viewport_size({"width": 1280, "height": 1000})
    page = window.open("admin:careers_guide_change", guide.pk)
    page.evaluate("for (const details of document.querySelectorAll('#guide_form details')) details.open = true")
    return page


def drag(page, handle, onto):
    """Onto the upper edge of a row, in steps as a hand moves."""
    onto.evaluate("row => row.scrollIntoView({ block: 'start' })")
    start, end = handle.bounding_box(), onto.bounding_box()
    page.mouse.move(start["x"] + 8, start["y"] + 8)
    page.mouse.down()
    page.mouse.move(start["x"] + 20, start["y"] - 20, steps=4)
    page.mouse.move(end["x"] + 60, end["y"] + 8, steps=8)
    page.mouse.up()


def test_a_writer_asks_and_an_editor_sends_back_then_publishes(visit, people):
    guide = Guide.objects.get(slug="web-developer")
    page = opened(visit().be(people.writer()), guide)
    page.locator("#id_trends").fill("Assistants write the first draft, and people who can judge it are worth more than before.")
    expect(page.get_by_role("button", name="Save and publish")).to_have_count(0)
    page.get_by_role("button", name="Save and continue editing").first.click()
    expect(page.get_by_text("The draft differs")).to_be_visible()
    page.get_by_role("link", name="Ask for review").click()
    page.get_by_label("Note").fill("Trends are new.")
    page.get_by_role("button", name="Ask for review").click()
    expect(page.get_by_text("You asked for review of")).to_be_visible()

    desk = visit().be(people.editor())
    first = desk.open("admin:index")
    waiting = first.get_by_role("region", name=re.compile("^Waiting for review"))
    waiting.get_by_role("link", name=guide.title).click()
    expect(desk.page.get_by_text("Trends are new.")).to_have_count(1)
    desk.page.get_by_role("link", name="Send back").click()
    desk.page.get_by_role("button", name="Send back").click()
    assert desk.page.evaluate("document.querySelector('#id_note').validity.valueMissing"), "a reason is wanted"
    desk.page.get_by_label("Note").fill("Name a source.")
    desk.page.get_by_role("button", name="Send back").click()
    expect(desk.page.get_by_text("You sent back")).to_be_visible()
    desk.page.get_by_role("link", name="Publish", exact=True).click()
    desk.page.get_by_role("button", name="Publish").click()
    expect(desk.page.get_by_text("You published")).to_be_visible()
    assert "people who can judge it" in GuideListing.objects.get(guide=guide).content.trends


def test_what_was_typed_survives_a_closed_window(visit, people):
    guide, editor = Guide.objects.get(slug="electrician"), people.editor()
    window = visit().be(editor)
    page = opened(window, guide)
    page.locator("#id_challenges").fill("Copper is dear.")
    expect(page.locator(".guide-saved")).to_contain_text("not saved yet")
    assert UnsavedCopy.objects.get(user=editor).guide == guide
    page.goto("about:blank")
    page = window.open("admin:careers_guide_change", guide.pk)
    expect(page.get_by_text("changes here that you did not save")).to_be_visible()
    page.get_by_role("link", name="Bring them back").click()
    expect(page.locator("#id_challenges")).to_have_value("Copper is dear.")
    page.get_by_role("button", name="Save and continue editing").first.click()
    expect(page.get_by_text("was changed successfully")).to_be_visible()
    expect(page.get_by_text("did not save")).to_have_count(0)
    assert Guide.objects.get(pk=guide.pk).challenges == "Copper is dear."


def test_what_was_typed_after_the_session_ended_is_kept_by_the_browser(visit, people):
    guide, editor = Guide.objects.get(slug="solar-installer"), people.editor()
    window = visit().be(editor)
    window.allowed = {403}
    page = opened(window, guide)
    Session.objects.all().delete()
    page.locator("#id_challenges").fill("Roofs are steep.")
    expect(page.locator(".guide-saved")).to_contain_text("kept in this browser")
    kept = json.loads(page.evaluate("localStorage.getItem(`unsaved:${location.pathname}`)"))
    assert "Roofs" in kept["fields"]
    window.be(editor)
    page.evaluate("window.onbeforeunload = null")
    page.goto("about:blank")
    page = window.open("admin:careers_guide_change", guide.pk)
    page.get_by_role("button", name="Bring them back").click()
    expect(page.locator("#id_challenges")).to_have_value("Roofs are steep.")


def test_rows_are_moved_by_keys_and_dragged_and_pasted(visit, people):
    guide = Guide.objects.get(slug="bookkeeper")
    before = [item.question for item in rows.read(guide).faq]
    page = opened(visit().be(people.editor()), guide)
    group = page.locator("#question_set-group")
    down = group.locator("#question_set-0").get_by_role("button", name="Move down")
    down.focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    expect(down).to_be_focused()
    expect(group.get_by_role("status")).to_have_text(f"Row 3 of {len(before)}")
    page.locator("#worldplace_set-group .guide-paste").evaluate("details => { details.open = true; }")
    page.locator("#worldplace_set-group textarea").fill("• Atlantis\tUnder water\nUtopia\tPaid in kind")
    page.locator("#worldplace_set-group").get_by_role("button", name="Add these rows").click()
    page.get_by_role("button", name="Save and continue editing").first.click()
    expect(page.get_by_text("was changed successfully")).to_be_visible()
    document = rows.read(Guide.objects.get(pk=guide.pk))
    assert [item.question for item in document.faq] == [before[1], before[2], before[0], *before[3:]]
    assert [(place.name, place.note) for place in document.world.places[-2:]] == [("Atlantis", "Under water"), ("Utopia", "Paid in kind")]

    page.evaluate("for (const details of document.querySelectorAll('#guide_form details')) details.open = true")
    third = page.locator("#question_set-2")
    drag(page, third.locator(".guide-handle"), page.locator("#question_set-1"))
    drag(page, third.locator(".guide-handle"), page.locator("#question_set-0"))
    page.get_by_role("button", name="Save and continue editing").first.click()
    expect(page.get_by_text("was changed successfully")).to_be_visible()
    assert [item.question for item in rows.read(Guide.objects.get(pk=guide.pk)).faq] == before


def test_a_new_row_can_be_taken_out_after_rows_were_moved(visit, people):
    guide = Guide.objects.get(slug="graphic-designer")
    before = [item.question for item in rows.read(guide).faq]
    page = opened(visit().be(people.editor()), guide)
    group = page.locator("#question_set-group")
    add = group.get_by_role("button", name=re.compile("^Add another"))
    add.click()
    add.click()
    new = group.locator(f"#question_set-{len(before)}")
    new.locator("[name$=-question]").fill("Kept?")
    new.locator("[name$=-answer]").fill("Yes.")
    new.get_by_role("button", name="Move up").click()
    new.get_by_role("button", name="Move up").click()
    group.locator(".inline-deletelink").last.click()
    page.get_by_role("button", name="Save and continue editing").first.click()
    expect(page.get_by_text("was changed successfully")).to_be_visible()
    found = [item.question for item in rows.read(Guide.objects.get(pk=guide.pk)).faq]
    assert sorted(found) == sorted([*before, "Kept?"])


def test_two_people_put_their_texts_together(visit, people):
    guide = Guide.objects.get(slug="dental-hygienist")
    ann, ben = opened(visit().be(people.editor()), guide), opened(visit().be(people.editor()), guide)
    ann.locator("#id_trends").fill("Anna's trends.")
    ann.locator("#id_challenges").fill("Anna's challenges.")
    ben.locator("#id_trends").fill("Ben's trends.")
    ben.get_by_role("button", name="Save and continue editing").first.click()
    expect(ben.get_by_text("was changed successfully")).to_be_visible()
    ann.get_by_role("button", name="Save", exact=True).first.click()
    expect(ann.get_by_role("heading", name=re.compile("while you were writing"))).to_be_visible()
    choice = ann.get_by_role("group", name="Both changed: Trends to watch")
    expect(choice).to_contain_text("Ben's trends.")
    choice.get_by_label("saved already").check()
    ann.get_by_role("button", name="Save both together").click()
    expect(ann.get_by_text("saved with what you chose")).to_be_visible()
    found = Guide.objects.get(pk=guide.pk)
    assert (found.trends, found.challenges) == ("Ben's trends.", "Anna's challenges.")


def test_texts_are_counted_and_shown_while_they_are_written(visit, people):
    guide = Guide.objects.get(slug="medical-records-specialist")
    page = opened(visit().be(people.editor()), guide)
    row = page.locator(".field-trends")
    page.locator("#id_trends").fill("Codes **change**.")
    expect(row).to_contain_text("2 words")
    row.get_by_role("button", name="Show as on the page").click()
    expect(row.locator(".guide-preview strong")).to_have_text("change")
    page.locator("#id_trends").fill("Codes *stay*.")
    expect(row.locator(".guide-preview em")).to_have_text("stay")
    expect(page.locator(".field-standfirst")).to_contain_text(re.compile(r"\d+ words, \d+ of 400 characters"))
    expect(page.locator(".field-pros")).to_contain_text(re.compile(r"\d+ items"))
    with page.expect_popup() as looked:
        page.get_by_role("link", name="See how it looks").first.click()
    look = looked.value
    expect(look.frame_locator("iframe >> nth=0").get_by_role("heading", level=1)).to_be_visible()
    assert reverse("admin:careers_guide_look", args=[guide.pk]) in look.url
