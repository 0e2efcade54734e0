"""From a guide to a job, a report of it, and what staff make of that."""

from datetime import timedelta
from decimal import Decimal

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from careers.models import GuideListing
from jobs.models import Job, Report
from jobs.tests.factories import make_employer, make_job, make_source
from kit import stamp
from tests.browser.conftest import PHONE, WIDE
from tests.browser.test_accessibility import TOO_WIDE, examine, findings

GUIDE = "medical-office-specialist"
PAID = {"pay_minimum": Decimal(41_000), "pay_maximum": Decimal(46_500), "pay_currency": "USD", "pay_period": "YEAR"}
A_SECOND = 1_100  # so old a stored page may be


@pytest.fixture
def job(site):
    """An open job of a sample guide, and one like it, in place of the sample jobs; as it was again afterwards."""
    guide = GuideListing.objects.get(slug=GUIDE)
    samples = list(Job.objects.filter(guide=guide.pk).values_list("pk", flat=True))
    Job.objects.filter(pk__in=samples).update(guide=None)
    now = timezone.now()
    shared = {"guide_id": guide.pk, "place": "Columbus, OH", "place_country": "US", "workplace": "on_site", "kind": "full_time"}
    shared |= {"summary": "You run the front desk.", "description": "<h3>Work</h3><p>You run the front desk of a clinic.</p>"}
    source = make_source("Wind jobs", address="", is_active=False, attribution="Wind Board", attribution_url="https://board.example.org/")
    made = {"source": source, "employer": make_employer("Harbor Clinic", website="https://harbor.example.org/"), **shared, **PAID}
    make_job("like", **made | {"title": "Front desk coordinator", "posted_at": now - timedelta(days=9)})
    one = make_job("one", **made | {"title": "Clinic desk lead", "valid_through": now + timedelta(days=3)})
    one.skills.set(guide.skills.all()[:5])
    stamp.raise_number()
    yield one
    Job.objects.filter(source=source).delete()
    Job.objects.filter(pk__in=samples).update(guide=guide.pk)
    source.delete()
    stamp.raise_number()


@pytest.mark.parametrize("size", [WIDE, PHONE], ids=["wide", "phone"])
def test_a_visitor_goes_from_a_guide_to_a_job_by_keyboard(visit, job, size):
    window = visit(viewport=size)
    window.page.wait_for_timeout(A_SECOND)
    page = window.open("careers:guide", GUIDE)
    expect(page.get_by_role("link", name="See 2 open jobs")).to_be_visible()
    page.goto(reverse("careers:guide", args=[GUIDE]) + "#openings")
    window.follow(page.get_by_role("link", name=job.title, exact=True))
    expect(page.get_by_role("heading", level=1, name=job.title)).to_be_visible()
    expect(page.get_by_text("$41,000 to $46,500 a year")).to_be_visible()
    expect(page.locator(".payline--wide svg .fill-1")).to_be_visible()
    expect(page.get_by_text("near the typical pay").first).to_be_visible()
    expect(page.get_by_text("Closes in 3 days")).to_be_visible()
    expect(page.get_by_role("heading", name="Similar jobs")).to_be_visible()
    window.follow(page.get_by_role("link", name="Front desk coordinator", exact=True))
    expect(page.get_by_role("heading", level=1, name="Front desk coordinator")).to_be_visible()
    assert not page.evaluate(TOO_WIDE)


def report_it(window, job):
    page = window.page
    page.goto(job.get_absolute_url())
    page.get_by_role("link", name="Report this ad").click()
    page.get_by_role("button", name="Send the report").click()
    expect(page.get_by_role("alert")).to_contain_text("Choose what is wrong with it")
    page.get_by_label("It looks like a scam or asks for money").check()
    page.get_by_label("What should our staff know?").fill("They ask for a deposit.")
    page.get_by_role("button", name="Send the report").click()
    expect(page.get_by_text("Thank you. Our staff will look at this ad.")).to_be_visible()
    expect(page.get_by_text("1 waits for our staff")).to_be_visible()


def decide(window, action):
    page = window.open("admin:jobs_report_changelist", query="?state__exact=open")
    expect(page.get_by_text("They ask for a deposit.")).to_be_visible()
    page.locator("input.action-select").first.check()
    page.locator("select[name=action]").select_option(action)
    page.get_by_role("button", name="Go").click()
    expect(page.get_by_text("all their open reports upheld")).to_be_visible()


@pytest.mark.parametrize("javascript", [True, False], ids=["scripts", "no scripts"])
def test_a_visitor_reports_a_scam_and_staff_take_it_down(visit, people, job, javascript):
    reader = visit(java_script_enabled=javascript)
    reader.allowed = {422}
    report_it(reader, job)
    decide(visit().be(people.admin()), "remove_and_uphold")
    another = visit()
    another.allowed = {410}
    another.page.wait_for_timeout(A_SECOND)
    assert another.page.goto(job.get_absolute_url()).status == 410
    another.open("careers:guide", GUIDE)
    expect(another.page.get_by_role("link", name="See 1 open job")).to_be_visible()
    assert not Report.objects.open().exists()


def test_what_staff_close_stays_readable_without_a_way_to_apply(visit, people, job):
    reader = visit()
    reader.allowed = {422}
    report_it(reader, job)
    decide(visit().be(people.admin()), "close_and_uphold")
    another = visit()
    another.page.wait_for_timeout(A_SECOND)
    another.page.goto(job.get_absolute_url())
    expect(another.page.get_by_text("This job closed on")).to_be_visible()
    expect(another.page.get_by_role("heading", name="Open jobs like this one")).to_be_visible()


def test_the_pages_have_no_finding(visit, people, job):
    """Open, closed and reported, in both themes and three sizes."""
    Job.objects.filter(external_id="like").update(state="closed", ending="staff", closed_at=timezone.now())
    closed = Job.objects.get(external_id="like")
    window = visit()
    window.allowed = {422}
    wrong = examine(window, [job.get_absolute_url(), closed.get_absolute_url(), job.report_url, reverse("careers:guide", args=[GUIDE])])
    window.page.goto(job.report_url)
    window.page.get_by_role("button", name="Send the report").click()
    wrong += findings(window.page)
    Report.objects.create(job=job, reason="scam", words="A deposit.")
    staff = visit().be(people.admin())
    for name in ("admin:jobs_report_changelist", "admin:jobs_job_changelist"):
        staff.open(name)
        found = Axe().run(staff.page, options={"resultTypes": ["violations"], "preload": False}).response["violations"]
        wrong += [f"{name} {rule['id']}: {rule['nodes'][0]['html'][:160]}" for rule in found if rule["impact"] in {"critical", "serious"}]
    assert not wrong, "\n".join(dict.fromkeys(wrong))
