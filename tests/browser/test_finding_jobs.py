"""From a word to a job: filters with and without a script, on a phone, by keyboard, and what members take out of their search."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from jobs.models import Job, JobVisit
from jobs.search import JobSearch
from jobs.search.results import search_jobs
from tests.browser.conftest import PHONE

LIST = re.escape(reverse("jobs:list"))


def count(page):
    """The number in the heading of the list."""
    return int(re.sub(r"\D", "", page.locator("#count-words").inner_text()) or 0)


def total(**asked):
    return search_jobs(JobSearch(**asked)).found.total


def test_a_visitor_searches_and_narrows_without_leaving_the_page(visit):
    window = visit()
    page = window.open("jobs:list")
    expect(page).to_have_title(re.compile("^Jobs"))
    everything = count(page)
    page.get_by_label("What", exact=True).fill("technician")
    page.get_by_role("button", name="Search jobs").click()
    expect(page).to_have_url(re.compile(rf"{LIST}\?q=technician$"))
    expect(page.get_by_role("heading", level=1)).to_have_text("Jobs for “technician”")
    expect(page).to_have_title(re.compile("^Jobs for “technician”"))
    expect(page.get_by_label("Sort by")).to_have_value("")
    assert 0 < count(page) < everything

    # A filter: the list changes in place, the hand stays on the box
    box = page.get_by_role("group", name="Workplace").get_by_role("checkbox", name=re.compile("^On site"))
    beside = int(re.sub(r"\D", "", box.locator("xpath=..").locator(".c").inner_text()))
    box.check()
    expect(page).to_have_url(re.compile(rf"{LIST}\?q=technician&workplace=on-site$"))
    expect(page.get_by_role("heading", level=1)).to_have_text("Jobs for “technician”: on site")
    expect(box).to_be_focused()
    expect(box).to_be_checked()
    assert count(page) == beside
    feed = page.get_by_role("link", name="Follow it in a feed reader").get_attribute("href")
    assert feed == f"{reverse('jobs:feed')}?q=technician&workplace=on-site"

    # Back and forward
    page.go_back()
    expect(page).to_have_url(re.compile(rf"{LIST}\?q=technician$"))
    expect(page.get_by_role("heading", level=1)).to_have_text("Jobs for “technician”")
    page.go_forward()
    expect(page.get_by_role("heading", level=1)).to_have_text("Jobs for “technician”: on site")

    # Another order, then the filter taken off by its chip
    page.get_by_label("Sort by").select_option("Highest pay")
    expect(page).to_have_url(re.compile("sort=pay"))
    page.get_by_role("link", name="Remove filter: On site").click()
    expect(page).to_have_url(re.compile(rf"{LIST}\?q=technician&sort=pay$"))
    page.get_by_role("main").locator(".job a").first.click()
    expect(page).to_have_url(re.compile(r"/jobs/\d+-"))


def test_by_keyboard_a_typing_error_is_forgiven_and_an_empty_list_shows_the_way_out(visit):
    window = visit()
    page = window.open("jobs:list")
    window.type_into(page.get_by_label("What", exact=True), "electrican")
    window.press("Enter")
    expect(page.get_by_text("Showing results for electrician")).to_be_visible()
    shown = count(page)
    assert shown == total(q="electrician")
    pay = page.get_by_role("group", name="Pay, a year")
    window.reach(pay.locator("summary"))
    window.press("Enter")
    pay.get_by_role("radio", name=re.compile("^Any pay")).focus()
    for _ in range(7):
        window.press("ArrowDown")
    expect(page.get_by_role("radio", name=re.compile(r"^\$150,000 or more"))).to_be_focused()
    expect(page.locator("#count-words")).to_have_text("No jobs")
    promise = page.get_by_text(re.compile(r"^\d+ jobs? match(es)? if you leave out “\$150,000 or more”"))
    expect(promise).to_be_visible()
    promised = int(re.match(r"\d+", promise.inner_text())[0])
    window.follow(page.get_by_role("link", name="Leave out “$150,000 or more”"))
    expect(page.locator("#count-words")).to_have_text(re.compile(rf"^{promised} jobs?$"))


def test_what_was_unfolded_stays_so_and_keeps_the_focus(visit):
    window = visit()
    page = window.open("jobs:list")
    employers = page.get_by_role("group", name="Employer")
    window.reach(employers.locator("summary"))
    window.press("Enter")
    box = employers.locator("details").get_by_role("checkbox").first
    name = box.get_attribute("id")
    window.reach(box)
    window.press("Space")
    expect(page).to_have_url(re.compile("employer="))
    box = page.locator(f"#{name}")
    expect(box).to_be_focused()
    window.press("Space")
    expect(page).to_have_url(re.compile(rf"{LIST}$"))
    expect(page.locator("#more-employer")).to_have_attribute("open", "")
    expect(box).to_be_focused()


def test_on_a_phone_the_filters_open_as_a_sheet(visit):
    window = visit(viewport=PHONE)
    page = window.open("jobs:list")
    sheet = page.locator("#filters")
    expect(sheet).not_to_be_visible()
    page.get_by_role("button", name="Filters", exact=True).click()
    expect(sheet).to_be_visible()
    sheet.get_by_role("checkbox", name=re.compile("^Remote")).check()
    expect(sheet.get_by_role("button", name=re.compile(r"^Show \d+ jobs?$"))).to_be_visible()
    expect(page).to_have_url(re.compile("workplace=remote"))
    expect(sheet).to_be_visible()
    sheet.get_by_role("button", name=re.compile("^Show ")).click()
    expect(sheet).not_to_be_visible()
    expect(page.get_by_role("button", name="Filters (1)")).to_be_visible()
    assert count(page) == total(workplace=("remote",))


@pytest.mark.parametrize("scripts", [True, False])
def test_pages_lead_on(scripts, visit):
    window = visit(java_script_enabled=scripts)
    page = window.open("jobs:list")
    first = page.locator(".job h3").all_inner_texts()
    page.get_by_role("link", name="Next page").click()
    expect(page).to_have_url(re.compile("page=2"))
    expect(page.get_by_role("link", name="Page 2")).to_have_attribute("aria-current", "page")
    assert page.locator(".job h3").all_inner_texts() != first


def test_it_works_without_scripts(visit):
    window = visit(java_script_enabled=False)
    page = window.open("jobs:list")
    page.get_by_label("What", exact=True).fill("technician")
    page.get_by_role("button", name="Search jobs").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Jobs for “technician”")
    shown = count(page)
    page.get_by_role("checkbox", name=re.compile("^On site")).check()
    page.get_by_role("button", name="Apply filters").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Jobs for “technician”: on site")
    assert 0 < count(page) <= shown


def test_a_member_hides_a_job_takes_it_back_and_leaves_out_an_employer(visit, people):
    member = people.member()
    window = visit().be(member)
    page = window.open("jobs:list", query="?workplace=remote")
    before = count(page)
    first = page.locator(".job").first
    title = first.locator("h3").inner_text()
    first.get_by_role("button", name=f"Hide {title}").click()
    undo = page.get_by_role("button", name=f"Undo hiding {title}")
    expect(undo).to_be_focused()
    page.reload()
    expect(page.locator("#count-words")).to_have_text(re.compile(rf"^{before - 1} jobs?$"))
    hidden = member.hidden_jobs.get().job
    assert hidden.title == title
    page = window.open("jobs:list", query="?workplace=remote")
    second = page.locator(".job").first
    name = second.locator("h3").inner_text()
    window.reach(second.get_by_role("button", name=f"Hide {name}"))
    window.press("Enter")
    window.follow(page.get_by_role("button", name=f"Undo hiding {name}"))
    expect(page).to_have_url(re.compile("workplace=remote"))
    expect(page.locator("#count-words")).to_have_text(re.compile(rf"^{before - 1} jobs?$"))
    link = page.locator(".job").first.get_by_role("link", name=re.compile("^Leave out "))
    employer = link.inner_text().removeprefix("Leave out ")
    link.click()
    expect(page.get_by_role("link", name=f"Remove filter: Not {employer}")).to_be_visible()
    assert employer not in " ".join(page.locator(".job .org").all_inner_texts())


def test_a_member_who_comes_back_asks_for_what_is_new(visit, people):
    member = people.member()
    window = visit().be(member)
    page = window.open("jobs:list")
    expect(page.get_by_label("Only new since your last visit")).to_have_count(0)
    page.wait_for_load_state("networkidle")
    before = timezone.now() - timedelta(days=2)
    JobVisit.objects.filter(user=member).update(started_at=before, active_at=before)
    fresh = Job.objects.listed().filter(first_seen_at__gt=before).count()
    page.reload()
    page.get_by_label("Only new since your last visit").check()
    expect(page).to_have_url(re.compile(r"new=1"))
    expect(page.locator("#count-words")).to_have_text(re.compile(rf"^({fresh}|No) jobs?$"))
    expect(page.get_by_role("link", name="Remove filter: New since your last visit")).to_be_visible()
    assert page.get_by_text("New to you").count() == min(fresh, 20)


def test_what_was_opened_is_marked_on_the_way_back(visit, people):
    window = visit().be(people.member())
    page = window.open("jobs:list")
    first = page.locator(".job h3 a").first
    address = first.get_attribute("href")
    with page.expect_response(lambda answer: answer.url.endswith("/seen/")):
        first.click()
    page = window.open("jobs:list")
    expect(page.locator(".job", has=page.locator(f'a[href="{address}"]')).get_by_text("Seen", exact=True)).to_be_visible()
