"""Members save a search: at once, as it was answered, with what it would have sent."""

import pytest
from django.test import Client
from django.urls import reverse

from alerts.models import Alert, Subscriber
from alerts.tests.pages.conftest import alert_of, give_plan, person, words
from alerts.writing import MOST
from jobs.search.spelling import learn_words

pytestmark = pytest.mark.django_db
NEW = reverse("alerts:new")
WEEKLY = {"name": "Kites near me", "frequency": "weekly"}


def test_the_form_comes_filled_in_with_the_search_in_words(client_of_member, jobs):
    response = client_of_member.get(f"{NEW}?q=kite&where=Columbus&level=entry")
    page = response.content.decode()
    assert response.status_code == 200
    assert 'value="Jobs for “kite” in Columbus: entry level"' in page
    said = words(response)
    assert "“kite”In ColumbusEntry level" in said
    assert f'href="{reverse("jobs:list")}?q=kite&amp;where=Columbus&amp;level=entry"' in page
    assert not Alert.objects.exists(), "looking at the form makes nothing"


def test_the_preview_shows_what_came_this_week_and_how_many_a_mail(client_of_member, jobs):
    said = words(client_of_member.get(f"{NEW}?q=kite"))
    assert "About 3 jobs a mail, once a week." in said
    assert "Kite maker" in said
    assert "Rope maker" not in said


def test_a_preview_of_nothing_says_so(client_of_member, jobs):
    assert "Nothing like this came in the last 7 days." in words(client_of_member.get(f"{NEW}?q=zeppelin"))


def test_a_member_has_the_alert_at_once_and_can_take_it_back(client_of_member, member, jobs):
    response = client_of_member.post(f"{NEW}?q=kite&where=Columbus", WEEKLY, follow=True)
    alert = Alert.objects.get()
    assert (alert.subscriber.user, alert.name, alert.query, alert.frequency) == (member, "Kites near me", "q=kite&where=Columbus", "weekly")
    said = words(response)
    assert "Saved: Kites near me. The next mail comes on Monday" in said
    assert "at 8 AM, if there is something new." in said
    undo = reverse("alerts:remove", args=[alert.pk])
    assert f'action="{undo}"' in response.content.decode()
    client_of_member.post(undo)
    alert.refresh_from_db()
    assert alert.removed_at


def test_the_same_search_again_is_the_alert_that_stands(client_of_member, jobs):
    for _ in range(2):
        response = client_of_member.post(f"{NEW}?q=kite&page=3", WEEKLY, follow=True)
    assert "You have this alert already." in words(response) + response.content.decode()
    assert Alert.objects.count() == 1


@pytest.mark.parametrize(
    ("query", "kept"),
    [
        ("q=kite&level=nobody&colour=red&guide=unknown", "q=kite"),
        ("q=kite&age=7&new=1&page=4", "q=kite"),
        ("", ""),
        ("pay=50k&unstated=1", "pay=50k&unstated=1"),
    ],
)
def test_what_says_nothing_of_new_jobs_is_left_out(query, kept, client_of_member, jobs):
    client_of_member.post(f"{NEW}?{query}", WEEKLY)
    assert Alert.objects.get().query == kept


def test_a_bare_search_is_all_new_jobs(client_of_member, jobs):
    page = client_of_member.get(NEW)
    assert 'value="All new jobs"' in page.content.decode()
    assert "All new jobs, whatever they are." in words(page)


def test_the_spelling_that_found_something_is_saved_and_said(client_of_member, jobs):
    learn_words()
    said = words(client_of_member.get(f"{NEW}?q=kiite"))
    assert "Nothing was found for “kiite”, so this is the nearest spelling." in said
    client_of_member.post(f"{NEW}?q=kiite", WEEKLY)
    assert Alert.objects.get().query == "q=kite"


