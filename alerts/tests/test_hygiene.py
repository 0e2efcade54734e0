"""A year without a sign of life: asked once, and stopped a month later unless somebody is there."""

from datetime import timedelta

import pytest
import time_machine

from accounts.tests.factories import make_user
from alerts import hygiene, links, writing
from alerts.choices import Stop
from alerts.models import Delivery, Digest, Run, Subscriber
from alerts.sending.run import send_alerts
from alerts.tests.factories import DAY, MONDAY, make_alert, make_subscriber, new_job, tell_at
from jobs.models import JobVisit
from kit.mail.wire import unpack
from kit.models import AddressState, DeadAddress, OutgoingMail

pytestmark = pytest.mark.django_db
YEAR = 365 * DAY
LONG_AGO = MONDAY - YEAR - DAY


@pytest.fixture(autouse=True)
def _clock():
    with time_machine.travel(MONDAY, tick=False):
        yield


def silent(**values):
    person = make_subscriber(**{"email": "ann@example.org"} | values, alive_at=LONG_AGO)
    make_alert(person, "q=kite", name="Kites")
    return person


def test_after_a_year_of_silence_one_mail_asks():
    person = silent()
    assert hygiene.settle(MONDAY) == (1, 0)
    assert hygiene.settle(MONDAY + DAY) == (0, 0)
    mail = unpack(OutgoingMail.objects.get().message)
    assert mail.to == ["ann@example.org"]
    assert mail.subject == "Do you still want these alerts?"
    html = mail.alternatives[0].content
    for text in (mail.body, html):
        assert "Kites" in text
        assert links.keep_url(person) in text
    assert mail.extra_headers["List-Unsubscribe"] == f"<{links.off_url(person)}>"


def test_digests_go_on_until_the_month_is_over():
    person = silent()
    hygiene.settle(MONDAY)
    new_job(title="Kite maker")
    tell_at()
    assert person.digests.count() == 1


def test_a_month_later_nothing_more_goes_out():
    person = silent()
    hygiene.settle(MONDAY)
    assert hygiene.settle(MONDAY + 30 * DAY) == (0, 0)
    assert hygiene.settle(MONDAY + 31 * DAY) == (0, 1)
    person.refresh_from_db()
    assert person.stopped_because == Stop.SILENT
    assert person.alerts.kept().count() == 1
    new_job(title="Kite maker", at=MONDAY + 32 * DAY)
    tell_at(MONDAY + 35 * DAY)
    assert not person.digests.exists()


def test_who_answers_is_left_alone_for_another_year():
    person = silent()
    hygiene.settle(MONDAY)
    person.refresh_from_db()
    writing.is_alive(person, MONDAY + 3 * DAY)
    assert hygiene.settle(MONDAY + 60 * DAY) == (0, 0)
    assert hygiene.settle(MONDAY + 4 * DAY + YEAR) == (1, 0)


@pytest.mark.parametrize("sign", ["sign in", "search"])
def test_who_was_here_by_another_way_is_not_asked(sign):
    user = make_user()
    silent(user=user, email="")
    if sign == "sign in":
        user.last_login = MONDAY - DAY
        user.save()
    else:
        JobVisit.objects.create(user=user, started_at=MONDAY - DAY, active_at=MONDAY - DAY)
    assert hygiene.settle(MONDAY) == (0, 0)


def test_who_comes_back_after_the_question_is_not_stopped():
    user = make_user()
    person = silent(user=user, email="")
    hygiene.settle(MONDAY)
    user.last_login = MONDAY + DAY
    user.save()
    hygiene.settle(MONDAY + 31 * DAY)
    person.refresh_from_db()
    assert (person.stopped_at, person.asked_at) == (None, None)


@pytest.mark.parametrize("why", ["unconfirmed", "stopped", "nothing to send"])
def test_who_gets_no_mail_is_not_asked(why):
    person = silent()
    match why:
        case "unconfirmed":
            Subscriber.objects.update(confirmed_at=None)
        case "stopped":
            writing.stop(person, Stop.LEFT, MONDAY)
        case _:
            writing.turn_off(person.alerts.get())
            tell_at()
    assert hygiene.settle(MONDAY) == (0, 0)


def test_a_dead_address_is_not_written_to_and_stops_in_time():
    silent()
    DeadAddress.objects.create(email="ann@example.org", state=AddressState.BOUNCED)
    hygiene.settle(MONDAY)
    assert not OutgoingMail.objects.exists()
    assert hygiene.settle(MONDAY + 31 * DAY) == (0, 1)


def test_many_are_asked_in_steps(monkeypatch):
    monkeypatch.setattr(hygiene, "AT_ONCE", 3)
    for n in range(8):
        silent(email=f"person{n}@example.org")
    assert hygiene.settle(MONDAY) == (8, 0)
    assert OutgoingMail.objects.count() == 8


def test_the_question_goes_out_with_the_next_run(settings, mailoutbox):
    settings.EMAIL_DELIVERY_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    silent()
    hygiene.settle(MONDAY - timedelta(hours=1))
    send_alerts()
    assert "Do you still want these alerts?" in [message.subject for message in mailoutbox]


def test_old_runs_go_and_the_ledger_stays():
    person = make_subscriber()
    make_alert(person, "")
    new_job()
    tell_at()
    Run.objects.update(started_at=MONDAY)
    hygiene.forget_old(MONDAY + 401 * DAY)
    assert not Run.objects.exists()
    assert Digest.objects.get().sections == []
    assert Delivery.objects.count() == 1
