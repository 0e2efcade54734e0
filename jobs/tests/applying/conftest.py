import pytest
from django.core import mail
from django.db import connection

from accounts.tests.factories import make_user, signed_in
from jobs.applying.delivery import APPLICATION, WITHDRAWAL
from jobs.tests.factories import make_job
from kit.mail.delivery import deliver
from kit.models import ContentStamp, OutgoingMail

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
    """What waits in the outbox about applications."""

    def waiting(self, kind=APPLICATION):
        return list(OutgoingMail.objects.waiting().filter(message__late=kind).order_by("id"))

    def work(self):
        """As the worker does it: one after the other. Returns what was mailed to employers."""
        before = len(mail.outbox)
        for kind in (APPLICATION, WITHDRAWAL):
            for one in self.waiting(kind):
                deliver(one.pk)
        return [message for message in mail.outbox[before:] if message.to == [EMPLOYER]]


@pytest.fixture
def queue():
    return Queue()
