"""From the button to the file: one at a time, three a day, made by the worker at one moment, kept for a day, and for its owner alone."""

import threading
from datetime import timedelta

import pytest
from django.core import mail
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from accounts.bookmarks import save_job
from accounts.models import DataExport, ExportChunk
from accounts.owndata import exports
from accounts.tasks import tidy_files
from accounts.tests.factories import make_user, signed_in
from accounts.tests.owndata.conftest import Archive
from jobs.tests.factories import make_job

PAGE, START, FILE = "accounts:data", "accounts:export_start", "accounts:export_file"
committed = pytest.mark.django_db(transaction=True)
rolled_back = pytest.mark.django_db


def queued():
    return [job.args["export_id"] for job in ProcrastinateJob.objects.filter(task_name="accounts.tasks.make_export")]


@pytest.fixture
def empty_queue(transactional_db):
    def empty():
        with connection.cursor() as cursor:
            cursor.execute("TRUNCATE procrastinate_jobs, procrastinate_workers, procrastinate_periodic_defers CASCADE")

    empty()
    yield
    empty()


def ready(user, **values):
    """As the worker leaves it."""
    export = DataExport.objects.create(user=user, state="ready", ready_at=timezone.now(), size=3, **values)
    ExportChunk.objects.create(export=export, number=0, data=b"zip")
    return export


def test_it_is_made_offered_mailed_and_read_back(empty_queue, member):
    save_job(user=member, job=make_job(title="Sail maker"))
    client = signed_in(member)
    assert client.post(reverse(START))["Location"] == reverse(PAGE)
    (number,) = queued()
    assert "waits for its turn" in client.get(reverse(PAGE)).content.decode()
    exports.make(number)
    export = member.exports.get()
    assert mail.outbox[-1].to == [member.email]
    assert reverse(PAGE) in mail.outbox[-1].body
    assert export.get_absolute_url() in client.get(reverse(PAGE)).content.decode()
    response = client.get(export.get_absolute_url())
    body = b"".join(response.streaming_content)
    assert Archive(body).parts["saved_jobs"][0]["title"] == "Sail maker"
    assert (len(body), response["Content-Length"]) == (export.size, str(export.size))
    assert response["Content-Type"] == "application/zip"
    assert response["Content-Disposition"].startswith("attachment; filename=")
    assert response["Cache-Control"] == "private, no-store"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert client.head(export.get_absolute_url())["Content-Length"] == str(export.size)


