"""Changing an alert: its name, how often it comes, and the search itself."""

import pytest
from django.urls import reverse

from alerts.models import Alert
from alerts.tests.pages.conftest import alert_of, give_plan, words
from alerts.writing import add

pytestmark = pytest.mark.django_db


@pytest.fixture
def alert(subscriber, jobs):
    return alert_of(subscriber, "q=kite&where=Columbus&level=mid", name="Jobs for “kite” in Columbus: mid level")


def save(client, alert, **data):
    posted = {"name": alert.name, "frequency": alert.frequency, "q": "kite", "where": "Columbus", "level": "mid"} | data
    return client.post(reverse("alerts:edit", args=[alert.pk]), posted)


def test_the_form_shows_the_search_as_fields(client_of_member, alert):
    page = client_of_member.get(reverse("alerts:edit", args=[alert.pk])).content.decode()
    assert '<input class="input" id="alert-q" name="q" value="kite"' in page
    assert 'name="where" value="Columbus"' in page
    assert '<input type="checkbox" id="o-level-mid" name="level" value="mid" checked>' in page
    assert 'name="unstated"' in page
    assert 'name="age"' not in page, "an alert is about what is new"


def test_the_search_is_changed_in_place_and_starts_anew(client_of_member, alert):
    before = alert.covered_until
    response = save(client_of_member, alert, q="rope", without="night", pay="50k", unstated="1", workplace=["hybrid", "remote"])
    assert response.status_code == 302
    alert.refresh_from_db()
    assert alert.query == "q=rope&where=Columbus&workplace=hybrid&workplace=remote&pay=50k&level=mid&without=night&unstated=1"
    assert alert.covered_until > before
    assert alert.name.startswith("Jobs for “rope” in Columbus"), "a name that only said the search says the new one"


def test_a_name_of_ones_own_stays_when_the_search_changes(client_of_member, alert):
    save(client_of_member, alert, name="Near my mother", q="rope")
    save(client_of_member, Alert.objects.get(), q="sail")
    assert Alert.objects.get().name == "Near my mother"


def test_to_look_saves_nothing(client_of_member, alert, jobs):
    response = save(client_of_member, alert, q="rope", where="", level="", do="look")
    assert response.status_code == 200
    assert "Rope maker" in words(response)
    assert 'name="q" value="rope"' in response.content.decode()
    alert.refresh_from_db()
    assert "kite" in alert.query


def test_a_search_that_another_alert_has_is_refused_with_its_name(client_of_member, subscriber, alert):
    alert_of(subscriber, "q=rope", name="Ropes")
    response = save(client_of_member, alert, q="rope", where="", level="")
    assert response.status_code == 422
    assert "You have an alert for this search already: Ropes" in words(response)
    alert.refresh_from_db()
    assert "kite" in alert.query


def test_daily_needs_the_plan_that_has_it(client_of_member, alert, member):
    assert save(client_of_member, alert, frequency="daily").status_code == 402
    assert Alert.objects.get().frequency == "weekly"
    give_plan(member)
    assert save(client_of_member, alert, frequency="daily").status_code == 302
    assert Alert.objects.get().frequency == "daily"


def test_after_a_downgrade_a_daily_alert_can_be_edited_and_stays_daily(client_of_member, alert):
    Alert.objects.update(frequency="daily")
    assert save(client_of_member, alert, name="Mine", frequency="daily").status_code == 302
    assert (Alert.objects.get().name, Alert.objects.get().frequency) == ("Mine", "daily")


def test_an_alert_of_a_guide_has_a_name_and_a_frequency(client_of_member, subscriber, guide):
    alert, _ = add(subscriber, name="Kite guide", guide=guide.guide)
    page = client_of_member.get(reverse("alerts:edit", args=[alert.pk])).content.decode()
    assert 'name="q"' not in page
    client_of_member.post(reverse("alerts:edit", args=[alert.pk]), {"name": "My guide", "frequency": "weekly", "q": "sneaked in"})
    alert.refresh_from_db()
    assert (alert.name, alert.query) == ("My guide", "")


@pytest.mark.parametrize(
    ("data", "said"), [({"name": ""}, "Enter a name for the alert"), ({"frequency": "x"}, "Choose once a week or every day")]
)
def test_what_is_missing_is_said_and_what_was_typed_stays(data, said, client_of_member, alert):
    response = save(client_of_member, alert, q="rope", **data)
    assert response.status_code == 422
    assert said in words(response)
    assert 'name="q" value="rope"' in response.content.decode()


def test_an_employer_that_was_left_out_can_come_back(client_of_member, subscriber, jobs):
    alert = alert_of(subscriber, "q=kite&no_employer=rope-house")
    page = client_of_member.get(reverse("alerts:edit", args=[alert.pk])).content.decode()
    assert "Not Rope House" in page
    client_of_member.post(reverse("alerts:edit", args=[alert.pk]), {"name": "Kites", "frequency": "weekly", "q": "kite"})
    alert.refresh_from_db()
    assert alert.query == "q=kite"
