"""A worker process that is killed (`kill -9`) in the middle of its work, and started again: nobody gets none, and twice only whose
answer was lost.
"""

import os
import random
import signal
import subprocess
import sys
import threading
import time
from collections import Counter

import pytest
from django.db import connection

from kit.models import MailState, OutgoingMail
from kit.tests.mail.conftest import put, put_many
from tests.source import ROOT

pytestmark = pytest.mark.django_db(transaction=True)

# As the runner of alerts does it: what a dead one had in hand first, then all that waits.
DRAIN = """
import django
django.setup()
from kit.mail.delivery import deliver_stream, rescue
rescue("alerts")
print("ready", flush=True)
deliver_stream("alerts")
"""


@pytest.fixture
def start(smtp):
    """`start(*arguments)`: a Python process of its own, on the database of this test and its mail server."""
    name = connection.settings_dict["NAME"]
    assert name.startswith("test_")
    server, _, options = os.environ["DATABASE_URL"].partition("?")
    env = os.environ | {
        "DATABASE_URL": f"{server.rpartition('/')[0]}/{name}?{options}",
        "EMAIL_URL": f"smtp://127.0.0.1:{smtp.port}",
        "DJANGO_SETTINGS_MODULE": "portal.settings",
    }
    running = []

    def start(*arguments):
        command = [sys.executable, *arguments]
        process = subprocess.Popen(command, cwd=ROOT, env=env, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        running.append(process)
        return process

    yield start
    for process in running:
        process.kill()
        process.communicate()


def finish(process):
    said, _ = process.communicate(timeout=90)
    assert process.returncode == 0, said
    return said


def lost():
    return set(OutgoingMail.objects.filter(lost__gt=0).values_list("recipient", flat=True))


@pytest.mark.parametrize(("moment", "times"), [("on_recipient", 1), ("on_data", 2)])
def test_killed_while_the_mail_server_has_a_mail_in_hand(smtp, start, moment, times):
    """Before the mail is written nothing has arrived; before the answer nobody can know."""
    put_many(6)
    killed = []

    def kill(what):
        address = getattr(what, "recipient", what)
        if address == "p3@example.org" and not killed:
            killed.append(address)
            process.kill()
            process.wait()

    setattr(smtp, moment, kill)
    process = start("-c", DRAIN)
    process.wait(60)
    assert (killed, process.returncode) == (["p3@example.org"], -signal.SIGKILL)
    said = finish(start("-c", DRAIN))
    found = Counter(smtp.addresses())
    assert found.pop("p3@example.org") == times
    assert found == {f"p{number}@example.org": 1 for number in (0, 1, 2, 4, 5)}
    assert lost() == {"p3@example.org"}
    assert said.count("the mail server's answer was lost") == 1
    assert not OutgoingMail.objects.exclude(state=MailState.SENT).exists()


def test_killed_again_and_again_at_any_moment(smtp, start):
    chance = random.Random(7)
    mails = put_many(300)
    smtp.on_data = lambda taken: time.sleep(0.002)
    kills = 0
    for _ in range(5):
        process = start("-c", DRAIN)
        process.stdout.readline()
        time.sleep(chance.uniform(0.02, 0.25))
        process.kill()
        kills += process.wait() == -signal.SIGKILL
    waited = OutgoingMail.objects.waiting().count()
    finish(start("-c", DRAIN))
    found = Counter(smtp.addresses())
    assert kills >= 4
    assert 0 < waited < 300
    assert set(found) == {mail.recipient for mail in mails}
    assert {address for address, times in found.items() if times > 1} <= lost()
    assert len(lost()) <= kills
    assert max(found.values()) <= 2
    assert not OutgoingMail.objects.exclude(state=MailState.SENT).exists()


@pytest.fixture
def empty_queue():
    def empty():
        with connection.cursor() as cursor:
            cursor.execute("TRUNCATE procrastinate_jobs, procrastinate_workers, procrastinate_periodic_defers CASCADE")

    empty()
    yield
    empty()


A_QUARTER_OF_AN_HOUR_GOES_BY = """
UPDATE procrastinate_workers SET last_heartbeat = now() - interval '5 minutes';
UPDATE kit_outgoingmail SET handed_at = now() - interval '20 minutes' WHERE state = 'handing';
INSERT INTO procrastinate_jobs (queue_name, task_name, args) VALUES
  ('default', 'kit.tasks.rescue_stalled_jobs', '{"timestamp": 0}'), ('default', 'kit.tasks.rescue_mail', '{"timestamp": 0}');
"""


def test_a_killed_worker_of_the_queue_loses_no_mail(smtp, start, empty_queue):
    mails = [put(f"p{number}@example.org") for number in range(40)]
    enough = threading.Event()
    smtp.on_data = lambda taken: (time.sleep(0.01), enough.set() if len(smtp.taken) > 12 else None)
    worker = start("manage.py", "procrastinate", "worker")
    assert enough.wait(60)
    worker.kill()
    worker.wait()
    assert len(smtp.taken) < 40
    in_hand = set(OutgoingMail.objects.handing().values_list("recipient", flat=True))
    with connection.cursor() as cursor:
        cursor.execute(A_QUARTER_OF_AN_HOUR_GOES_BY)
    for _ in range(2):
        finish(start("manage.py", "procrastinate", "worker", "--one-shot"))
    found = Counter(smtp.addresses())
    assert set(found) == {mail.recipient for mail in mails}
    assert {address for address, times in found.items() if times > 1} <= in_hand
    assert in_hand == lost()
    assert not OutgoingMail.objects.exclude(state=MailState.SENT).exists()
