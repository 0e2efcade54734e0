from types import SimpleNamespace

import pytest
from django.core import mail
from django.db import connection
from procrastinate.contrib.django.models import ProcrastinateJob

from accounts.tests.factories import make_user, signed_in
from jobs.tasks import deliver_application, tell_of_withdrawal
from jobs.tests.factories import make_job
from kit.models import ContentStamp

EMPLOYER = "hiring@kites.example.org"


@pytest.fixture(autouse=True)
def _stamp(db) -> None:
    """Tests that commit empty every table, this row too."""
    ContentStamp.objects.get_or_create(pk=1)


@pytest.fixture(autouse=True)
def _empty_queue(db):
    """procrastinate's tables are not Django's, so nobody else empties them."""
    yield
    if not connection.in_atomic_block:
        with connection.cursor() as cursor:
            cursor.execute("TRUNCATE procrastinate_jobs CASCADE")


@pytest.fixture(autouse=True)
def _mail_server(settings):
    settings.EMAIL_DELIVERY_BACKEND = "django.core.mail.backends.locmem.EmailBackend"


@pytest.fixture
def job(db):
    return make_job(apply_email=EMPLOYER, apply_url="", place="Bremen")


@pytest.fixture
def ada(db):
    return make_user("ada@example.org", display_name="Ada Lovelace")


@pytest.fixture
def client(ada):
    return signed_in(ada)


class Queue:
    """What waits for the worker about applications."""

    def __init__(self):
        self.done = set()

    def waiting(self, task=deliver_application):
        return list(ProcrastinateJob.objects.filter(task_name=task.name).exclude(pk__in=self.done).order_by("id"))

    def work(self):
        """As the worker does it: one after the other. Returns what was mailed to employers."""
        before = len(mail.outbox)
        for task in (deliver_application, tell_of_withdrawal):
            for job in self.waiting(task):
                self.run(job)
        return [message for message in mail.outbox[before:] if message.to == [EMPLOYER]]

    def run(self, job, attempts=0):
        """One try; `attempts` were made before it. Raises what the task raises."""
        self.done.add(job.pk)
        if job.task_name == deliver_application.name:
            deliver_application(SimpleNamespace(job=SimpleNamespace(attempts=attempts)), **job.args)
        else:
            tell_of_withdrawal(**job.args)


@pytest.fixture
def queue():
    return Queue()
