"""An application from saving to the offer, by keyboard on a phone; two tabs; dragging; and what a machine sees of the pages."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from accounts.models.tracking_words import EventSource, Status
from accounts.tests.tracker.factories import make_tracked
from accounts.tracker.birth import track_job
from accounts.tracker.departures import leave
from accounts.tracker.history import record
from jobs.models import Job
from tests.browser.conftest import PHONE
from tests.browser.test_accessibility import examine, findings

ELSEWHERE = "<!doctype html><title>Employer</title><h1>Apply here</h1>"


@pytest.fixture
def job(site):
    """One that is applied for at its employer's own site."""
    return Job.objects.listed().exclude(apply_url="").select_related("employer", "source", "guide").first()


def move(window, title, status):
    """By the select of the card and the button beside it."""
    window.reach(window.page.get_by_label(f"Move {title} to"))
    window.page.keyboard.type(status)
    window.follow(window.page.get_by_role("button", name=f"Move {title}", exact=True))


def test_somebody_saves_applies_elsewhere_confirms_and_gets_an_offer(visit, people, job):
    member = people.member()
    window = visit(viewport=PHONE).be(member)
    page = window.page
    window.context.route(lambda url: not url.startswith(window.site), lambda route: route.fulfill(body=ELSEWHERE, content_type="text/html"))
    window.is_foreign = lambda request: False
    page.goto(job.get_absolute_url())
    window.reach(page.get_by_role("button", name="Save job"))
    window.press("Enter")
    expect(page.get_by_role("button", name="Saved", exact=True)).to_be_visible()

    # To the employer's site, which is noted, and back
    with page.expect_request(lambda asked: asked.url.endswith(reverse("accounts:job_left", args=[job.pk]))):
        window.follow(page.get_by_role("link", name="Apply on the employer’s site"))
    expect(page.get_by_role("heading", name="Apply here")).to_be_visible()
    page.goto(job.get_absolute_url())
    expect(page.get_by_text(f"Did you apply for {job.title}")).to_be_visible()
    window.follow(page.get_by_role("button", name=f"Yes I applied for {job.title}"))
    expect(page.get_by_text("You applied on")).to_be_visible()
    made = member.tracked.get()
    assert (made.status, made.events.get().source) == (Status.APPLIED, EventSource.RETURN)

    # On the board: an interview, with its time, and the offer
    window.follow(page.get_by_role("link", name="See your application"))
    window.follow(page.get_by_role("link", name="Add an interview"))
    page.get_by_label("Kind").select_option("Video call")
    page.get_by_label("Day").fill((timezone.localdate() + timedelta(days=3)).isoformat())
    page.get_by_label("Time", exact=True).fill("14:30")
    page.get_by_label("Time zone").select_option("America/New_York")
    window.type_into(page.get_by_label("Place or link"), "https://meet.example.org/a")
    window.follow(page.get_by_role("button", name="Save"))
    expect(page.get_by_text("2:30 PM in New York")).to_be_visible()
    window.follow(page.get_by_role("button", name="Move to Interviewing"))
    page.goto(reverse("accounts:applications"))
    expect(page.get_by_role("region", name="Interviewing").get_by_role("link", name=job.title)).to_be_visible()
    move(window, job.title, "Offer")
    expect(page.get_by_role("region", name="Offer").get_by_role("link", name=job.title)).to_be_visible()
    assert page.evaluate("() => document.documentElement.scrollWidth <= innerWidth")
    assert list(made.events.in_order().values_list("status", flat=True)) == ["applied", "interviewing", "offer"]


def test_two_tabs_move_one_card(visit, people):
    member = people.member()
    application = make_tracked(member, title="Sail maker")
    window = visit().be(member)
    window.allowed = {409}
    first, second = window.page, window.context.new_page()
    for tab in (first, second):
        tab.goto(reverse("accounts:applications"))
    first.get_by_label("Move Sail maker to").select_option("Interviewing")
    first.get_by_role("button", name="Move Sail maker").click()
    expect(first.get_by_text("Sail maker is in Interviewing now.")).to_be_visible()
    second.get_by_label("Move Sail maker to").select_option("Rejected")
    second.get_by_role("button", name="Move Sail maker").click()
    expect(second.get_by_role("heading", name="This application changed meanwhile")).to_be_visible()
    assert application.events.count() == 2
    assert not findings(second)
    second.get_by_role("button", name="Do it all the same").click()
    expect(second.get_by_role("region", name="Rejected").get_by_role("link", name="Sail maker")).to_be_visible()
    assert application.events.count() == 3


def test_a_card_is_dragged_with_a_mouse(visit, people):
    member = people.member()
    application = make_tracked(member, title="Sail maker")
    window = visit().be(member)
    page = window.open("accounts:applications")
    with page.expect_navigation():
        page.locator("[data-ticket]").drag_to(page.locator("#lane-offer"))
    expect(page.get_by_role("region", name="Offer").get_by_role("link", name="Sail maker")).to_be_visible()
    application.refresh_from_db()
    assert application.status == Status.OFFER


def test_it_works_without_scripts(visit, people, job):
    member = people.member()
    window = visit(java_script_enabled=False).be(member)
    page = window.page
    page.goto(job.get_absolute_url())
    page.get_by_role("button", name="I applied").click()
    expect(page.get_by_text("You applied on")).to_be_visible()
    page.goto(reverse("accounts:applications"))
    page.get_by_label(f"Move {job.title} to").select_option("Offer")
    page.get_by_role("button", name=f"Move {job.title}", exact=True).click()
    assert member.tracked.get().status == Status.OFFER


def test_the_pages_have_no_finding(visit, people, job):
    """Full and empty, in both themes and three sizes."""
    member = people.member()
    start = timezone.now() - timedelta(days=20)
    application = track_job(user=member, job=job, status=Status.APPLIED, source=EventSource.PERSON, happened_at=start)
    record(application, Status.INTERVIEWING, happened_at=start + timedelta(days=3), note="They called.")
    application.contacts.create(name="Ada", email="ada@kites.example.org")
    task = application.applicationtasks.create(text="Send thanks", due_on=timezone.localdate() - timedelta(days=1))
    application.interviews.create(kind="video", starts_at=timezone.now() + timedelta(days=2), zone="America/New_York")
    for status in Status:
        make_tracked(member, status, at=start)
    leave(member, Job.objects.listed().exclude(apply_url="").last())
    window = visit().be(member)
    window.allowed = {422}
    names = ("applications", "application_add", "application_insight", "calendar_page")
    pages = [reverse(f"accounts:{name}") for name in names]
    one = application.get_absolute_url()
    more = (f"{one}edit/", f"{one}salary/", f"{one}interviews/add/", f"{one}documents/add/", f"{one}tasks/{task.pk}/")
    wrong = examine(window, [*pages, f"{pages[0]}?view=table", one, *more])
    window.page.goto(f"{one}interviews/add/")
    window.page.get_by_role("button", name="Save").click()
    window.page.wait_for_load_state()
    wrong += [f"form with errors: {line}" for line in findings(window.page)]
    wrong += examine(visit().be(people.member()), [pages[0], pages[2]])
    wrong += examine(window, [job.get_absolute_url()])
    assert not wrong, "\n".join(dict.fromkeys(wrong))
