"""`kill -9` in mid-run, again and again: everybody who is due has one digest in the end."""

import os
import random
import signal
import subprocess
import sys
import threading
from collections import Counter
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection
from django.utils import timezone

from alerts.choices import DigestState
from alerts.models import Alert, Delivery, Digest, Subscriber
from alerts.tests.factories import make_subscriber
from jobs.tests.factories import make_employer, make_job
from kit.models import MailState, OutgoingMail
from tests.smtp import Sink

pytestmark = pytest.mark.django_db(transaction=True)
ROOT = Path(settings.BASE_DIR)


@pytest.fixture
def sink():
    with Sink() as sink:
        yield sink


def due(people):
    """So many, and three jobs that each of them is told."""
    now = timezone.now()
    for n in range(3):
        make_job(str(n), title=f"Kite {n}", employer=make_employer(f"Employer {n}"), first_seen_at=now - timedelta(days=1), posted_at=now)
    for n in range(people):
        person = make_subscriber(f"person{n}@example.org", weekday=now.weekday(), hour=0, next_at=now - timedelta(minutes=1))
        before = (now - timedelta(days=8)).date()
        Alert.objects.create(subscriber=person, name="All jobs", covered_until=now - timedelta(days=7), after_slot=before)


def runner(sink):
    """The command as the worker's process would run it, against the database of this test."""
    head, _, options = os.environ["DATABASE_URL"].partition("?")
    name = connection.settings_dict["NAME"]
    url = f"{head.rsplit('/', 1)[0]}/{name}{'?' + options if options else ''}"
    environment = os.environ | {
        "DATABASE_URL": url, "EMAIL_URL": f"smtp://127.0.0.1:{sink.port}", "MAIL_PER_SECOND": "0", "DEBUG": "on", "SECRET_KEY": "x" * 60,
    }  # fmt: skip
    return subprocess.Popen(
        [sys.executable, "manage.py", "send_alerts"], cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )


def finish(sink):
    process = runner(sink)
    output = process.communicate(timeout=120)[0]
    assert process.returncode == 0, output
    return output


def everybody_has_one(people, *, lost, killed_once=True):
    """Digest, ledger and mail; in the mailbox two only where the answer was lost.

    A mail whose answer two kills lost is left to a person: its state is unknown, and it is not sent a third time.
    """
    assert Digest.objects.count() == people
    assert set(Digest.objects.values_list("state", flat=True)) == {DigestState.QUEUED}
    assert Delivery.objects.count() == 3 * people
    unsure = OutgoingMail.objects.exclude(state=MailState.SENT)
    assert not (unsure if killed_once else unsure.exclude(state=MailState.UNKNOWN, lost=1)).exists()
    assert OutgoingMail.objects.count() == people
    assert set(lost) <= set(OutgoingMail.objects.filter(lost=1).values_list("recipient", flat=True))
    assert not Subscriber.objects.due(timezone.now()).exists()


def kill_at(sink, number):
    """The process is killed while the mail server has the mail and has not answered."""
    process = runner(sink)

    def strike(taken):
        if len(sink.taken) == number:
            process.send_signal(signal.SIGKILL)

    sink.on_data = strike
    process.wait(120)
    process.stdout.close()
    sink.on_data = lambda taken: None
    assert process.returncode == -signal.SIGKILL


def test_killed_before_the_answer_of_the_mail_server_one_person_gets_it_twice_and_the_log_says_so(sink):
    due(8)
    kill_at(sink, 4)
    output = finish(sink)
    counts = Counter(sink.addresses())
    assert len(counts) == 8
    doubled = [address for address, times in counts.items() if times > 1]
    assert [counts[address] for address in doubled] == [2]
    [mail] = OutgoingMail.objects.filter(recipient=doubled[0])
    assert mail.lost == 1
    assert mail.message_id in output
    assert "may arrive twice" in output
    assert len({taken.parsed["Message-ID"] for taken in sink.taken if taken.recipient == doubled[0]}) == 1
    everybody_has_one(8, lost=doubled)


def test_killed_at_random_moments_nobody_is_left_out_and_nobody_gets_two_without_a_word(sink):
    people, kills, dice = 120, 6, random.Random(5)
    due(people)
    sink.on_data = lambda taken: threading.Event().wait(0.004)  # a mail server that takes its time
    for _ in range(kills):
        process = runner(sink)
        while process.poll() is None and not sink.taken:
            threading.Event().wait(0.01)  # the first mail of all: from there on it is in the middle of its work
        try:
            process.wait(dice.uniform(0.05, 1.6))
        except subprocess.TimeoutExpired:
            process.kill()
        process.wait(20)
        process.stdout.close()
    finish(sink)
    counts = Counter(sink.addresses())
    assert len(counts) == people
    doubled = [address for address, times in counts.items() if times > 1]
    assert len(doubled) <= kills
    assert set(counts.values()) <= {1, 2}
    everybody_has_one(people, lost=doubled, killed_once=False)


def test_two_commands_at_once_send_each_digest_once(sink):
    due(30)
    processes = [runner(sink) for _ in range(2)]
    for process in processes:
        process.communicate(timeout=120)
    finish(sink)
    assert Counter(sink.addresses()) == Counter(f"person{n}@example.org" for n in range(30))
    everybody_has_one(30, lost=[])


def test_a_mail_server_that_is_away_leaves_people_due_and_they_get_one_digest_when_it_is_back(sink):
    due(4)
    port = sink.port
    sink.stop()
    for _ in range(3):
        finish(sink)
    assert sink.taken == []
    sink.start(port)
    finish(sink)
    assert Counter(sink.addresses()) == Counter(f"person{n}@example.org" for n in range(4))
