"""A mail server that is down or dies in mid-session: nobody gets none, twice only when its answer was lost, and the log says so."""

import logging
import threading
from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from kit.mail.delivery import deliver, deliver_stream, forget_old, queue_again, rescue, rescue_old
from kit.mail.states import MAX_TRIES, claim, settle
from kit.models import MailState, OutgoingMail
from kit.tests.mail.conftest import put, put_many, row

pytestmark = pytest.mark.django_db


def warnings(caplog):
    return [record.getMessage() for record in caplog.records if record.name == "kit.mail.states" and record.levelno >= logging.WARNING]


def queued_for(mail):
    """When the jobs for it are to run; None: at once."""
    return [job.scheduled_at for job in ProcrastinateJob.objects.filter(args__mail_id=mail.pk).order_by("pk")]


# --- down
def test_a_mail_server_that_is_down_is_asked_again_with_growing_pauses(away):
    mail = put()
    with time_machine.travel("2026-11-25T12:00Z", tick=False):
        for _ in range(3):
            deliver(mail.pk)
        found = row(mail)
        assert (found.state, found.tries, found.lost) == (MailState.WAITING, 3, 0)
        assert "refused" in found.answer
        pauses = [at - timezone.now() for at in queued_for(mail)[1:]]
    assert pauses == [timedelta(minutes=minutes) for minutes in (1, 2, 4)]
    assert found.due_at == queued_for(mail)[-1]


def test_after_the_last_try_a_person_may_look_at_it(away, caplog):
    mail = put()
    for _ in range(MAX_TRIES):
        deliver(mail.pk)
    assert (row(mail).state, row(mail).message) == (MailState.FAILED, None)
    assert f"{mail.message_id} given up after {MAX_TRIES} tries" in warnings(caplog)[0]
    deliver(mail.pk)
    assert row(mail).tries == MAX_TRIES


def test_while_the_mail_server_is_down_a_stream_costs_nobody_a_try(away, caplog):
    mails = put_many(3)
    assert deliver_stream("alerts") == {}
    assert {(row(mail).state, row(mail).tries) for mail in mails} == {(MailState.WAITING, 0)}
    assert "mail of stream alerts waits: ConnectionRefusedError" in caplog.text


# --- dies
def test_a_mail_server_that_dies_before_the_mail_gets_it_once(smtp, caplog):
    smtp.dies_before = 1
    mails = put_many(3)
    assert deliver_stream("alerts") == {MailState.WAITING: 1, MailState.SENT: 2}
    with time_machine.travel(timezone.now() + timedelta(minutes=2)):
        assert deliver_stream("alerts") == {MailState.SENT: 1}
    assert sorted(smtp.addresses()) == ["p0@example.org", "p1@example.org", "p2@example.org"]
    assert [row(mail).lost for mail in mails] == [0, 0, 0]
    assert warnings(caplog) == []


def test_a_mail_server_that_dies_before_its_answer_gets_the_mail_twice_and_the_log_says_so(smtp, caplog):
    smtp.dies_after = 1
    mail = put(stream="alerts")
    assert deliver_stream("alerts") == {MailState.WAITING: 1}
    with time_machine.travel(timezone.now() + timedelta(minutes=2)):
        assert deliver_stream("alerts") == {MailState.SENT: 1}
    assert [taken.parsed["Message-ID"] for taken in smtp.taken] == [mail.message_id] * 2
    (said,) = warnings(caplog)
    assert f"alerts mail {mail.pk} {mail.message_id}: the mail server's answer was lost. It is sent again" in said


def test_whose_answer_is_lost_twice_is_not_sent_a_third_time(smtp, caplog):
    smtp.dies_after = 5
    mail = put()
    for _ in range(4):
        deliver(mail.pk)
    assert (len(smtp.taken), row(mail).state) == (2, MailState.UNKNOWN)
    assert "was lost twice. It is not sent again" in warnings(caplog)[1]
    assert caplog.records[-1].levelname == "ERROR"


