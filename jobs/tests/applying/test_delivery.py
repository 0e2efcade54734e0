"""From the queue to the employer: once, with the file, and the person learns when it fails."""

import re
from email import message_from_bytes
from email.policy import default
from smtplib import SMTPDataError, SMTPRecipientsRefused, SMTPServerDisconnected

import pytest
from django.core import mail
from django.core.mail.backends.base import BaseEmailBackend
from procrastinate.contrib.django.models import ProcrastinateJob

from jobs.applying.delivery import APPLICATION
from jobs.applying.resume import read_resume
from jobs.applying.sending import send_again, send_application, withdraw
from jobs.choices import Delivery
from jobs.models import Application, Job
from jobs.tasks import deliver_application, tell_of_withdrawal
from jobs.tests.applying.conftest import EMPLOYER
from jobs.tests.factories import make_job
from jobs.tests.files import docx, pdf
from kit.mail.delivery import deliver
from kit.mail.smtp import AnswerLost
from kit.mail.states import MAX_TRIES, claim, settle
from kit.models import MailState, OutgoingMail

pytestmark = pytest.mark.django_db


class Away(BaseEmailBackend):
    def send_messages(self, messages):
        raise SMTPServerDisconnected("gone")


class Greylisting(BaseEmailBackend):
    def send_messages(self, messages):
        raise SMTPRecipientsRefused({EMPLOYER: (451, b"4.7.1 Later")})


class Refusing(BaseEmailBackend):
    def send_messages(self, messages):
        raise SMTPDataError(554, b"5.7.1 No")


class Forgetful(BaseEmailBackend):
    """Takes what comes, and breaks off before it says so."""

    taken = []

    def send_messages(self, messages):
        self.taken.extend(messages)
        raise AnswerLost("gone")


def apply(user, job, *, data=None, file_name="Ada Resume.pdf", **changes):
    values = {"name": "Ada Lovelace", "phone": "123", "letter": "I sew.\n\nThey fly."} | changes
    return send_application(user=user, job=job, resume=read_resume(data or pdf(), file_name), **values)


def parsed(message):
    return message_from_bytes(message.message().as_bytes(), policy=default)


def test_the_employer_gets_letter_and_file_and_answers_to_the_person(ada, job, queue):
    application = apply(ada, job)
    (message,) = queue.work()
    whole = parsed(message)
    assert whole["To"] == EMPLOYER
    assert whole["Reply-To"] == "ada@example.org"
    assert whole["Subject"] == "Application for Kite maker: Ada Lovelace"
    assert "testserver" in whole["From"]
    text, html = (whole.get_body([kind]).get_content() for kind in ("plain", "html"))
    assert "I sew.\n\nThey fly." in text
    assert "<p>I sew.</p>" in html
    for words in ("Ada Lovelace applies for: Kite maker, Bremen", "http://testserver/jobs/", "Phone: 123", "Sent through Waymark"):
        assert words in text
        assert words in re.sub("<[^>]+>", "", html)
    (file,) = whole.iter_attachments()
    assert (file.get_filename(), file.get_content_type(), file.get_content()) == ("Ada Resume.pdf", "application/pdf", pdf())
    application.refresh_from_db()
    assert application.delivery == Delivery.DELIVERED
    assert application.delivery_at


def test_a_docx_and_a_name_in_other_letters_arrive_whole(ada, job, queue):
    resume = docx()  # made once: the file knows the second in which it was made
    apply(ada, job, data=resume, file_name="履歴書.docx", name="Łucja Ångström", letter="Größe ✓ 🙂")
    whole = parsed(queue.work()[0])
    (file,) = whole.iter_attachments()
    assert (file.get_filename(), file.get_content()) == ("履歴書.docx", resume)
    assert "Łucja Ångström" in whole["Subject"]
    assert all("Größe ✓ 🙂" in whole.get_body([kind]).get_content() for kind in ("plain", "html"))


@pytest.mark.parametrize("bad", ["Ada\r\nBcc: all@example.org", "Ada\nTo: all@example.org", "Ada\u2028Bcc: x@example.org", "Ada\x0bBcc: x"])
def test_no_name_and_no_title_adds_a_header(ada, job, queue, bad):
    """The form refuses them; this is what stands behind it."""
    Job.objects.update(title=bad)
    job.refresh_from_db()
    apply(ada, job, name=bad, letter=f"{bad}\r\n.\r\nRCPT TO:<all@example.org>")
    (message,) = queue.work()
    whole = parsed(message)
    assert set(whole.keys()) == {"Content-Type", "MIME-Version", "Subject", "From", "To", "Reply-To", "Message-ID", "Date"}
    assert message.recipients() == [EMPLOYER]
    assert [one.to for one in mail.outbox] == [["ada@example.org"], [EMPLOYER]]


