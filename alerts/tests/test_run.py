"""Runs: one at a time, going on where the last one stopped, and saying what they did."""

import threading
from datetime import timedelta
from itertools import pairwise

import pytest
import time_machine
from django.core import mail
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone

from alerts.choices import DigestState, Frequency
from alerts.models import Alert, Delivery, Digest, Run, Subscriber
from alerts.sending.compose import compose_claimed
from alerts.sending.lock import KEY, only_runner
from alerts.sending.run import send_alerts
from alerts.tests.factories import DAY, MONDAY, claim_at, make_alert, make_subscriber, new_job, tell_at
from jobs.tests.factories import make_employer

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _sink(settings):
    settings.EMAIL_DELIVERY_BACKEND = "django.core.mail.backends.locmem.EmailBackend"


@pytest.fixture(autouse=True)
def _clock(_stamp):
    with time_machine.travel(MONDAY, tick=False):
        yield


def due(people):
    for n in range(people):
        make_alert(make_subscriber(f"person{n}@example.org"), "")


def test_a_run_tells_in_numbers_what_it_did():
    due(3)
    for n in range(4):
        new_job(str(n), employer=make_employer(f"Employer {n}"))
    run = send_alerts()
    assert (run.moment, run.people, run.digests, run.jobs, run.failures, run.searches) == (MONDAY, 3, 3, 12, 0, 1)
    assert run.finished_at is not None
    assert sorted(message.to[0] for message in mail.outbox) == [f"person{n}@example.org" for n in range(3)]
    assert {digest.run for digest in Digest.objects.all()} == {run}


def test_nobody_due_is_no_run():
    make_alert(make_subscriber(), "", paused_until=None)
    Subscriber.objects.update(next_at=MONDAY + DAY)
    assert send_alerts() is None
    assert not Run.objects.exists()


def test_a_second_run_sends_nothing():
    due(2)
    new_job()
    send_alerts()
    assert send_alerts() is None
    assert len(mail.outbox) == 2


def test_more_people_than_one_step_takes(monkeypatch):
    monkeypatch.setattr("alerts.sending.run.AT_ONCE", 3)
    due(10)
    new_job()
    assert send_alerts().people == 10
    assert len(mail.outbox) == len({message.to[0] for message in mail.outbox}) == 10


def test_what_was_claimed_before_a_kill_is_written_and_sent_by_the_next_run():
    due(2)
    new_job()
    claim_at()
    assert send_alerts() is None  # nobody is due any more
    assert len(mail.outbox) == 2
    assert set(Digest.objects.values_list("state", flat=True)) == {DigestState.QUEUED}


def test_what_was_written_before_a_kill_is_sent_by_the_next_run():
    due(2)
    new_job()
    claim_at()
    compose_claimed()
    send_alerts()
    assert len(mail.outbox) == 2


def test_a_run_that_is_asked_to_stop_leaves_the_others_due(monkeypatch):
    monkeypatch.setattr("alerts.sending.run.AT_ONCE", 2)
    due(5)
    new_job()
    asked = []

    def stop():
        asked.append(1)
        return len(asked) > 6

    send_alerts(stop=stop)
    assert 0 < Digest.objects.count() < 5
    send_alerts()
    assert len(mail.outbox) == 5
    assert Delivery.objects.count() == 5


@pytest.mark.django_db(transaction=True)
def test_only_one_runs_at_a_time():
    results = []

    def other():
        with only_runner() as is_ours:
            results.append(is_ours)
        connection.close()

    with only_runner() as is_ours:
        thread = threading.Thread(target=other)
        thread.start()
        thread.join()
    assert is_ours
    assert results == [False]
    with only_runner() as again:
        assert again


@pytest.mark.django_db(transaction=True)
def test_a_run_beside_another_does_nothing():
    due(1)
    new_job()
    locked, done = threading.Event(), threading.Event()

    def other():
        with only_runner():
            locked.set()
            done.wait(10)
        connection.close()

    thread = threading.Thread(target=other)
    thread.start()
    locked.wait(10)
    try:
        assert send_alerts() is None
        assert mail.outbox == []
    finally:
        done.set()
        thread.join()
    assert send_alerts().digests == 1


@pytest.mark.django_db(transaction=True)
def test_the_lock_goes_with_the_connection():
    connection.ensure_connection()
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [KEY])
    connection.close()  # as a killed process does
    with only_runner() as is_ours:
        assert is_ours


