"""What people keep, by keyboard and on a phone: jobs with labels, several at once, the ad as it was, and skills."""

import re
from decimal import Decimal

from django.urls import reverse
from playwright.sync_api import expect

from accounts.bookmarks import save_guide, save_job, seen_job, seen_revision
from jobs.models import Job
from jobs.tests.factories import make_job, make_source
from tests.browser.conftest import PHONE


def jobs(name, count):
    source = make_source(f"Keeping {name}")
    paid = {"pay_currency": "USD", "pay_period": "HOUR", "year_minimum": 41_600}
    return [make_job(f"{name} {n}", source=source, title=f"Kite maker {n}", pay_minimum=Decimal(20 + n), **paid) for n in range(count)]


def test_somebody_sorts_out_saved_jobs_by_keyboard(visit, people):
    member = people.member()
    rows = [save_job(user=member, job=seen_job(job.pk)) for job in jobs("keyboard", 3)]
    window = visit().be(member)
    page = window.open("accounts:saved_jobs")

    # Note and labels
    window.reach(page.locator("main summary").first)
    window.press("Enter")
    window.type_into(page.get_by_label("Your note on Kite maker 2, Kite Works"), "Ask Ada.")
    window.type_into(page.get_by_label("Labels of Kite maker 2, Kite Works"), "near home, first choice")
    window.follow(page.get_by_role("button", name="Save note and labels of Kite maker 2"))
    expect(page.get_by_role("status").filter(has_text="Note and labels are saved")).to_be_visible()

    # By label, and back
    window.reach(page.get_by_label("Label", exact=True))
    page.keyboard.type("near")
    window.follow(page.get_by_role("button", name="Show", exact=True))
    expect(page.get_by_role("listitem").get_by_role("heading", level=2)).to_have_text(["Kite maker 2"])
    window.open("accounts:saved_jobs")

    # Two side by side
    for n in (0, 1):
        window.reach(page.get_by_role("checkbox", name=f"Choose Kite maker {n}, Kite Works"))
        window.press("Space")
    page.keyboard.press("Home")
    page.locator("h1").click()
    window.follow(page.get_by_role("button", name="Compare the chosen jobs"))
    expect(page.get_by_role("table")).to_contain_text("on one scale from $20 to")
    window.follow(page.get_by_role("main").get_by_role("link", name="Back to saved jobs"))

    # Two away and back with one button
    for n in (0, 1):
        window.reach(page.get_by_role("checkbox", name=f"Choose Kite maker {n}, Kite Works"))
        window.press("Space")
    page.locator("h1").click()
    window.follow(page.get_by_role("button", name="Remove the chosen jobs"))
    expect(page.get_by_role("heading", name=re.compile("Kite maker"))).to_have_count(1)
    assert member.job_bookmarks.kept().get() == rows[2]
    window.follow(page.get_by_role("button", name="Undo all 2"))
    expect(page.get_by_role("heading", name=re.compile("Kite maker"))).to_have_count(3)

    # The ad as it was, after it changed and closed
    Job.objects.filter(pk=rows[1].job_id).update(pay_minimum=Decimal(19))
    Job.objects.get(pk=rows[1].job_id).close()
    page.reload()
    expect(page.get_by_text("Pay changed since you saved: was From $21 an hour, now From $19 an hour.")).to_be_visible()
    window.follow(page.get_by_role("link", name=re.compile("The ad as saved ?: Kite maker 1")))
    expect(page.get_by_role("main")).to_contain_text("This job is closed.")
    expect(page.get_by_role("main")).to_contain_text("Sew and fly.")


def test_it_works_on_a_phone_without_scripts(visit, people):
    member = people.member()
    for job in jobs("phone", 2):
        save_job(user=member, job=seen_job(job.pk))
    window = visit(viewport=PHONE, java_script_enabled=False).be(member)
    page = window.open("accounts:saved_jobs")
    for box in page.get_by_role("checkbox").all():
        box.check()
    page.get_by_role("button", name="Remove the chosen jobs").click()
    expect(page.get_by_role("heading", name="You have not saved any jobs yet")).to_be_visible()
    page.get_by_role("button", name="Undo all 2").click()
    expect(page.get_by_role("heading", name=re.compile("Kite maker"))).to_have_count(2)

    # Ticks by the button
    window.open("careers:guide", "electrician")
    boxes = page.locator("form.skillmap").get_by_role("checkbox")
    boxes.nth(0).check()
    boxes.nth(1).check()
    page.get_by_role("button", name="Save my ticks").click()
    expect(page.get_by_role("status").filter(has_text="Your skills are saved")).to_be_visible()
    expect(page.locator("#skill-words")).to_contain_text("You have 2 of the ")
    assert member.skill_marks.count() == 2


def test_ticks_are_stored_at_once_and_answers_by_keyboard(visit, people):
    member = people.member()
    window = visit().be(member)
    page = window.open("careers:guide", "electrician")
    box = page.locator("form.skillmap").get_by_role("checkbox").first
    window.reach(box)
    window.press("Space")
    words = page.locator("#skill-words")
    expect(words).to_contain_text("You have 1 of the ")
    expect(box).to_be_focused()
    window.follow(page.get_by_role("link", name="Say what you are learning or missing"))
    first, second = page.get_by_role("combobox").all()[:2]
    expect(first).to_have_value("have")
    window.reach(second)
    page.keyboard.type("I am learning")
    window.follow(page.get_by_role("button", name="Save my skills"))
    expect(page.get_by_role("main")).to_contain_text("You are learning 1.")
    assert sorted(member.skill_marks.values_list("state", flat=True)) == ["have", "learning"]
    window.open("accounts:dashboard")
    expect(page.get_by_role("main")).to_contain_text("You are learning 1.")


def test_a_visitor_is_led_to_the_sign_in_to_keep_ticks(visit):
    page = visit().open("careers:guide", "electrician")
    page.locator("form.skillmap").get_by_role("checkbox").first.check()
    expect(page.locator("form.skillmap").get_by_role("status")).to_contain_text("1 of ")
    page.get_by_role("link", name="Sign in to keep them").click()
    expect(page).to_have_url(re.compile(re.escape(reverse("account_login"))))


def test_saved_guides_are_removed_and_brought_back(visit, people):
    member = people.member()
    for slug in ("electrician", "web-developer"):
        save_guide(user=member, revision=seen_revision(slug))
    window = visit().be(member)
    page = window.open("accounts:saved")
    for box in page.get_by_role("checkbox").all():
        box.check()
    page.get_by_role("button", name="Compare the chosen guides").click()
    expect(page).to_have_url(re.compile("electrician-vs-web-developer"))
    window.open("accounts:saved")
    for box in page.get_by_role("main").get_by_role("checkbox").all():
        box.check()
    page.get_by_role("button", name="Remove the chosen guides").click()
    page.get_by_role("button", name="Undo all 2").click()
    assert member.bookmarks.kept().count() == 2