def test_one_mail_is_put_into_the_outbox_and_no_file_is_in_it(ada, job, queue):
    application = apply(ada, job)
    (waiting,) = queue.waiting()
    assert (waiting.message, waiting.recipient) == ({"late": APPLICATION, "key": application.pk}, EMPLOYER)
    (queued,) = ProcrastinateJob.objects.filter(task_name="kit.tasks.deliver_mail", args__mail_id=waiting.pk)
    assert queued.status == "todo"


def test_a_task_that_runs_again_sends_nothing_again(ada, job, queue):
    apply(ada, job)
    (waiting,) = queue.waiting()
    deliver(waiting.pk)
    deliver(waiting.pk)
    assert [message.to for message in mail.outbox].count([EMPLOYER]) == 1


def test_should_it_go_out_twice_after_all_it_is_the_same_message(ada, job, queue):
    """A worker can die between the mail server's yes and our note of it."""
    apply(ada, job)
    (waiting,) = queue.waiting()
    deliver(waiting.pk)
    Application.objects.update(delivery=Delivery.QUEUED, delivery_at=None)
    OutgoingMail.objects.filter(pk=waiting.pk).update(state=MailState.WAITING, message=waiting.message, done_at=None)
    deliver(waiting.pk)
    first, second = (message for message in mail.outbox if message.to == [EMPLOYER])
    assert first.extra_headers["Message-ID"] == second.extra_headers["Message-ID"]


@pytest.mark.parametrize("server", ["Away", "Greylisting"])
def test_a_mail_server_that_is_away_is_asked_again_and_then_the_person_is_told(ada, job, queue, settings, server):
    settings.EMAIL_DELIVERY_BACKEND = f"jobs.tests.applying.test_delivery.{server}"
    application = apply(ada, job)
    (waiting,) = queue.waiting()
    mail.outbox.clear()
    for _ in range(MAX_TRIES - 1):
        deliver(waiting.pk)
    application.refresh_from_db()
    assert (application.delivery, mail.outbox) == (Delivery.QUEUED, [])
    deliver(waiting.pk)
    application.refresh_from_db()
    assert application.delivery == Delivery.FAILED
    (told,) = mail.outbox
    assert told.to == ["ada@example.org"]
    assert told.subject == "Not delivered: your application to Kite Works"
    assert application.get_absolute_url() in told.body
    assert "did not take it, though we tried for over two hours" in told.body


def test_of_a_mail_that_is_refused_the_person_is_told_at_once(ada, job, queue, settings):
    settings.EMAIL_DELIVERY_BACKEND = "jobs.tests.applying.test_delivery.Refusing"
    application = apply(ada, job)
    mail.outbox.clear()
    queue.work()
    application.refresh_from_db()
    assert application.delivery == Delivery.FAILED
    assert "Their mail server refused it. Nothing of it is lost." in mail.outbox[0].body


@pytest.fixture
def forgetful(settings):
    settings.EMAIL_DELIVERY_BACKEND = "jobs.tests.applying.test_delivery.Forgetful"
    Forgetful.taken = []


def test_nobody_claims_to_know_what_became_of_a_mail_whose_answer_was_lost_twice(ada, job, queue, forgetful):
    application = apply(ada, job)
    mail.outbox.clear()
    queue.work()
    assert mail.outbox == []
    queue.work()
    queue.work()
    application.refresh_from_db()
    assert (application.delivery, len(Forgetful.taken)) == (Delivery.FAILED, 2)
    assert "they may have it or not" in mail.outbox[0].body


def test_an_employer_who_may_have_it_is_told_of_the_withdrawal(ada, job, queue, settings, forgetful):
    application = apply(ada, job)
    queue.work()
    withdraw(application=application)
    settings.EMAIL_DELIVERY_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    assert [message.subject for message in queue.work()] == ["Withdrawn: Ada Lovelace, Kite maker"]


def test_what_failed_can_be_sent_again_to_the_address_that_the_job_has_now(ada, job, queue):
    application = apply(ada, job)
    OutgoingMail.objects.filter(message__late=APPLICATION).delete()  # a month has gone by
    Application.objects.update(delivery=Delivery.FAILED, delivery_at="2026-01-01T00:00Z", sent_to="wrong@kites.example.org")
    application.refresh_from_db()
    assert send_again(application=application)
    assert not send_again(application=application)
    (message,) = queue.work()
    assert message.to == [EMPLOYER]