# --- a worker that died
def dead_hand(stream="alerts", minutes=20):
    mail = put(stream=stream)
    claim(OutgoingMail.objects.filter(pk=mail.pk))
    OutgoingMail.objects.filter(pk=mail.pk).update(handed_at=timezone.now() - timedelta(minutes=minutes))
    return mail


def test_what_a_dead_worker_had_in_hand_goes_out_once_more(smtp, caplog):
    mail = dead_hand("transactional")
    deliver(mail.pk)
    assert smtp.taken == []
    assert rescue_old() == 1
    assert queued_for(mail)[-1] <= timezone.now()
    deliver(mail.pk)
    assert (row(mail).state, row(mail).lost, len(smtp.taken)) == (MailState.SENT, 1, 1)
    assert mail.message_id in warnings(caplog)[0]


def test_what_kills_its_worker_twice_is_left_to_a_person():
    mail = dead_hand()
    rescue("alerts")
    claim(OutgoingMail.objects.filter(pk=mail.pk))
    assert rescue("alerts") == 1
    assert row(mail).state == MailState.UNKNOWN


def test_who_holds_the_lock_of_a_stream_need_not_wait_and_touches_no_other(smtp):
    mine, others = dead_hand(minutes=0), dead_hand("reminders", minutes=0)
    assert rescue("alerts") == 1
    assert [row(mail).state for mail in (mine, others)] == [MailState.WAITING, MailState.HANDING]


def test_what_a_living_worker_has_in_hand_is_left_alone():
    mail = dead_hand(minutes=14)
    assert rescue_old() == 0
    assert row(mail).state == MailState.HANDING


def test_a_worker_that_was_taken_for_dead_may_still_say_that_it_went_well(smtp):
    mail = put(stream="alerts")
    claimed, _ = claim(OutgoingMail.objects.filter(pk=mail.pk))
    rescue("alerts")
    settle(claimed, MailState.SENT)
    assert deliver_stream("alerts") == {}
    assert (row(mail).state, smtp.taken) == (MailState.SENT, [])


def test_a_mail_whose_job_is_gone_is_queued_again_and_not_for_ever():
    mail, alert = put(), put(stream="alerts")
    OutgoingMail.objects.update(due_at=timezone.now() - timedelta(minutes=20))
    assert queue_again() == 1
    assert len(queued_for(mail)) == 2
    assert queue_again() == 0
    for _ in range(MAX_TRIES):
        OutgoingMail.objects.waiting().update(due_at=timezone.now() - timedelta(minutes=20))
        queue_again()
    assert (row(mail).state, row(alert).tries) == (MailState.FAILED, 0)


def test_mails_are_forgotten_a_month_after_they_left(smtp):
    left, waits = put(), put()
    deliver(left.pk)
    with time_machine.travel(timezone.now() + timedelta(days=29)):
        assert forget_old() == 0
    with time_machine.travel(timezone.now() + timedelta(days=31)):
        assert forget_old() == 1
    assert list(OutgoingMail.objects.all()) == [waits]


# --- two at once
@pytest.mark.django_db(transaction=True)
def test_two_workers_at_one_stream_send_each_mail_once(smtp):
    put_many(120)
    counts = []

    def drain():
        counts.append(deliver_stream("alerts"))
        connection.close()

    threads = [threading.Thread(target=drain) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(smtp.addresses()) == sorted(f"p{number}@example.org" for number in range(120))
    assert sum(count[MailState.SENT] for count in counts) == 120
    assert all(count[MailState.SENT] > 10 for count in counts), counts


@pytest.mark.django_db(transaction=True)
def test_two_jobs_for_one_mail_send_it_once(smtp):
    mail = put(stream="alerts")
    gate = threading.Barrier(4)

    def hand_over():
        gate.wait()
        deliver(mail.pk)
        connection.close()

    threads = [threading.Thread(target=hand_over) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(smtp.taken) == 1