@pytest.mark.django_db(transaction=True)
def test_two_who_claim_at_once_share_the_people():
    due(6)
    new_job()
    barrier = threading.Barrier(2)
    failures = []

    def one():
        barrier.wait()
        try:
            with time_machine.travel(MONDAY, tick=False):
                claim_at(size=2)
        except Exception as error:  # noqa: BLE001
            failures.append(error)
        connection.close()

    threads = [threading.Thread(target=one) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    claim_at()  # those that one of them passed by
    assert Digest.objects.count() == 6
    assert Delivery.objects.count() == 6


@pytest.mark.django_db(transaction=True)
def test_an_alert_that_is_turned_off_while_a_run_goes_on_is_off_or_was_told_never_half():
    person = make_subscriber("ann@example.org")
    alert = make_alert(person, "")
    new_job()
    from django.db import transaction

    with transaction.atomic():
        Subscriber.objects.select_for_update().get(pk=person.pk)
        thread = threading.Thread(target=lambda: (claim_at(), connection.close()))
        thread.start()
        thread.join()
    assert not Digest.objects.exists()  # passed by, and due still
    assert Alert.objects.get(pk=alert.pk).last_slot is None
    assert len(claim_at()) == 1


def test_a_year_of_runs_by_the_hour_skips_no_day_and_doubles_none():
    """The sender itself, over summer time both ways, in five zones; a month around each change."""
    zones = ("America/New_York", "Europe/Berlin", "Asia/Kolkata", "Australia/Lord_Howe", "Pacific/Auckland")
    people = [make_subscriber(f"{n}@example.org", time_zone=zone, mailed_at=None) for n, zone in enumerate(zones)]
    for person in people:
        make_alert(person, "q=nothing", frequency=Frequency.WEEKLY, after_slot=(MONDAY - 400 * DAY).date())
    Subscriber.objects.update(next_at=MONDAY - 300 * DAY)
    slots = {person.pk: [] for person in people}
    now = (MONDAY - 300 * DAY).replace(minute=0)
    while now < MONDAY + 65 * DAY:
        tell_at(now)
        for pk, slot in Alert.objects.values_list("subscriber", "last_slot"):
            if slot and slot not in slots[pk]:
                slots[pk].append(slot)
        coming = Subscriber.objects.order_by("next_at").values_list("next_at", flat=True).first()
        now = max(coming, now + timedelta(minutes=1))
    for found in slots.values():
        assert {later - earlier for earlier, later in pairwise(found)} == {7 * DAY}
        assert len(found) in {52, 53}


# --- the command ------------------------------------------------------------------------------------
def said(*args, capsys):
    call_command("send_alerts", *args)
    return capsys.readouterr().out


def test_the_command_sends_and_says_so(capsys):
    due(2)
    new_job()
    assert said(capsys=capsys).startswith("2 people due, 2 digests with 2 jobs, ")
    assert len(mail.outbox) == 2
    assert said(capsys=capsys) == "Nobody is due, or another process sends alerts just now.\n"


def test_a_dry_run_says_who_would_get_what_and_leaves_everything(capsys):
    due(2)
    new_job()
    told = said("--dry-run", capsys=capsys)
    assert "person0@example.org, 2026-11-30: All jobs: 1 of 1" in told
    assert told.endswith("2 people due, 2 digests with 2 jobs would go out. Nothing was sent.\n")
    assert not Digest.objects.exists()
    assert not Run.objects.exists()
    assert mail.outbox == []


def test_a_dry_run_looks_into_the_future(capsys):
    due(1)
    new_job()
    Subscriber.objects.update(next_at=MONDAY + 7 * DAY)
    assert "1 people due" in said("--dry-run", "--now", "2026-12-07T08:00Z", capsys=capsys)


def test_the_future_cannot_be_sent():
    with pytest.raises(CommandError, match="has not come yet"):
        call_command("send_alerts", now="2026-12-07T08:00Z")


@pytest.mark.parametrize("text", ["tomorrow", "2026-13-01T08:00Z", ""])
def test_a_moment_that_is_none_is_refused_with_the_reason(text):
    with pytest.raises(CommandError, match="--now"):
        call_command("send_alerts", now=text)


def test_a_moment_without_zone_is_utc(capsys):
    due(1)
    assert "1 people due" in said("--dry-run", "--now", timezone.now().strftime("%Y-%m-%dT%H:%M"), capsys=capsys)
