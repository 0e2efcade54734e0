"""Alerts without an account: asked for, confirmed by the mailed link, managed by the key, deleted."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from alerts.links import confirm_url
from alerts.models import Alert, Delivery, Digest, Subscriber, Wish
from alerts.people import adopt, subscriber_of
from alerts.tasks import forget_wishes
from alerts.tests.pages.conftest import alert_of, give_plan, person, words
from alerts.writing import MOST

pytestmark = pytest.mark.django_db
NEW = reverse("alerts:new")
ASKED = {"name": "Kites", "frequency": "weekly", "email": "Vera@Example.org", "time_zone": "Europe/Berlin"}


def ask(query="q=kite", client=None, **data):
    return (client or Client()).post(f"{NEW}?{query}", ASKED | data)


def path_in(message):
    return re.search(r"https?://[^/]+(/alerts/confirm/\S+)", message.body)[1]


def confirmed(message, client=None):
    return (client or Client()).post(path_in(message))


# --- asking --------------------------------------------------------------------------------------
def test_a_visitor_is_sent_a_link_and_has_nothing_before_it_is_used(jobs):
    response = ask()
    assert response.status_code == 200
    assert "We sent a mail to vera@example.org." in words(response)
    assert (Wish.objects.count(), Alert.objects.count(), Subscriber.objects.count()) == (1, 0, 0)
    (message,) = mail.outbox
    assert (message.to, message.subject) == (["vera@example.org"], "Confirm your alert at Waymark")
    assert "Jobs for “kite”" in message.body
    assert path_in(message) in message.alternatives[0][0]


def test_the_page_of_the_link_asks_and_only_its_button_starts_the_alert(jobs):
    ask()
    client = Client()
    for method in (client.get, client.head):
        assert method(path_in(mail.outbox[0])).status_code == 200
    assert "Start this alert?" in words(client.get(path_in(mail.outbox[0])))
    assert not Alert.objects.exists()
    said = words(confirmed(mail.outbox[0]))
    assert "Your alert is on" in said
    alert = Alert.objects.get()
    assert (alert.subscriber.email, alert.subscriber.user, alert.query) == ("vera@example.org", None, "q=kite")
    assert (alert.subscriber.time_zone, bool(alert.subscriber.next_at)) == ("Europe/Berlin", True)


def test_the_link_works_twice_and_makes_one_alert(jobs):
    ask()
    first, second = (words(confirmed(mail.outbox[0])) for _ in range(2))
    assert first == second
    assert Alert.objects.count() == 1


def test_an_alert_that_was_removed_does_not_come_back_by_its_old_link(jobs):
    ask()
    confirmed(mail.outbox[0])
    Alert.objects.update(removed_at=timezone.now())
    assert "This alert was removed" in words(confirmed(mail.outbox[0]))
    assert not Alert.objects.kept().exists()


def test_a_form_that_is_sent_twice_sends_one_mail(jobs):
    first, second = (words(ask()) for _ in range(2))
    assert first == second
    assert len(mail.outbox) == Wish.objects.count() == 1
    with time_machine.travel(timezone.now() + timedelta(minutes=11), tick=False):
        ask()
    assert len(mail.outbox) == 2, "who got no mail asks again"


@pytest.mark.parametrize("known", ["nobody", "visitor", "member", "unconfirmed member"])
def test_the_answer_is_the_same_whoever_has_the_address(known, jobs, django_assert_num_queries):
    """Same words, same rows written, one mail: nobody learns who is here."""
    if known == "visitor":
        alert_of(Subscriber.objects.create(email="vera@example.org", confirmed_at=timezone.now()))
    elif known != "nobody":
        user = person("vera")
        if known != "member":
            user.emailaddress_set.update(verified=False)
    before = list(Alert.objects.values())
    answer = words(ask())
    assert answer.startswith("Look into your mailbox We sent a mail to vera@example.org.")
    assert list(Alert.objects.values()) == before
    assert Wish.objects.count() == len(mail.outbox) == 1


def test_a_stranger_adds_nothing_to_somebodys_alerts(visitor, jobs):
    own = alert_of(visitor)
    ask("q=rope", email=visitor.email)
    assert [row.pk for row in visitor.alerts.all()] == [own.pk]
    page = Client().get(reverse("alerts:by_mail", args=[visitor.key]))
    assert "rope" not in words(page)


def test_the_link_of_an_address_with_an_account_brings_the_alert_there(member, jobs):
    ask(email=member.email)
    said = words(confirmed(mail.outbox[0]))
    assert "There is an account with this address" in said
    assert Alert.objects.get().subscriber.user == member
    assert not Subscriber.objects.visitors().exists()


def test_an_account_that_never_confirmed_the_address_gets_nothing(jobs):
    """Else whoever signs up with a stranger's address would read what the stranger watches."""
    squatter = person("vera")
    squatter.emailaddress_set.update(verified=False)
    ask()
    confirmed(mail.outbox[0])
    assert Alert.objects.get().subscriber.user is None