def test_a_file_of_many_pieces_comes_whole(empty_queue, member, monkeypatch):
    monkeypatch.setattr(exports, "PIECE", 100)
    save_job(user=member, job=make_job())
    export, _ = exports.ask(member)
    exports.make(export.pk)
    export.refresh_from_db()
    assert export.chunks.count() == -(-export.size // 100) > 10
    assert Archive(b"".join(exports.content(export))).parts["saved_jobs"]


def test_what_changes_while_it_is_made_is_not_in_it(empty_queue, member, monkeypatch):
    save_job(user=member, job=make_job("before"))
    later = make_job("later")
    write = exports.write_archive

    def write_slowly(user, parts, out):
        list(user.bookmarks.all())  # the moment is the first question, whatever comes after
        thread = threading.Thread(target=lambda: (save_job(user=member, job=later), connection.close()))
        thread.start()
        thread.join()
        write(user, parts, out)

    monkeypatch.setattr(exports, "write_archive", write_slowly)
    export, _ = exports.ask(member)
    exports.make(export.pk)
    export.refresh_from_db()
    assert member.job_bookmarks.count() == 2, "nobody waited"
    assert len(Archive(b"".join(exports.content(export))).parts["saved_jobs"]) == 1


def test_done_twice_it_is_made_once(empty_queue, member):
    export, _ = exports.ask(member)
    exports.make(export.pk)
    exports.make(export.pk)
    assert len(mail.outbox) == 1


def test_a_worker_that_died_is_followed_by_one_that_makes_it(empty_queue, member):
    export, _ = exports.ask(member)
    DataExport.objects.update(state="making")
    exports.make(export.pk)
    assert member.exports.get().state == "ready"


def test_an_account_that_is_deleted_meanwhile_leaves_no_file(empty_queue, member, monkeypatch):
    write = exports.write_archive

    def write_and_lose(user, parts, out):
        write(user, parts, out)
        thread = threading.Thread(target=lambda: (type(member).objects.get(pk=member.pk).delete(), connection.close()))
        thread.start()
        thread.join()

    monkeypatch.setattr(exports, "write_archive", write_and_lose)
    export, _ = exports.ask(member)
    exports.make(export.pk)
    exports.make(export.pk)
    assert (DataExport.objects.count(), ExportChunk.objects.count(), mail.outbox) == (0, 0, [])


def test_after_the_last_try_the_page_says_that_it_failed(empty_queue, member):
    export, _ = exports.ask(member)
    exports.give_up(export.pk)
    assert "could not be made" in signed_in(member).get(reverse(PAGE)).content.decode()
    assert exports.ask(member)[1], "and one may ask again"


@committed
def test_twenty_clicks_at_once_make_one(empty_queue, member):
    def click():
        signed_in(member).post(reverse(START))
        connection.close()

    threads = [threading.Thread(target=click) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert member.exports.count() == 1
    assert len(queued()) == 1


@rolled_back
def test_three_a_day(member):
    client = signed_in(member)
    for _ in range(3):
        ready(member)
    page = client.post(reverse(START), follow=True).content.decode()
    assert "3 copies within a day" in page
    assert member.exports.count() == 3
    member.exports.update(asked_at=timezone.now() - timedelta(hours=25))
    client.post(reverse(START))
    assert member.exports.count() == 4


@rolled_back
def test_the_file_is_its_owners_alone(member, stranger):
    url = ready(member).get_absolute_url()
    assert signed_in(stranger).get(url).status_code == 404
    assert Client().get(url)["Location"].startswith(reverse("account_login"))
    assert b"".join(signed_in(member).get(url).streaming_content) == b"zip"


@rolled_back
def test_after_a_day_it_is_gone(member):
    export = ready(member)
    DataExport.objects.update(ready_at=timezone.now() - timedelta(hours=24, seconds=1))
    client = signed_in(member)
    assert client.get(export.get_absolute_url()).status_code == 404
    assert export.get_absolute_url() not in client.get(reverse(PAGE)).content.decode()
    tidy_files(0)
    assert not ExportChunk.objects.exists()


@rolled_back
def test_tidying_touches_nothing_that_is_still_good(member, stranger):
    ready(member)
    exports.ask(stranger)
    tidy_files(0)
    assert DataExport.objects.count() == 2
    assert ExportChunk.objects.count() == 1
    DataExport.objects.pending().update(asked_at=timezone.now() - timedelta(hours=7))
    tidy_files(0)
    assert stranger.exports.get().state == "failed", "lost with its worker: one may ask again"


@rolled_back
def test_the_page_asks_again_by_itself_until_it_is_ready(member):
    client = signed_in(member)
    exports.ask(member)
    headers = {"HX-Request": "true", "HX-Target": "export"}
    fragment = client.get(reverse(PAGE), headers=headers).content.decode()
    assert "every 2s" in fragment
    assert "<html" not in fragment
    member.exports.all().delete()
    ready(member)
    assert "every 2s" not in client.get(reverse(PAGE), headers=headers).content.decode()


@rolled_back
def test_asking_by_get_makes_nothing(member):
    assert signed_in(member).get(reverse(START)).status_code == 405
    assert not member.exports.exists()


@rolled_back
def test_an_export_holds_up_no_mail(member):
    """One lane for all exports: of the four jobs that the worker does at once, it is one at most."""
    signed_in(member).post(reverse(START))
    signed_in(make_user()).post(reverse(START))
    locks = ProcrastinateJob.objects.filter(task_name="accounts.tasks.make_export").values_list("lock", flat=True)
    assert list(locks) == ["exports", "exports"]
