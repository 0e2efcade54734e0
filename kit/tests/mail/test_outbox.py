"""What the outbox holds: each mail once, in the transaction that causes it, with its Message-ID and no secrets of ours on the wire."""

import re

import pytest
from django.core.mail import EmailMessage, get_connection
from django.core.mail.message import BadHeaderError
from django.db import IntegrityError, transaction
from procrastinate.contrib.django.models import ProcrastinateJob

from accounts.tests.factories import make_user
from kit.mail import outbox
from kit.mail.letter import send_letter
from kit.mail.wire import pack
from kit.models import MailState, OutgoingMail
from kit.tasks import deliver_mail
from kit.tests.mail.conftest import letter, put

pytestmark = pytest.mark.django_db


def jobs_of(mail):
    return ProcrastinateJob.objects.filter(task_name="kit.tasks.deliver_mail", args__mail_id=mail.pk)


def test_a_mail_waits_with_its_job_its_message_id_and_its_date():
    mail = put()
    assert (mail.state, mail.stream, mail.recipient) == (MailState.WAITING, "transactional", "ada@example.org")
    assert re.fullmatch(r"<[^<>@ ]+@testserver>", mail.message_id)
    headers = OutgoingMail.objects.get().message["extra_headers"]
    assert headers["Message-ID"] == mail.message_id
    assert headers["Date"]
    assert jobs_of(mail).get().status == "todo"


def test_a_message_id_and_a_date_that_a_mail_has_are_kept():
    mail = put(headers={"Message-Id": "<one@example.org>", "date": "Wed, 25 Nov 2026 10:00:00 +0000"})
    assert mail.message_id == "<one@example.org>"
    assert mail.message["extra_headers"] == {"Message-Id": "<one@example.org>", "date": "Wed, 25 Nov 2026 10:00:00 +0000"}


def test_mails_that_are_sent_in_bulk_need_no_job_each():
    assert not jobs_of(put(stream="alerts")).exists()
    assert jobs_of(put(stream="reminders")).exists()


def test_what_is_rolled_back_is_not_sent():
    with transaction.atomic():
        mail = put()
        transaction.set_rollback(True)
    assert not OutgoingMail.objects.exists()
    assert not jobs_of(mail).exists()


def test_a_name_beside_the_address_is_no_part_of_it():
    assert put("Ada Löve <ada@example.org>").recipient == "ada@example.org"


@pytest.mark.parametrize("more", [{"to": []}, {"cc": ["b@example.org"]}, {"bcc": ["b@example.org"]}])
def test_a_mail_has_one_recipient(more):
    with pytest.raises(ValueError, match="unpack"):
        outbox.put(EmailMessage("s", "b", **{"to": ["a@example.org"]} | more))


def test_a_line_break_in_a_header_and_an_attachment_are_refused():
    with pytest.raises(BadHeaderError):
        put(subject="A kite\nBcc: all@example.org")
    message = letter()
    message.attach("a.txt", "text", "text/plain")
    with pytest.raises(ValueError, match="attachments"):
        outbox.put(message)
    assert not OutgoingMail.objects.exists()


def test_the_stream_of_a_letter_goes_with_it_and_is_no_header(settings):
    settings.EMAIL_BACKEND = "kit.mail.backend.QueueBackend"
    context = {"job": None, "until": None}
    send_letter("emails/export_ready", to=make_user(), context=context, unsubscribe_url="https://x.example/", stream="reminders")
    send_letter("emails/export_ready", to=make_user(), context=context)
    get_connection("kit.mail.backend.QueueBackend").send_messages([letter()])
    assert list(OutgoingMail.objects.order_by("pk").values_list("stream", flat=True)) == ["reminders", "transactional", "transactional"]
    first = OutgoingMail.objects.earliest("pk").message["extra_headers"]
    assert set(first) == {"List-Unsubscribe", "List-Unsubscribe-Post", "Message-ID", "Date"}


def test_somebody_without_an_account_can_be_written_to(settings):
    class Visitor:
        email, time_zone = "visitor@example.org", "Asia/Tokyo"

    settings.EMAIL_BACKEND = "kit.mail.backend.QueueBackend"
    send_letter("emails/account_deleted", to=Visitor(), context={})
    assert OutgoingMail.objects.get().recipient == "visitor@example.org"


@pytest.mark.parametrize(
    "values",
    [{"state": "lost"}, {"state": "sent"}, {"state": "waiting", "message": None}, {"state": "sent", "done_at": "2026-01-01T00:00Z"}],
)
def test_the_database_holds_no_mail_in_a_state_that_makes_no_sense(values):
    mail = put()
    with pytest.raises(IntegrityError), transaction.atomic():
        OutgoingMail.objects.filter(pk=mail.pk).update(**values)


def test_a_job_that_the_release_before_the_outbox_queued_is_taken_over(smtp):
    old = pack(letter())
    deliver_mail(message=old)
    deliver_mail(mail_id=OutgoingMail.objects.get().pk)
    assert smtp.addresses() == ["ada@example.org"]