def test_who_turned_everything_off_gets_only_the_new_one(visitor, jobs):
    old = alert_of(visitor, "q=rope")
    Client().post(reverse("alerts:mail_stop", args=[visitor.key]))
    ask(email=visitor.email)
    confirmed(mail.outbox[0])
    visitor.refresh_from_db()
    old.refresh_from_db()
    assert visitor.stopped_at is None
    assert old.off_at
    assert visitor.alerts.on().get().query == "q=kite"


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ({"email": ""}, "Enter your email address"),
        ({"email": "vera"}, "Enter an email address in the form name@example.com"),
        ({"email": "vera@example.org\nBcc: x@example.org"}, "Enter an email address in the form name@example.com"),
        ({"time_zone": "Mars/Base"}, "Choose a time zone from the list"),
    ],
)
def test_what_is_missing_is_said_beside_the_field(data, said, jobs):
    response = ask(**data)
    assert response.status_code == 422
    assert said in words(response)
    assert not Wish.objects.exists()
    assert not mail.outbox


def test_words_of_strangers_do_not_get_into_the_mail(jobs):
    """Whoever asks may have typed somebody else's address: the form must not carry messages or links to them."""
    ask("q=buy+at+evil.example&where=http://evil.example", name="Visit evil.example now", time_zone="UTC")
    message = mail.outbox[0]
    everything = message.subject + message.body + message.alternatives[0][0]
    assert "evil" not in everything
    assert "All new jobs" in message.body


def test_one_mailbox_gets_three_of_these_mails_a_day_whoever_asks(jobs):
    for n in range(3):
        assert ask(f"q=kite{n}", client=Client(REMOTE_ADDR=f"10.0.0.{n}")).status_code == 200
    response = ask("q=rope", client=Client(REMOTE_ADDR="10.0.0.9"), email="VERA@example.org")
    assert response.status_code == 429
    assert "This address has got several of these mails today." in words(response)
    assert len(mail.outbox) == 3


def test_one_network_cannot_write_to_many_mailboxes(jobs):
    for n in range(20):
        assert ask(email=f"{n}@example.org").status_code == 200
    response = ask(email="one-more@example.org")
    assert response.status_code == 429
    assert "Many alerts were asked for from your network" in words(response)
    assert len(mail.outbox) == 20


def test_the_form_wants_its_token(jobs):
    assert ask(client=Client(enforce_csrf_checks=True)).status_code == 403


# --- the link ------------------------------------------------------------------------------------
def test_altered_links_and_those_of_other_kinds_open_nothing(visitor, jobs):
    ask()
    path = path_in(mail.outbox[0])
    token = path.rstrip("/").rpartition("/")[2]
    for bad in (path.replace(token, f"{token}x"), path.replace(token, "1.:abc"), path.replace(token, token[1:])):
        assert Client().post(bad).status_code == 404
    other = reverse("alerts:off", args=[token])
    assert Client().post(other).status_code == 404
    assert not Alert.objects.exists()


def test_the_page_of_the_link_is_kept_by_nobody_and_told_to_no_other_site(jobs):
    ask()
    response = Client().get(path_in(mail.outbox[0]))
    assert (response["Cache-Control"], response["Referrer-Policy"], response["X-Robots-Tag"]) == (
        "private, no-store",
        "same-origin",
        "noindex",
    )


def test_after_a_week_the_link_is_over_and_the_address_is_deleted(jobs):
    ask()
    path = path_in(mail.outbox[0])
    with time_machine.travel(timezone.now() + timedelta(days=7, minutes=1), tick=False):
        assert Client().post(path).status_code == 404
        forget_wishes(timestamp=0)
    assert not Wish.objects.exists()
    assert not Subscriber.objects.exists()


def test_what_was_confirmed_outlives_the_wish(jobs):
    ask()
    confirmed(mail.outbox[0])
    with time_machine.travel(timezone.now() + timedelta(days=8), tick=False):
        forget_wishes(timestamp=0)
    assert not Wish.objects.exists()
    assert Alert.objects.count() == 1


def test_the_fifty_first_alert_is_refused_with_words(visitor, jobs):
    for n in range(MOST):
        alert_of(visitor, f"q=rope{n}")
    ask(email=visitor.email)
    response = confirmed(mail.outbox[0])
    assert response.status_code == 422
    assert "You have 50 alerts" in words(response)
    assert Wish.objects.get().confirmed_at is None


# --- managing ------------------------------------------------------------------------------------
def test_the_key_opens_the_alerts_of_a_visitor_to_nobody_else(visitor, jobs):
    alert_of(visitor)
    response = Client().get(reverse("alerts:by_mail", args=[visitor.key]))
    assert "visitor@example.org" in words(response)
    assert (response["Cache-Control"], response["X-Robots-Tag"], response["Referrer-Policy"]) == (
        "private, no-store",
        "noindex",
        "same-origin",
    )
    assert Client().get(reverse("alerts:by_mail", args=["A" * 22])).status_code == 404
    assert Client().get(reverse("alerts:by_mail", args=[visitor.key.swapcase()])).status_code == 404
    assert len(visitor.key) >= 22, "128 bits"


