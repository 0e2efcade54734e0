"""Alerts: a member has one, a visitor asks for one by mail, both leave; with and without scripts."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from alerts.choices import Stop, Verdict
from alerts.links import confirm_url, keep_url, off_url, verdict_url
from alerts.models import Alert, Delivery, Digest, Subscriber, Wish
from alerts.people import subscriber_of
from alerts.writing import add, pause, stop, turn_off
from jobs.models import Job
from kit.mail.addresses import bury
from kit.models import AddressState, OutgoingMail
from tests.browser.conftest import PHONE
from tests.browser.test_accessibility import examine, findings


def path(url):
    return "/" + url.split("/", 3)[3]


def mailed_link(email, name):
    """The path of the newest such link that waits for somebody."""
    body = OutgoingMail.objects.to([email]).latest("pk").message["body"]
    return re.search(rf"https?://[^/]+(/alerts/{name}/\S+)", body)[1]


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_a_member_saves_a_search_changes_pauses_and_removes_it(scripts, visit, people):
    member = people.member()
    window = visit(java_script_enabled=scripts).be(member)
    page = window.open("alerts:new", query="?guide=electrician")
    expect(page.get_by_label("Name")).to_have_value("Electrician jobs")
    expect(page.get_by_role("heading", name="What it would send")).to_be_visible()
    page.get_by_role("button", name="Save this alert").click()
    expect(page.get_by_role("status").filter(has_text="Saved: Electrician jobs. The next mail comes on Monday")).to_be_visible()

    # Changed: first looked at, then saved
    page.get_by_role("link", name="Change Electrician jobs").click()
    page.get_by_role("group", name="Workplace").get_by_label("On site").check()
    page.get_by_role("button", name="Show what it would send").click()
    expect(page.get_by_role("group", name="Workplace").get_by_label("On site")).to_be_checked()
    assert Alert.objects.get(subscriber__user=member).query == "guide=electrician"
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("heading", name="Electrician jobs: on site")).to_be_visible()

    # Paused until the day that stands there, and back
    page.locator("summary", has_text="Pause Electrician jobs").click()
    page.get_by_role("button", name="Pause Electrician jobs: on site").click()
    expect(page.get_by_role("main").get_by_text("Paused until", exact=False).last).to_be_visible()
    page.get_by_role("button", name="End the pause of Electrician jobs: on site").click()
    expect(page.get_by_text("On again: Electrician jobs: on site.")).to_be_visible()

    # Removed and taken back
    page.get_by_role("button", name="Remove Electrician jobs: on site").click()
    expect(page.get_by_role("heading", name="You have no alerts yet")).to_be_visible()
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_role("heading", name="Electrician jobs: on site")).to_be_visible()
    assert Alert.objects.get(subscriber__user=member).removed_at is None


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_a_visitor_asks_confirms_manages_and_leaves(scripts, visit):
    email = f"vera-{scripts}@example.org".lower()
    window = visit(java_script_enabled=scripts, timezone_id="Europe/Berlin", viewport=PHONE)
    page = window.open("alerts:new", query="?q=electrician")
    zone = page.get_by_label("Time zone")
    expect(zone).to_have_value("Europe/Berlin" if scripts else "UTC")
    window.allowed = {422}
    page.get_by_role("button", name="Send me the link").click()
    expect(page.get_by_role("alert")).to_contain_text("Enter your email address")
    page.get_by_label("Email").fill(email)
    page.get_by_role("button", name="Send me the link").click()
    expect(page.get_by_role("heading", name="Look into your mailbox")).to_be_visible()
    assert not Subscriber.objects.filter(email=email).exists()

    page.goto(mailed_link(email, "confirm"))
    page.get_by_role("button", name="Yes, start it").click()
    expect(page.get_by_role("heading", name="Your alert is on")).to_be_visible()
    page.get_by_role("link", name="See and change your alerts").click()
    subscriber = Subscriber.objects.get(email=email)
    assert subscriber.time_zone == ("Europe/Berlin" if scripts else "UTC")

    # By the key in the address: another hour, then everything off, and on again
    page.get_by_label("Hour").select_option("18")
    page.get_by_role("button", name="Save day and hour").click()
    expect(page.get_by_role("status").filter(has_text="at 6 PM")).to_be_visible()
    page.get_by_role("button", name="Turn off all alerts").click()
    expect(page.get_by_text("You turned off all alerts.")).to_be_visible()
    page.get_by_role("button", name="Turn on again").click()
    expect(page.get_by_text("Your alerts are on again.")).to_be_visible()

    # Everything goes, after a question
    page.get_by_role("link", name="Delete all this and my address").click()
    page.get_by_role("button", name="Delete all of it").click()
    expect(page.get_by_role("heading", name="Everything is deleted")).to_be_visible()
    assert not Subscriber.objects.filter(email=email).exists()
    assert not Wish.objects.filter(email=email).exists()


@pytest.fixture
def told(people, site):
    """A member with two alerts, and a job that one of them told of."""
    subscriber = subscriber_of(people.member())
    alert, _ = add(subscriber, name="Electricians", query="q=electrician")
    add(subscriber, name="Nurses", query="q=nurse")
    digest = Digest.objects.create(subscriber=subscriber, slot=timezone.now().date())
    return Delivery.objects.create(subscriber=subscriber, job=Job.objects.open().first(), digest=digest, alert=alert, place=1)


def test_leaving_from_a_mail_signed_out_and_without_scripts(visit, told):
    window = visit(java_script_enabled=False)
    page = window.page
    page.goto(path(off_url(told.subscriber, told.alert)))
    window.follow(page.get_by_role("button", name="Turn off this alert", exact=True))
    expect(page.get_by_role("heading", name="This alert is off")).to_be_visible()
    assert Alert.objects.get(pk=told.alert_id).off_at
    window.follow(page.get_by_role("button", name="Turn it on again"))
    expect(page.get_by_role("heading", name="This alert is on again")).to_be_visible()
    page.goto(path(off_url(told.subscriber)))
    page.get_by_role("button", name="Turn off all alerts").click()
    expect(page.get_by_role("heading", name="All your alerts are off")).to_be_visible()
    assert Subscriber.objects.get(pk=told.subscriber_id).stopped_because == Stop.LEFT


def test_saying_what_a_job_was_worth_signed_out(visit, told):
    window = visit(java_script_enabled=False)
    page = window.page
    page.goto(path(verdict_url(told, Verdict.NOT_FOR_ME)))
    page.get_by_label("Not this employer").check()
    page.get_by_role("button", name="It is not for me").click()
    expect(page.get_by_text(f"This alert leaves out {told.job.employer.name} from now on.")).to_be_visible()
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_role("heading", name="Taken back")).to_be_visible()
    assert Alert.objects.get(pk=told.alert_id).query == "q=electrician"


def test_a_member_signs_out_from_the_page_of_a_link(visit, people, told):
    """A page that names no referrer at all sends forms from nowhere, and the site refuses those."""
    page = visit(java_script_enabled=False).be(people.member()).page
    page.goto(path(off_url(told.subscriber, told.alert)))
    page.locator("header summary").click()
    page.locator("header details").get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("link", name="Sign in").first).to_be_attached()


# --- accessibility -------------------------------------------------------------------------------
def test_the_pages_of_a_member_have_no_finding(visit, people):
    member = people.member()
    window = visit().be(member)
    wrong = examine(window, [reverse("alerts:list")])
    subscriber = subscriber_of(member)
    alerts = [add(subscriber, name=f"Alert {n}", query=f"q=electrician+{n}")[0] for n in range(3)]
    pause(alerts[1], timezone.now().date() + timedelta(days=9))
    turn_off(alerts[2])
    Alert.objects.filter(pk=alerts[0].pk).update(frequency="daily")
    bury(member.email, AddressState.BOUNCED)
    new = reverse("alerts:new")
    pages = [f"{reverse('alerts:list')}?added={alerts[0].pk}", reverse("alerts:edit", args=[alerts[0].pk])]
    wrong += examine(window, [*pages, f"{new}?q=electrician&pay=30k", f"{new}?guide_changes=electrician"])
    stop(subscriber, Stop.SILENT, timezone.now())
    wrong += examine(window, [reverse("alerts:list")])
    window.allowed = {422}
    window.page.goto(f"{new}?q=nurse")
    window.page.get_by_label("Name").fill("")
    window.page.get_by_role("button", name="Save this alert").click()
    wrong += [f"form with errors: {line}" for line in findings(window.page)]
    assert not wrong, "\n".join(dict.fromkeys(wrong))


def test_the_pages_of_a_visitor_and_of_links_in_mails_have_no_finding(visit, told):
    visitor = Subscriber.objects.create(email="looks@example.org", confirmed_at=timezone.now())
    alert, _ = add(visitor, name="Nurses", query="q=nurse")
    wish = Wish.objects.create(email="looks@example.org", time_zone="UTC", name="Ropes", query="q=rope")
    by_key = [reverse("alerts:by_mail", args=[visitor.key]), reverse("alerts:mail_edit", args=[visitor.key, alert.pk])]
    links = [off_url(told.subscriber, told.alert), keep_url(told.subscriber), confirm_url(wish), verdict_url(told, Verdict.NOT_FOR_ME)]
    window = visit()
    wrong = examine(
        window, [f"{reverse('alerts:new')}?q=nurse", *by_key, reverse("alerts:mail_delete", args=[visitor.key]), *map(path, links)]
    )
    for link, button in zip(links, ("Turn off this alert", "Yes, keep them", "Yes, start it", "It is not for me"), strict=True):
        window.page.goto(path(link))
        with window.page.expect_navigation():  # else the page may change while it is examined
            window.page.get_by_role("button", name=button, exact=True).click()
        wrong += [f"after {button}: {line}" for line in findings(window.page)]
    assert not wrong, "\n".join(dict.fromkeys(wrong))
