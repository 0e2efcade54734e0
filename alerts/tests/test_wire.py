"""A digest as a mail server gets it: headers, both parts, encodings; and servers that refuse, are full or die."""

import pytest
import time_machine

from alerts import links
from alerts.choices import DigestState
from alerts.models import Delivery, Digest
from alerts.sending.run import send_alerts
from alerts.tests.factories import DAY, MONDAY, make_alert, make_subscriber, new_job
from jobs.tests.factories import make_employer
from kit.models import DeadAddress, MailState, OutgoingMail

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _clock(settings):
    settings.SITE_URL = "https://waymark.example"
    settings.MAIL_PER_SECOND = 0


@pytest.fixture(autouse=True)
def _monday():
    with time_machine.travel(MONDAY, tick=False):
        yield


def due(email="ann@example.org"):
    return make_alert(make_subscriber(email), "", name="Jobs für Nähen, 東京")


def test_headers_and_both_parts(smtp):
    alert = due()
    new_job(title="Näherin & Segelmacher 帆", employer=make_employer("Møller “Canvas”"), place="Zürich")
    send_alerts()
    [taken] = smtp.taken
    mail = taken.parsed
    assert mail["Subject"] == "1 new job: Jobs für Nähen, 東京"
    assert mail["To"] == taken.recipient == "ann@example.org"
    assert [value.strip() for value in mail.get_all("List-Unsubscribe")] == [f"<{links.off_url(alert.subscriber)}>"]
    assert mail.get_all("List-Unsubscribe-Post") == ["List-Unsubscribe=One-Click"]
    assert mail["Message-ID"] == OutgoingMail.objects.get().message_id
    assert mail["Message-ID"].endswith("@waymark.example>")
    assert mail["Date"].datetime == MONDAY
    assert [part.get_content_type() for part in mail.iter_parts()] == ["text/plain", "text/html"]
    for kind in ("plain", "html"):
        body = mail.get_body((kind,)).get_content()
        assert "Segelmacher 帆" in body
        assert "Møller “Canvas” · Zürich" in body
    assert all(len(line) <= 998 for line in taken.data.splitlines())  # RFC 5321, section 4.5.3.1.6


def test_who_does_not_exist_gets_no_more_and_the_others_get_theirs(smtp):
    due("gone@example.org"), due("ann@example.org")
    smtp.at_recipient["gone@example.org"] = "550 5.1.1 No such user"
    new_job()
    send_alerts()
    assert smtp.addresses() == ["ann@example.org"]
    assert DeadAddress.objects.get().email == "gone@example.org"
    new_job("2", at=MONDAY + DAY)
    with time_machine.travel(MONDAY + 7 * DAY, tick=False):
        send_alerts()
    assert smtp.addresses() == ["ann@example.org"] * 2
    assert Digest.objects.filter(subscriber__email="gone@example.org").count() == 1


def test_a_full_mailbox_gets_the_same_digest_later_and_no_second_one(smtp):
    due()
    smtp.at_recipient["ann@example.org"] = "452 4.2.2 Mailbox full"
    new_job()
    send_alerts()
    assert OutgoingMail.objects.get().state == MailState.WAITING
    assert not DeadAddress.objects.exists()
    smtp.at_recipient.clear()
    with time_machine.travel(MONDAY + DAY, tick=False):
        send_alerts()
    assert smtp.addresses() == ["ann@example.org"]
    assert Delivery.objects.count() == Digest.objects.count() == 1


def test_a_server_that_refuses_the_mail_is_told_to_staff_and_not_asked_again(smtp):
    due()
    smtp.at_data = "554 5.7.1 Looks like spam"
    new_job()
    send_alerts()
    smtp.at_data = ""
    with time_machine.travel(MONDAY + DAY, tick=False):
        send_alerts()
    assert smtp.taken == []
    mail = OutgoingMail.objects.get()
    assert (mail.state, mail.digest.state) == (MailState.REFUSED, DigestState.QUEUED)
    assert "Looks like spam" in mail.answer


def test_a_server_that_dies_before_it_has_the_mail_gets_it_once_later(smtp):
    due()
    smtp.dies_before = 1
    new_job()
    send_alerts()
    with time_machine.travel(MONDAY + DAY, tick=False):
        send_alerts()
    assert smtp.addresses() == ["ann@example.org"]


def test_a_server_that_dies_with_the_mail_in_hand_may_get_it_twice_under_one_number(smtp, caplog):
    due()
    smtp.dies_after = 1
    new_job()
    send_alerts()
    with time_machine.travel(MONDAY + DAY, tick=False):
        send_alerts()
    assert smtp.addresses() == ["ann@example.org"] * 2
    assert len({taken.parsed["Message-ID"] for taken in smtp.taken}) == 1
    assert "may arrive twice" in caplog.text
    assert OutgoingMail.objects.get().lost == 1