def test_a_search_too_long_for_an_alert_is_refused_with_words(client_of_member, monkeypatch, jobs):
    monkeypatch.setattr("alerts.asking.MAX_QUERY", 5)
    response = client_of_member.post(f"{NEW}?q=kite", WEEKLY)
    assert response.status_code == 422
    assert "This search is too long for an alert" in words(response)
    assert not Alert.objects.exists()


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ({"name": " "}, "Enter a name for the alert"),
        ({"name": "x" * 201}, "The name can have 200 characters at most"),
        ({"frequency": ""}, "Choose how often"),
        ({"frequency": "hourly"}, "Choose once a week or every day"),
    ],
)
def test_what_is_missing_is_said_beside_the_field(data, said, client_of_member, jobs):
    response = client_of_member.post(f"{NEW}?q=kite", WEEKLY | data)
    assert response.status_code == 422
    assert words(response).count(said) == 2, "in the summary and beside the field"
    assert not Alert.objects.exists()


def test_fifty_alerts_are_the_most(client_of_member, subscriber, jobs):
    for n in range(MOST):
        alert_of(subscriber, f"q=kite{n}")
    response = client_of_member.post(f"{NEW}?q=kite", WEEKLY)
    assert response.status_code == 422
    assert "You have 50 alerts, which is the most there can be." in words(response)
    assert Alert.objects.count() == MOST


def test_daily_is_not_to_be_had_without_the_plan_that_has_it(client_of_member, jobs):
    response = client_of_member.post(f"{NEW}?q=kite", WEEKLY | {"frequency": "daily"})
    assert response.status_code == 402
    assert "Daily job alerts" in words(response)
    assert not Alert.objects.exists()


def test_a_visitor_cannot_have_daily_alerts_either(jobs):
    data = WEEKLY | {"frequency": "daily", "email": "a@example.org", "time_zone": "UTC"}
    assert Client().post(f"{NEW}?q=kite", data).status_code == 402


def test_the_form_says_whose_daily_alerts_are(client_of_member, jobs):
    assert "Daily job alerts: part of Plus, $8 a month before tax." in words(client_of_member.get(f"{NEW}?q=kite"))


def test_a_member_with_the_plan_has_daily_alerts(client_of_member, member, jobs):
    give_plan(member)
    said = words(client_of_member.get(f"{NEW}?q=kite"))
    assert "part of Plus" not in said
    response = client_of_member.post(f"{NEW}?q=kite", WEEKLY | {"frequency": "daily"}, follow=True)
    assert Alert.objects.get().frequency == "daily"
    assert "Every day" in words(response)


def test_changes_of_a_guide_can_be_watched(client_of_member, guide):
    page = client_of_member.get(f"{NEW}?guide_changes={guide.slug}")
    assert "Hear when this guide changes" in words(page)
    client_of_member.post(f"{NEW}?guide_changes={guide.slug}", WEEKLY)
    alert = Alert.objects.get()
    assert (alert.kind, alert.guide, alert.revision_id) == ("guide", guide.guide, guide.revision_id)


@pytest.mark.parametrize("slug", ["nothing", "", "../etc", "tent-maker"])
def test_a_guide_that_is_not_there_is_a_404(slug, client_of_member):
    assert client_of_member.get(f"{NEW}?guide_changes={slug}").status_code == 404


def test_who_turned_everything_off_gets_only_the_new_one(client_of_member, subscriber, jobs):
    old = alert_of(subscriber, "q=rope")
    client_of_member.post(reverse("alerts:stop"))
    client_of_member.post(f"{NEW}?q=kite", WEEKLY)
    subscriber.refresh_from_db()
    old.refresh_from_db()
    assert subscriber.stopped_at is None
    assert old.off_at


def test_what_else_is_posted_is_ignored(client_of_member, member, jobs):
    stranger = Subscriber.objects.create(user=person("stranger"))
    client_of_member.post(
        f"{NEW}?q=kite", WEEKLY | {"subscriber": stranger.pk, "user": 1, "off_at": "2026-01-01", "covered_until": "2020-01-01"}
    )
    alert = Alert.objects.get()
    assert (alert.subscriber.user, alert.off_at) == (member, None)
    assert alert.covered_until.year >= 2026