def test_it_can_be_sent_again_on_the_day_it_failed(ada, job, queue, settings):
    settings.EMAIL_DELIVERY_BACKEND = "jobs.tests.applying.test_delivery.Refusing"
    application = apply(ada, job)
    queue.work()
    settings.EMAIL_DELIVERY_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    assert send_again(application=application)
    assert len(queue.work()) == 1
    application.refresh_from_db()
    assert application.delivery == Delivery.DELIVERED


def test_an_account_that_is_gone_sends_nothing(ada, job, queue):
    apply(ada, job)
    ada.delete()
    assert not Application.objects.exists()
    assert queue.work() == []


# --- withdrawing
def test_the_employer_is_told_that_it_is_withdrawn(ada, job, queue):
    application = apply(ada, job)
    queue.work()
    assert withdraw(application=application)
    assert not withdraw(application=application)
    (message,) = queue.work()
    assert message.subject == "Withdrawn: Ada Lovelace, Kite maker"
    assert not message.attachments
    assert message.reply_to == ["ada@example.org"]


def test_what_is_withdrawn_before_it_left_never_leaves(ada, job, queue):
    withdraw(application=apply(ada, job))
    assert queue.work() == []


def test_a_note_that_comes_while_the_mail_server_takes_the_application_is_sent_after_it(ada, job, queue):
    """Another worker has the application in hand, so nobody can say yet whether there is anything to withdraw."""
    application = apply(ada, job)
    (waiting,) = queue.waiting()
    claimed, _ = claim(OutgoingMail.objects.filter(pk=waiting.pk))
    withdraw(application=application)
    assert queue.work() == []
    settle(claimed, MailState.SENT)
    assert [message.subject for message in queue.work()] == ["Withdrawn: Ada Lovelace, Kite maker"]
    assert queue.work() == []


def test_after_withdrawing_one_may_apply_again(ada, job, queue):
    withdraw(application=apply(ada, job))
    again = apply(ada, job)
    assert Application.objects.standing().get() == again
    assert len(queue.work()) == 1


def test_a_failed_one_that_was_withdrawn_is_not_sent_again(ada, job):
    application = apply(ada, job)
    withdraw(application=application)
    Application.objects.update(delivery=Delivery.FAILED, delivery_at="2026-01-01T00:00Z")
    assert not send_again(application=application)


def test_jobs_that_the_release_before_the_outbox_queued_are_taken_over(ada, job, queue):
    application = apply(ada, job)
    OutgoingMail.objects.all().delete()
    deliver_application(application_id=application.pk)
    assert len(queue.work()) == 1
    deliver_application(application_id=application.pk)
    withdraw(application=application)
    tell_of_withdrawal(application_id=application.pk)
    assert [message.subject for message in queue.work()] == ["Withdrawn: Ada Lovelace, Kite maker"]


# --- mails to the person
@pytest.mark.parametrize("name", ["application_sent", "application_failed"])
def test_mails_to_the_person_have_text_and_html_with_everything_escaped_once(ada, queue, name):
    from jobs.applying import mails

    job = make_job("9", apply_email=EMPLOYER, title="Sail & <b>rope</b> maker")
    application = apply(ada, job, data=pdf(text="other"))
    mail.outbox.clear()
    told = Application.objects.for_page().get(pk=application.pk)
    mails.confirm(told) if name == "application_sent" else mails.tell_failed(told, MailState.FAILED)
    (message,) = mail.outbox
    ((html, kind),) = message.alternatives
    assert kind == "text/html"
    assert "Sail &amp; &lt;b&gt;rope&lt;/b&gt; maker" in html
    assert "Sail & <b>rope</b> maker" in message.body
    for text in (message.body, html):
        assert f"http://testserver{application.get_absolute_url()}" in text
        assert EMPLOYER not in text
        assert "None" not in text


@pytest.mark.parametrize("then", ["Refusing", "Away"])
def test_an_answer_that_was_lost_once_is_not_forgotten_when_the_next_try_fails(ada, job, queue, settings, forgetful, then):
    apply(ada, job)
    (waiting,) = queue.waiting()
    mail.outbox.clear()
    deliver(waiting.pk)
    settings.EMAIL_DELIVERY_BACKEND = f"jobs.tests.applying.test_delivery.{then}"
    for _ in range(MAX_TRIES):
        deliver(waiting.pk)
    (told,) = mail.outbox
    assert len(Forgetful.taken) == 1
    assert "they may have it or not" in told.body
