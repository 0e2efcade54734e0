"""Alerts in other rooms: dashboard, copy of one's data, leaving, demonstration, and where one can ask for them."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from accounts.owndata.leaving import delete_account
from accounts.owndata.standing import belongings
from accounts.tests.factories import make_user, signed_in
from alerts import writing
from alerts.choices import Frequency, Stop
from alerts.demo import give_demo_alerts
from alerts.models import Alert, Delivery, Digest, Subscriber, Wish
from alerts.tests.factories import DAY, MONDAY, claim_at, give_plan, make_alert, make_subscriber, new_job
from careers.tests.factories import published_guide
from jobs.tests.factories import make_employer, make_job

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _clock():
    with time_machine.travel(MONDAY - timedelta(hours=1), tick=False):
        yield


def dashboard(user):
    return " ".join(signed_in(user).get(reverse("accounts:dashboard")).content.decode().split())


# --- dashboard --------------------------------------------------------------------------------------
def test_the_dashboard_says_what_came_since_the_last_mail_and_when_the_next_goes_out():
    user = make_user()
    person = make_subscriber(user=user)
    make_alert(person, "q=kite", name="Kites")
    make_alert(person, "q=sail", name="Sails")
    make_alert(person, guide=published_guide().guide, name="The guide")
    for n in range(3):
        new_job(str(n), title="Kite maker", employer=make_employer(f"Employer {n}"))
    shown = dashboard(user)
    assert '<a href="/jobs/?q=kite&amp;sort=newest">Kites</a> <span class="hint">3 new since the last mail' in shown
    assert 'Sails</a> <span class="hint">Nothing new since the last mail' in shown
    assert '<a href="/guides/kite-maker/">The guide</a> <span class="hint">Tells you when the guide changes' in shown
    assert "The next mail goes out on Monday, November 30, 8:00 AM if there is something new." in shown


def test_somebody_who_lost_daily_alerts_reads_when_the_weekly_mail_comes():
    user = make_user()
    make_alert(make_subscriber(user=user, weekday=3), "", frequency=Frequency.DAILY)
    assert "The next mail goes out on Thursday, December 3, 8:00 AM" in dashboard(user)
    give_plan(user)
    assert "The next mail goes out on Monday, November 30, 8:00 AM" in dashboard(user)


@pytest.mark.parametrize(("what", "words"), [("off", "Off"), ("paused", "Paused")])
def test_an_alert_that_rests_says_so(what, words):
    user = make_user()
    alert = make_alert(make_subscriber(user=user), "", name="Kites")
    new_job()
    if what == "off":
        writing.turn_off(alert)
    else:
        writing.pause(alert, (MONDAY + DAY).date())
    assert f'Kites</a> <span class="hint">{words}' in dashboard(user)


def test_who_turned_everything_off_reads_that():
    user = make_user()
    person = make_subscriber(user=user)
    make_alert(person, "")
    writing.stop(person, Stop.LEFT, MONDAY)
    assert "All alerts are off: no mail goes out." in dashboard(user)


def test_without_alerts_the_dashboard_says_what_they_are():
    assert "Save a search as an alert" in dashboard(make_user())


def test_many_alerts_cost_the_dashboard_as_much_as_one(django_assert_max_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    def queries(count):
        user = make_user()
        person = make_subscriber(user=user)
        for n in range(count):
            make_alert(person, f"q=kite{n}")
        client = signed_in(user)
        client.get(reverse("accounts:dashboard"))
        with CaptureQueriesContext(connection) as found:
            client.get(reverse("accounts:dashboard"))
        return len(found)

    assert queries(9) == queries(1)


# --- what is theirs ---------------------------------------------------------------------------------
def test_deleting_an_account_deletes_alerts_and_what_was_asked_for_with_the_address():
    user = make_user("ann@example.org")
    person = make_subscriber(user=user)
    make_alert(person, "")
    new_job()
    claim_at()
    make_alert(make_subscriber("ann@example.org"), "q=kite")
    Wish.objects.create(email="Ann@example.org", time_zone="UTC", name="Sails")
    kept = make_alert(make_subscriber("ben@example.org"), "")
    assert "1 alert, with all that they told you" in belongings(user)
    delete_account(user)
    assert list(Alert.objects.all()) == [kept]
    assert Subscriber.objects.count() == 1
    for model in (Wish, Digest, Delivery):
        assert not model.objects.exists()


def test_a_new_address_of_the_account_is_where_alerts_go():
    user = make_user()
    person = make_subscriber(user=user)
    user.email = "new@example.org"
    user.save()
    assert Subscriber.objects.get(pk=person.pk).address == "new@example.org"


# --- where to ask -----------------------------------------------------------------------------------
def test_every_search_offers_its_alert():
    page = Client().get(reverse("jobs:list"), {"q": "kite", "workplace": "remote", "age": "7", "page": "2"}).content.decode()
    assert 'href="/alerts/new/?q=kite&amp;workplace=remote"' in page


def test_a_search_without_results_offers_to_tell():
    page = Client().get(reverse("jobs:list"), {"q": "zeppelin"}).content.decode()
    assert "Tell me when there is one" in page
    assert 'href="/alerts/new/?q=zeppelin"' in page


def test_the_offer_follows_the_filters():
    """htmx swaps the list and the box beside it."""
    page = Client().get(reverse("jobs:list"), {"q": "kite"}, headers={"HX-Request": "true", "HX-Target": "results"}).content.decode()
    assert page.count('href="/alerts/new/?q=kite"') >= 1
    assert 'id="take-along"' in page


def test_a_guide_offers_its_jobs_and_its_changes():
    guide = published_guide().guide
    make_job(guide=guide)
    page = Client().get(reverse("careers:guide", args=[guide.slug])).content.decode()
    assert 'href="/alerts/new/?guide=kite-maker"' in page
    assert 'href="/alerts/new/?guide_changes=kite-maker"' in page


def test_members_find_alerts_in_the_menu_and_in_their_account():
    client = signed_in(make_user())
    for name in ("accounts:account", "accounts:notifications"):
        assert f'href="{reverse("alerts:list")}"' in client.get(reverse(name)).content.decode().partition("<main")[2]
    assert f'href="{reverse("alerts:list")}"' in client.get(reverse("home")).content.decode()


# --- demonstration ----------------------------------------------------------------------------------
def test_demonstration_people_have_alerts_once():
    published_guide(slug="medical-office-specialist")
    plus = make_user("plus@waymark.example")
    give_plan(plus)
    make_user("free@waymark.example")
    assert give_demo_alerts() == 4
    assert give_demo_alerts() == 0
    assert Alert.objects.filter(subscriber__user=plus, frequency=Frequency.DAILY).count() == 1
    assert not Alert.objects.filter(subscriber__user__email="free@waymark.example", frequency=Frequency.DAILY).exists()
