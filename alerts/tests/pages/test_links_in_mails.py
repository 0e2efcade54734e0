"""Links in mails: turning off, keeping, and saying what a job was worth. Signed out, by POST only, as often as one likes."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import NotificationPreference
from alerts.choices import Reason, Stop, Verdict
from alerts.links import keep_url, off_url, verdict_url
from alerts.models import Alert, Delivery, Digest, Subscriber
from alerts.tests.pages.conftest import alert_of, person, words
from alerts.writing import remove, stop
from jobs.models import HiddenJob

pytestmark = pytest.mark.django_db
ONE_CLICK = {"List-Unsubscribe": "One-Click"}  # the body of RFC 8058


def path(url):
    return "/" + url.split("/", 3)[3]


def fresh(row):
    row.refresh_from_db()
    return row


@pytest.fixture(params=["member", "visitor"])
def reader(request, subscriber, visitor):
    return subscriber if request.param == "member" else visitor


# --- off -----------------------------------------------------------------------------------------
def test_opening_the_link_changes_nothing(reader, jobs):
    one, other = alert_of(reader), alert_of(reader, "q=rope", name="Ropes")
    for link in (off_url(reader, one), off_url(reader)):
        for method in ("get", "head"):
            assert getattr(Client(), method)(path(link)).status_code == 200
    assert (fresh(one).off_at, fresh(other).off_at, fresh(reader).stopped_at) == (None, None, None)
    assert "Turn off this alert? Kites: nothing more comes" in words(Client().get(path(off_url(reader, one))))
    assert "Turn off all your alerts?" in words(Client().get(path(off_url(reader))))


def test_the_button_of_a_mail_program_turns_off_one_alert_without_cookies_or_token(reader, jobs):
    one, other = alert_of(reader), alert_of(reader, "q=rope", name="Ropes")
    for _ in range(2):
        response = Client(enforce_csrf_checks=True).post(path(off_url(reader, one)), ONE_CLICK)
        assert response.status_code == 200, "a redirect would not be followed"
    assert "This alert is off" in words(response)
    assert "Your other 1 alert still comes." in words(response)
    assert (bool(fresh(one).off_at), fresh(other).off_at, fresh(reader).stopped_at) == (True, None, None)


def test_the_button_of_a_mail_program_turns_off_everything_that_the_link_names(reader, jobs):
    alert = alert_of(reader)
    for _ in range(2):
        response = Client(enforce_csrf_checks=True).post(path(off_url(reader)), ONE_CLICK)
        assert (response.status_code, response["Cache-Control"]) == (200, "private, no-store")
    assert "All your alerts are off" in words(response)
    assert fresh(reader).stopped_because == Stop.LEFT
    assert fresh(alert).off_at is None, "it stays as it is, for the day on which one turns them on again"


def test_other_mails_are_not_touched(subscriber, jobs):
    Client().post(path(off_url(subscriber)), ONE_CLICK)
    assert not NotificationPreference.objects.exists()
    assert fresh(subscriber.user).is_active


def test_from_the_link_of_one_alert_all_can_be_turned_off(reader, jobs):
    one, _ = alert_of(reader), alert_of(reader, "q=rope")
    page = Client().get(path(off_url(reader, one)))
    assert "Turn off all 2 alerts" in words(page)
    Client().post(path(off_url(reader, one)), {"do": "all"})
    assert fresh(reader).stopped_because == Stop.LEFT


def test_it_can_be_turned_on_again_at_once(reader, jobs):
    alert = alert_of(reader)
    for link, said in ((off_url(reader, alert), "This alert is on again"), (off_url(reader), "Your alerts are on again")):
        Client().post(path(link), ONE_CLICK)
        assert "on again" in words(Client().get(path(link)))
        assert said in words(Client().post(path(link), {"do": "on"}))
        assert (fresh(alert).off_at, fresh(reader).stopped_at) == (None, None)


def test_a_link_to_a_removed_alert_turns_off_what_still_comes(reader, jobs):
    alert = alert_of(reader)
    alert_of(reader, "q=rope")
    remove(alert)
    Client().post(path(off_url(reader, alert)), ONE_CLICK)
    assert fresh(reader).stopped_because == Stop.LEFT


@pytest.mark.parametrize("name", ["off", "keep", "verdict", "confirm"])
def test_guessed_altered_and_foreign_links_are_a_404(name, subscriber, jobs):
    alert = alert_of(subscriber)
    good = path(off_url(subscriber, alert)).strip("/").split("/")[-1]
    stranger = Subscriber.objects.create(user=person("stranger"))
    swapped = good.replace(f"{subscriber.pk}.", f"{stranger.pk}.", 1)
    own = path(keep_url(subscriber)).strip("/").split("/")[-1]
    for token in ("x", "1.all", f"{good}x", good[:-1], swapped, own if name != "keep" else good):
        for method in ("get", "post"):
            assert getattr(Client(), method)(reverse(f"alerts:{name}", args=[token])).status_code == 404, token
    assert (fresh(alert).off_at, fresh(subscriber).stopped_at, fresh(stranger).stopped_at) == (None, None, None)


def test_links_in_mails_to_a_visitor_work_after_the_alerts_moved_to_an_account(visitor, jobs):
    """A mail to a visitor may be read after they made an account."""
    alert = alert_of(visitor)
    link, all_of_them = path(off_url(visitor, alert)), path(off_url(visitor))
    user = person("visitor")
    client = Client()
    client.force_login(user)
    client.get(reverse("alerts:list"))
    assert fresh(alert).subscriber.user == user
    assert Client().post(link, ONE_CLICK).status_code == 200
    assert fresh(alert).off_at
    assert Client().post(all_of_them, ONE_CLICK).status_code == 200
    assert fresh(alert.subscriber).stopped_because == Stop.LEFT


@pytest.mark.parametrize("make", [off_url, keep_url])
def test_the_pages_are_kept_by_nobody_and_told_to_no_other_site(make, reader, jobs):
    response = Client().get(path(make(reader)))
    assert (response["Cache-Control"], response["Referrer-Policy"], response["X-Robots-Tag"]) == (
        "private, no-store",
        "same-origin",
        "noindex",
    )


# --- keep ----------------------------------------------------------------------------------------
def test_who_was_silent_for_a_year_says_that_they_still_want_them(reader, jobs):
    alert_of(reader)
    long_ago = timezone.now() - timedelta(days=400)
    Subscriber.objects.update(alive_at=long_ago, asked_at=long_ago)
    stop(reader, Stop.SILENT, timezone.now())
    page = words(Client().get(path(keep_url(reader))))
    assert "Do you still want your alerts?" in page
    assert "Kites" in page
    assert (fresh(reader).stopped_because, reader.alive_at) == (Stop.SILENT, long_ago)
    for _ in range(2):
        assert "Your alerts stay" in words(Client(enforce_csrf_checks=True).post(path(keep_url(reader))))
    assert (fresh(reader).stopped_at, reader.asked_at) == (None, None)
    assert reader.alive_at > long_ago
    assert reader.next_at


def test_who_turned_everything_off_stays_off(reader, jobs):
    alert_of(reader)
    stop(reader, Stop.LEFT, timezone.now())
    assert "You turned them off, so nothing comes." in words(Client().post(path(keep_url(reader))))
    assert fresh(reader).stopped_because == Stop.LEFT


# --- verdicts ------------------------------------------------------------------------------------
@pytest.fixture
def sent(reader, jobs):
    """The rope job, told by an alert."""
    alert = alert_of(reader, "q=maker", name="Makers")
    digest = Digest.objects.create(subscriber=reader, slot=timezone.now().date())
    return Delivery.objects.create(subscriber=reader, job=jobs.rope, digest=digest, alert=alert, place=1)


def say(delivery, pressed=Verdict.NOT_FOR_ME, **data):
    return Client(enforce_csrf_checks=True).post(path(verdict_url(delivery, pressed)), data)


def test_the_link_asks_before_it_notes_anything(sent):
    for pressed, asked in ((Verdict.USEFUL, "Is this job useful?"), (Verdict.NOT_FOR_ME, "Not for you?")):
        assert asked in words(Client().get(path(verdict_url(sent, pressed))))
    assert (fresh(sent).verdict, sent.judged_at) == ("", None)
    assert not HiddenJob.objects.exists()


def test_useful_is_noted_for_staff(sent):
    for _ in range(2):
        assert "Noted: useful" in words(say(sent, Verdict.USEFUL))
    assert (fresh(sent).verdict, sent.reason, bool(sent.judged_at)) == ("useful", "", True)


def test_not_for_me_hides_the_job_from_the_searches_of_a_member(sent):
    is_member = sent.subscriber.user_id is not None
    said = words(say(sent))
    assert ("Your searches no longer show this job." in said) is is_member
    assert HiddenJob.objects.filter(job=sent.job).exists() is is_member
    assert "Undo" in said
    assert "Taken back" in words(say(sent, say="nothing"))
    assert (fresh(sent).verdict, sent.judged_at) == ("", None)
    assert not HiddenJob.objects.exists()


def test_not_this_employer_leaves_it_out_of_the_alert_and_can_be_undone(sent, jobs):
    before = sent.alert.covered_until
    for _ in range(2):
        said = words(say(sent, reason=Reason.EMPLOYER))
    assert "This alert leaves out Rope House from now on." in said
    assert fresh(sent.alert).query == "q=maker&no_employer=rope-house"
    assert sent.alert.covered_until == before, "what is new to it stays new"
    say(sent, say="nothing")
    assert fresh(sent.alert).query == "q=maker"


def test_an_employer_stays_where_another_alert_asks_the_same(sent, reader):
    alert_of(reader, "q=maker&no_employer=rope-house", name="Others")
    said = words(say(sent, reason=Reason.EMPLOYER))
    assert "Noted: not for me" in said
    assert "leaves out" not in said
    assert fresh(sent.alert).query == "q=maker"


@pytest.mark.parametrize("reason", [Reason.PAY, Reason.PLACE, Reason.LEVEL])
def test_what_a_narrower_search_mends_leads_there(reason, sent, reader):
    page = say(sent, reason=reason)
    edit = reverse("alerts:edit", args=[sent.alert_id]) if reader.user_id else reverse("alerts:mail_edit", args=[reader.key, sent.alert_id])
    assert f'href="{edit}"' in page.content.decode()
    assert fresh(sent).reason == reason


def test_a_verdict_can_be_changed_later(sent):
    say(sent, reason=Reason.EMPLOYER)
    assert "Noted: useful" in words(say(sent, Verdict.NOT_FOR_ME, say="useful"))
    assert (fresh(sent).verdict, sent.reason, fresh(sent.alert).query) == ("useful", "", "q=maker")
    assert not HiddenJob.objects.exists()


def test_what_is_not_offered_is_refused(sent):
    response = say(sent, reason="boring")
    assert response.status_code == 422
    assert "Choose one of the reasons, or none" in words(response)
    assert say(sent, say="maybe").status_code == 400
    assert fresh(sent).verdict == ""


def test_a_verdict_survives_the_removal_of_the_alert(sent):
    remove(sent.alert)
    assert say(sent, reason=Reason.EMPLOYER).status_code == 200
    assert (fresh(sent).reason, fresh(sent.alert).query) == ("employer", "q=maker")
    Alert.objects.all().delete()
    assert say(fresh(sent), reason=Reason.PAY).status_code == 200


def test_to_answer_is_a_sign_of_life(sent, reader):
    long_ago = timezone.now() - timedelta(days=300)
    Subscriber.objects.update(alive_at=long_ago)
    Client().get(path(verdict_url(sent, Verdict.USEFUL)))
    assert fresh(reader).alive_at == long_ago
    say(sent, Verdict.USEFUL)
    assert fresh(reader).alive_at > long_ago