def test_the_key_of_a_member_opens_nothing(subscriber, jobs):
    alert = alert_of(subscriber)
    assert Client().get(reverse("alerts:by_mail", args=[subscriber.key])).status_code == 404
    assert Client().post(reverse("alerts:mail_remove", args=[subscriber.key, alert.pk])).status_code == 404
    alert.refresh_from_db()
    assert alert.removed_at is None


def test_a_key_does_nothing_to_the_alerts_of_others(visitor, subscriber, jobs):
    theirs = alert_of(subscriber)
    for name in ("mail_edit", "mail_pause", "mail_resume", "mail_turn_off", "mail_remove", "mail_restore"):
        assert Client().post(reverse(f"alerts:{name}", args=[visitor.key, theirs.pk]), {"until": "2027-01-01"}).status_code == 404, name
    before = Alert.objects.values().get()
    theirs.refresh_from_db()
    assert Alert.objects.values().get() == before
    assert (theirs.removed_at, theirs.off_at, theirs.paused_until) == (None, None, None)


def test_the_plan_of_somebody_who_has_the_key_gives_a_visitor_no_daily_alerts(visitor, member, jobs):
    alert = alert_of(visitor)
    give_plan(member)
    client = Client()
    client.force_login(member)
    url = reverse("alerts:mail_edit", args=[visitor.key, alert.pk])
    assert client.post(url, {"name": "Kites", "frequency": "daily", "q": "kite"}).status_code == 402
    alert.refresh_from_db()
    assert alert.frequency == "weekly"


def test_a_visitor_chooses_day_hour_and_zone(visitor, jobs):
    alert_of(visitor)
    url = reverse("alerts:mail_schedule", args=[visitor.key])
    response = Client().post(url, {"weekday": "2", "hour": "18", "time_zone": "Asia/Tokyo"}, follow=True)
    visitor.refresh_from_db()
    assert (visitor.weekday, visitor.hour, visitor.time_zone) == (2, 18, "Asia/Tokyo")
    assert "on Wednesday" in response.content.decode()


def test_a_visitor_deletes_alerts_and_address_by_one_confirmed_button(visitor, jobs):
    alert = alert_of(visitor)
    digest = Digest.objects.create(subscriber=visitor, slot=timezone.now().date())
    Delivery.objects.create(subscriber=visitor, job=jobs.rope, digest=digest, alert=alert, place=1)
    ask(email=visitor.email)
    url = reverse("alerts:mail_delete", args=[visitor.key])
    assert "go at once and for good" in words(Client().get(url))
    assert Subscriber.objects.exists()
    assert "Everything is deleted" in words(Client().post(url))
    assert not any(model.objects.exists() for model in (Subscriber, Alert, Wish, Delivery, Digest))
    assert Client().post(url).status_code == 404


def test_the_page_offers_an_account_to_which_the_alerts_move(visitor, jobs):
    alert = alert_of(visitor)
    assert reverse("account_signup") in Client().get(reverse("alerts:by_mail", args=[visitor.key])).content.decode()
    user = person("visitor")
    client = Client()
    client.force_login(user)
    assert "Kites" in words(client.get(reverse("alerts:list")))
    alert.refresh_from_db()
    assert alert.subscriber.user == user


def test_a_signed_link_is_made_for_one_wish(jobs):
    ask()
    assert confirm_url(Wish.objects.get()).endswith(path_in(mail.outbox[0]))


# --- moving to an account ------------------------------------------------------------------------
def moved_to_account():
    user = person("visitor")
    return subscriber_of(user)


def test_what_account_and_visitor_both_had_is_there_once(visitor, member, jobs):
    for query in ("", "q=kite"):
        alert_of(visitor, query)
        alert_of(subscriber_of(member), query)
    alert_of(visitor, "q=rope")
    member.emailaddress_set.create(email=visitor.email, verified=True)
    assert adopt(subscriber_of(member)) == 1
    assert sorted(Alert.objects.values_list("subscriber__user", "query")) == [(member.pk, ""), (member.pk, "q=kite"), (member.pk, "q=rope")]
    assert not Subscriber.objects.visitors().exists()


def test_what_a_visitor_turned_off_stays_off_in_the_account(visitor, jobs):
    alert = alert_of(visitor)
    Client().post(reverse("alerts:mail_stop", args=[visitor.key]))
    member = moved_to_account()
    alert.refresh_from_db()
    assert (alert.subscriber, bool(alert.off_at), member.next_at) == (member, True, None)


def test_jobs_that_a_visitor_was_told_of_count_as_told_to_the_account(visitor, member, jobs):
    """Both had a digest of one day; the ledger of both holds afterwards, so that nothing is told twice."""
    today = timezone.now().date()
    account = subscriber_of(member)
    for who, job in ((visitor, jobs.rope), (visitor, jobs.kites[0]), (account, jobs.kites[0])):
        digest, _ = Digest.objects.get_or_create(subscriber=who, slot=today)
        Delivery.objects.create(subscriber=who, job=job, digest=digest, place=1)
    member.emailaddress_set.create(email=visitor.email, verified=True)
    adopt(account)
    assert set(account.deliveries.values_list("job", flat=True)) == {jobs.rope.pk, jobs.kites[0].pk}
    assert Delivery.objects.count() == 2
