"""The page of one's alerts: what it says, and what its buttons do."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.contrib.messages import get_messages
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from alerts.choices import Stop
from alerts.models import Alert, Delivery, Digest, Subscriber
from alerts.tests.pages.conftest import alert_of, give_plan, person, signed_in, words
from alerts.writing import stop
from kit.models import DeadAddress

pytestmark = pytest.mark.django_db
LIST = reverse("alerts:list")
WEDNESDAY = datetime(2026, 11, 25, 17, 0, tzinfo=UTC)  # noon in New York


@pytest.fixture(params=["member", "visitor"])
def door(request, member, subscriber, visitor):
    """Somebody at the page of their alerts: signed in, or by the key of a mail. `url(name)` and `post(name)` of theirs."""
    return Reader(subscriber, signed_in(member), "") if request.param == "member" else Reader(visitor, Client(), visitor.key)


class Reader:
    def __init__(self, subscriber, client, key):
        self.subscriber, self.client, self.key = subscriber, client, key

    def url(self, name, *args):
        if not self.key:
            return reverse(f"alerts:{name}", args=args)
        return reverse("alerts:by_mail" if name == "list" else f"alerts:mail_{name}", args=[self.key, *args])

    def page(self, query=""):
        response = self.client.get(self.url("list") + query)
        assert response.status_code == 200
        return words(response)

    def post(self, name, *args, **data):
        response = self.client.post(self.url(name, *args), data)
        self.said = " ".join(map(str, get_messages(response.wsgi_request)))
        return response


def fresh(row):
    row.refresh_from_db()
    return row


# --- what it says --------------------------------------------------------------------------------
def test_without_alerts_the_page_teaches_what_one_is(door):
    said = door.page()
    assert "You have no alerts yet" in said
    assert "one mail for all alerts, each job once" in said
    assert f'href="{reverse("alerts:new")}?where=remote"' in door.client.get(door.url("list")).content.decode()


def test_each_example_leads_to_a_form_that_can_be_sent(client_of_member, jobs):
    page = client_of_member.get(LIST).content.decode()
    for query in ("where=remote", "pay=50k&unstated=1", "level=entry"):
        assert f"?{query.replace('&', '&amp;')}" in page
        client_of_member.post(f"{reverse('alerts:new')}?{query}", {"name": query, "frequency": "weekly"})
    assert set(Alert.objects.values_list("query", flat=True)) == {"where=remote", "pay=50k&unstated=1", "level=entry"}


@time_machine.travel(WEDNESDAY, tick=False)
def test_the_page_tells_name_search_frequency_and_the_next_mail_by_the_readers_clock(member, subscriber, jobs):
    alert_of(subscriber, "q=kite&where=Columbus", name="Near me")
    said = words(signed_in(member).get(LIST))
    assert "Near me Jobs for “kite” in Columbus On Once a week · In no mail yet" in said
    assert "one mail to member@example.org. The next mail comes on Monday, November 30 at 8 AM, if there is something new." in said


@time_machine.travel(WEDNESDAY, tick=False)
def test_it_tells_what_was_last_sent(subscriber, member, jobs):
    alert = alert_of(subscriber)
    digest = Digest.objects.create(subscriber=subscriber, slot="2026-11-23", created_at=datetime(2026, 11, 23, 13, tzinfo=UTC))
    Delivery.objects.create(subscriber=subscriber, job=jobs.rope, digest=digest, alert=alert, place=1)
    Subscriber.objects.update(mailed_at=digest.created_at)
    said = words(signed_in(member).get(LIST))
    assert "Last in a mail on November 23, 2026" in said
    assert "Last mail: November 23, 2026." in said


@time_machine.travel(WEDNESDAY, tick=False)
def test_daily_alerts_without_the_plan_come_weekly_and_the_page_says_that_they_return(subscriber, member, jobs):
    grant = give_plan(member)
    alert_of(subscriber, frequency="daily")
    client = signed_in(member)
    said = words(client.get(LIST))
    assert "Every day" in said
    assert "The next mail comes on Thursday, November 26 at 8 AM" in said
    grant.revoked_at = timezone.now()
    grant.save()
    said = words(client.get(LIST))
    assert "You chose daily alerts, and your plan has weekly ones" in said
    assert "Once a week for now" in said
    assert "The next mail comes on Monday, November 30 at 8 AM" in said
    assert Alert.objects.get().frequency == "daily", "nothing was changed"


def test_an_address_that_took_no_mail_is_said_and_can_be_tried_again(door, jobs):
    alert_of(door.subscriber)
    assert "came back" not in door.page()
    DeadAddress.objects.create(email=door.subscriber.address, state="bounced")
    assert f"Our mails to {door.subscriber.address} came back, so we send no alerts there." in door.page()
    for _ in range(2):
        door.post("address_works")
    assert not DeadAddress.objects.exists()
    assert "came back" not in door.page()


# --- what its buttons do -------------------------------------------------------------------------
def test_a_pause_lasts_until_the_day_and_can_be_ended(door, jobs):
    alert = alert_of(door.subscriber)
    until = timezone.now().date() + timedelta(days=20)
    for _ in range(2):
        assert door.post("pause", alert.pk, until=until.isoformat()).status_code == 302
    assert fresh(alert).paused_until == until
    assert f"Paused until {until:%B} {until.day}, {until.year}" in door.page()
    door.post("resume", alert.pk)
    assert fresh(alert).paused_until is None
    assert "On Once a week" in door.page()


@pytest.mark.parametrize(
    ("until", "said"),
    [
        ("", "Enter the day until which it pauses"),
        ("soon", "Enter a day such as 2027-01-15"),
        ("2020-01-01", "Choose a day after today"),
        ("9999-12-31", "A pause can last a year at most. For longer, turn the alert off"),
    ],
)
def test_a_pause_needs_a_day_to_come(until, said, door, jobs):
    alert = alert_of(door.subscriber)
    response = door.post("pause", alert.pk, until=until)
    assert response.status_code == 422
    assert words(response).count(said) == 2, "in the summary and beside the field"
    assert fresh(alert).paused_until is None


def test_off_stays_off_until_it_is_turned_on(door, jobs):
    alert = alert_of(door.subscriber)
    for _ in range(2):
        door.post("turn_off", alert.pk)
    assert fresh(alert).off_at
    assert "Off Once a week" in door.page()
    assert "The next mail" not in door.page()
    door.post("resume", alert.pk)
    assert fresh(alert).off_at is None


def test_a_removed_alert_comes_back_by_undo(door, jobs):
    alert = alert_of(door.subscriber)
    response = door.post("remove", alert.pk)
    said = words(door.client.get(response["Location"]))
    assert "Removed: Kites" in said
    assert "You have no alerts yet" in said
    door.post("remove", alert.pk)
    assert fresh(alert).removed_at
    for _ in range(2):
        assert door.post("restore", alert.pk).status_code == 302
    assert fresh(alert).removed_at is None
    assert door.client.get(door.url("edit", alert.pk)).status_code == 200


def test_undo_says_when_the_same_was_made_anew(door, jobs):
    old = alert_of(door.subscriber)
    door.post("remove", old.pk)
    alert_of(door.subscriber)
    door.post("restore", old.pk)
    assert "You made the same alert anew meanwhile" in door.said
    assert fresh(old).removed_at


def test_a_removed_alert_cannot_be_opened_paused_or_turned_on(door, jobs):
    alert = alert_of(door.subscriber, removed_at=timezone.now())
    assert door.client.get(door.url("edit", alert.pk)).status_code == 404
    assert [door.post(name, alert.pk).status_code for name in ("pause", "resume", "turn_off")] == [404] * 3


@time_machine.travel(WEDNESDAY, tick=False)
def test_members_choose_day_and_hour_by_the_clock_of_their_account(member, subscriber, jobs):
    alert_of(subscriber)
    client = signed_in(member)
    response = client.post(reverse("alerts:schedule"), {"weekday": "4", "hour": "18", "time_zone": "Asia/Tokyo"}, follow=True)
    assert "The next mail comes on Friday, November 27 at 6 PM" in response.content.decode()
    assert (fresh(subscriber).weekday, subscriber.hour, subscriber.time_zone) == (4, 18, "America/New_York")


@pytest.mark.parametrize("data", [{"weekday": "7", "hour": "8"}, {"weekday": "0", "hour": "24"}, {"weekday": "x", "hour": "²"}, {}])
def test_days_and_hours_that_do_not_exist_are_refused(data, subscriber, member, jobs):
    alert_of(subscriber)
    response = signed_in(member).post(reverse("alerts:schedule"), data)
    assert response.status_code == 422
    assert "There is a problem" in words(response)
    assert (fresh(subscriber).weekday, subscriber.hour) == (0, 8)


def test_everything_off_and_on_again(door, jobs):
    kept, off = alert_of(door.subscriber), alert_of(door.subscriber, "q=rope", off_at=timezone.now())
    for _ in range(2):
        door.post("stop")
    assert fresh(door.subscriber).stopped_because == Stop.LEFT
    assert "You turned off all alerts. Nothing is sent, and everything stays here." in door.page()
    for _ in range(2):
        door.post("start")
    assert fresh(door.subscriber).stopped_at is None
    assert (fresh(kept).off_at, bool(fresh(off).off_at)) == (None, True), "each is as it was"


def test_after_everything_was_turned_off_one_can_be_turned_on_alone(door, jobs):
    one, other = alert_of(door.subscriber), alert_of(door.subscriber, "q=rope")
    door.post("stop")
    door.post("resume", one.pk)
    assert fresh(door.subscriber).stopped_at is None
    assert (fresh(one).off_at, bool(fresh(other).off_at)) == (None, True)


def test_silence_is_said_and_ended(door, jobs):
    alert_of(door.subscriber)
    stop(door.subscriber, Stop.SILENT, timezone.now())
    assert "We have not heard from you for a year" in door.page()
    door.post("start")
    assert "We have not heard" not in door.page()


def test_to_come_and_to_press_a_button_are_signs_of_life_noted_once_a_day(member, subscriber, visitor, django_assert_num_queries, jobs):
    long_ago = timezone.now() - timedelta(days=300)
    for row in (subscriber, visitor):
        alert_of(row)
    Subscriber.objects.update(alive_at=long_ago, asked_at=long_ago)
    signed_in(member).get(LIST)
    assert fresh(subscriber).alive_at > long_ago
    assert subscriber.asked_at is None
    Client().get(reverse("alerts:by_mail", args=[visitor.key]))
    assert fresh(visitor).alive_at == long_ago, "programs open links in mails too"
    Client().post(reverse("alerts:mail_start", args=[visitor.key]))
    noted = fresh(visitor).alive_at
    assert noted > long_ago
    Client().post(reverse("alerts:mail_start", args=[visitor.key]))
    assert fresh(visitor).alive_at == noted


# --- of others -----------------------------------------------------------------------------------
def test_alerts_of_others_are_not_there(subscriber, jobs):
    alert = alert_of(subscriber)
    stranger = signed_in(person("stranger"))
    assert "Kites" not in words(stranger.get(LIST))
    assert stranger.get(reverse("alerts:edit", args=[alert.pk])).status_code == 404
    for name in ("edit", "pause", "resume", "turn_off", "remove", "restore"):
        assert stranger.post(reverse(f"alerts:{name}", args=[alert.pk]), {"until": "2027-01-01"}).status_code == 404, name
    assert (fresh(alert).removed_at, alert.off_at, alert.paused_until, alert.name) == (None, None, None, "Kites")
    assert "Kites" not in words(stranger.get(f"{LIST}?added={alert.pk}"))
    alert.removed_at = timezone.now()
    alert.save()
    assert "Kites" not in words(stranger.get(f"{LIST}?removed={alert.pk}"))


def test_signed_out_one_signs_in_first(jobs):
    for method in (Client().get, Client().post):
        response = method(LIST) if method.__name__ == "get" else method(reverse("alerts:start"))
        assert response.status_code == 302
        assert response["Location"] == f"{reverse('account_login')}?next={LIST}"


def test_every_action_wants_its_token_and_takes_only_posts(subscriber, member, visitor, jobs):
    alert, theirs = alert_of(subscriber), alert_of(visitor)
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(member)
    for name in ("pause", "resume", "turn_off", "remove", "restore"):
        assert strict.post(reverse(f"alerts:{name}", args=[alert.pk])).status_code == 403
        assert strict.post(reverse(f"alerts:mail_{name}", args=[visitor.key, theirs.pk])).status_code == 403
        assert strict.get(reverse(f"alerts:{name}", args=[alert.pk])).status_code == 405
    for name in ("schedule", "stop", "start", "address_works"):
        assert strict.post(reverse(f"alerts:{name}")).status_code == 403
        assert strict.post(reverse(f"alerts:mail_{name}", args=[visitor.key])).status_code == 403
        assert strict.get(reverse(f"alerts:mail_{name}", args=[visitor.key])).status_code == 405
