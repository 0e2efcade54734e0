"""Applying on our form and keeping jobs: with the keyboard, on a phone, and without scripts."""

import re

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from jobs.applying.mails import to_employer
from jobs.models import Application, JobDay
from jobs.tests.factories import make_employer, make_job, make_source
from jobs.tests.files import pdf
from kit.models import OutgoingMail
from tests.browser.conftest import PHONE, mailed_code
from tests.conftest import PASSWORD

LETTER = "I have sewn kites for ten years.\n\nThey flew."
FILE = {"name": "Ada Lovelace.pdf", "mimeType": "application/pdf", "buffer": pdf()}


@pytest.fixture(scope="module")
def jobs(site):
    """One at its employer's own site, one that takes applications on our form."""
    source, employer = make_source("Wind of journeys"), make_employer("Kite Works")
    there = make_job("there", source=source, employer=employer, title="Rope maker", apply_url="https://careers.example.com/1")
    here = make_job("here", source=source, employer=employer, title="Kite maker", apply_url="", apply_email="hiring@kites.example.org")
    return {"there": there, "here": here}


def test_sign_in_apply_confirm_and_be_told_that_one_applied(visit, people, jobs):
    member, job = people.member(), jobs["here"]
    window = visit()
    window.allowed = {422}
    page = window.page
    page.goto(job.get_absolute_url())
    window.follow(page.get_by_role("link", name="Apply with letter and resume"))
    window.type_into(page.get_by_label("Email address"), member.email)
    window.type_into(page.get_by_label("Password", exact=True), PASSWORD)
    with page.expect_navigation():
        window.press("Enter")
    expect(page).to_have_url(re.compile(reverse("jobs:apply", args=[job.pk, job.slug])))

    # A wrong file first: words beside the field, and the letter is still there
    window.type_into(page.get_by_label("Letter"), LETTER)
    page.get_by_label("Resume").set_input_files({"name": "cv.pdf", "mimeType": "application/pdf", "buffer": b"MZ program"})
    window.follow(page.get_by_role("button", name="Send application"))
    expect(page.get_by_role("alert")).to_contain_text("neither a PDF nor a DOCX")
    expect(page.get_by_label("Letter")).to_have_value(LETTER)
    page.get_by_label("Resume").set_input_files(FILE)
    window.follow(page.get_by_role("button", name="Send application"))

    # Confirmed, and queued with the file
    application = Application.objects.get(user=member)
    expect(page).to_have_url(re.compile(application.get_absolute_url()))
    expect(page.get_by_role("heading", level=1)).to_have_text("On its way to Kite Works")
    assert OutgoingMail.objects.waiting().filter(message__late="application_for_employer", message__key=application.pk).count() == 1
    message = to_employer(application, bytes(application.resume.data))
    assert message.attachments == [("Ada Lovelace.pdf", pdf(), "application/pdf")]
    with page.expect_download() as download:
        page.get_by_role("link", name="Ada Lovelace.pdf").click()
    assert download.value.path().read_bytes() == pdf()

    # Told wherever one might apply again
    page.goto(job.get_absolute_url())
    expect(page.get_by_text("You applied on")).to_be_visible()
    page.goto(reverse("jobs:apply", args=[job.pk, job.slug]))
    expect(page.get_by_role("status").filter(has_text="You applied on")).to_be_visible()
    window.follow(page.get_by_role("button", name="Withdraw application"))
    expect(page.get_by_role("heading", level=1)).to_have_text("You withdrew this application")


def test_save_find_in_the_list_remove_and_undo(visit, people, jobs):
    window = visit(viewport=PHONE).be(people.member())
    page = window.page
    page.goto(jobs["there"].get_absolute_url())
    window.reach(page.get_by_role("button", name="Save job"))
    window.press("Enter")
    expect(page.get_by_role("button", name="Saved", exact=True)).to_have_attribute("aria-pressed", "true")
    window.open("accounts:saved_jobs")
    expect(page.get_by_role("link", name="Rope maker", exact=True)).to_be_visible()
    window.reach(page.locator("summary", has_text="Add a note or labels"))
    window.press("Enter")
    window.type_into(page.get_by_label("Your note on Rope maker"), "Ask in the harbor.")
    window.follow(page.get_by_role("button", name="Save note and labels of Rope maker"))
    window.follow(page.get_by_role("button", name="Remove Rope maker"))
    expect(page.get_by_role("heading", name="Rope maker")).to_have_count(0)
    window.follow(page.get_by_role("button", name="Undo"))
    expect(page.get_by_label("Your note on Rope maker")).to_have_value("Ask in the harbor.")
    window.follow(page.get_by_role("navigation", name="Saved").get_by_role("link", name="Guides"))
    expect(page.get_by_role("heading", level=1)).to_have_text("Saved guides")


def test_without_scripts_a_visitor_saves_a_job_by_signing_up_and_applies(visit, jobs):
    page = visit(java_script_enabled=False).page
    page.goto(jobs["here"].get_absolute_url())
    page.get_by_role("main").get_by_role("link", name="Save job").click()
    expect(page.get_by_role("main")).to_contain_text("we save the job for you")
    page.get_by_role("main").get_by_role("link", name="Create a free account").click()
    page.get_by_label("Email address").fill("applicant@example.org")
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Create account").click()
    page.get_by_label("Code").fill(mailed_code("applicant@example.org"))
    page.get_by_role("button", name="Confirm").click()
    expect(page.get_by_role("button", name="Saved", exact=True)).to_be_visible()
    page.get_by_role("link", name="Apply with letter and resume").click()
    page.get_by_label("Your name").fill("Ada Lovelace")
    page.get_by_label("Letter").fill(LETTER)
    page.get_by_label("Resume").set_input_files(FILE)
    page.get_by_role("button", name="Send application").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("On its way to Kite Works")


def test_the_link_to_the_employer_leaves_at_once_and_a_driven_browser_is_not_counted(visit, jobs):
    window = visit()
    page = window.page
    asked = []

    def answer(route):
        asked.append(route.request)
        route.fulfill(body="<title>There</title>", content_type="text/html")

    page.route("https://careers.example.com/**", answer)
    page.goto(jobs["there"].get_absolute_url())
    page.get_by_role("link", name="Apply on the employer’s site").click()
    expect(page).to_have_url("https://careers.example.com/1")
    assert asked[0].headers.get("referer") in {f"{window.site}/", None}
    assert not JobDay.objects.exists()
    window.trouble = [line for line in window.trouble if "careers.example.com" not in line]
