"""Deleting an account: confirmed, complete, told, and not done while money could still be taken."""

import threading

import pytest
from allauth.usersessions.models import UserSession
from django.apps import apps
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.models import Session
from django.core import mail
from django.core.mail import EmailMessage, get_connection
from django.db import connection
from django.test import Client
from django.urls import reverse
from procrastinate.contrib.django.models import ProcrastinateJob

from accounts.bookmarks import save_job
from accounts.models import JobBookmark, User
from accounts.owndata import exports
from accounts.owndata.leaving import delete_account
from accounts.tests.factories import PASSWORD, is_signed_in, make_user
from accounts.tests.owndata.conftest import export_of, someone_with_everything
from billing.answers import Unavailable
from billing.models import Account
from billing.selling import account_of, start_plus
from billing.tests.conftest import test_mode, twin  # noqa: F401  fixtures
from jobs.models import Application, JobDay, Report
from jobs.tests.factories import make_job
from kit.mail.delivery import deliver
from kit.models import MailState, OutgoingMail
from kit.tasks import deliver_mail

rolled_back = pytest.mark.django_db
committed = pytest.mark.django_db(transaction=True)
PAGE = "accounts:delete"


def entered(user) -> Client:
    """Signed in, and confirmed with the password a moment ago."""
    client = Client()
    client.post(reverse("account_login"), {"login": user.email, "password": PASSWORD})
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    assert is_signed_in(client)
    return client


def press(client):
    return client.post(reverse(PAGE), {"sure": "on"})


# --- the way there --------------------------------------------------------------------------------
@rolled_back
def test_the_page_says_what_goes_and_what_stays(owner):
    page = entered(owner).get(reverse(PAGE)).content.decode()
    for words in ("1 saved guide, with your notes", "1 saved job", "1 application, sent through our form", "1 resume, kept", "What stays"):
        assert words in page


@rolled_back
def test_a_browser_left_open_is_not_enough(member):
    client = Client()
    client.force_login(member)
    for response in (client.get(reverse(PAGE)), press(client)):
        assert response["Location"].startswith(reverse("account_reauthenticate"))
    assert User.objects.filter(pk=member.pk).exists()
    assert "not your password" in client.post(reverse("account_reauthenticate"), {"password": "wrong"}).content.decode()
    assert client.get(reverse(PAGE)).status_code == 302
    assert User.objects.filter(pk=member.pk).exists()


@rolled_back
def test_a_form_that_was_open_too_long_is_done_after_the_password(member):
    client = Client()
    client.force_login(member)
    address = press(client)["Location"]
    response = client.post(address, {"password": PASSWORD, "next": reverse(PAGE)})
    assert not User.objects.filter(pk=member.pk).exists()
    assert response["Location"] == reverse("accounts:deleted")
    assert not is_signed_in(client)


@rolled_back
def test_without_the_tick_nothing_happens(member):
    response = entered(member).post(reverse(PAGE), {})
    assert response.status_code == 422
    assert "Tick the box" in response.content.decode()
    assert User.objects.filter(pk=member.pk).exists()


@rolled_back
def test_staff_are_sent_to_an_administrator(member):
    User.objects.filter(pk=member.pk).update(is_staff=True)
    client = entered(member)
    assert "administrator closes" in client.get(reverse(PAGE)).content.decode()
    assert press(client).status_code == 409
    assert User.objects.filter(pk=member.pk).exists()


# --- what happens ---------------------------------------------------------------------------------
@rolled_back
def test_it_is_done_confirmed_and_signed_out_everywhere(member):
    here, there = entered(member), entered(member)
    response = press(here)
    assert response["Location"] == reverse("accounts:deleted")
    assert "Your account is deleted" in here.get(response["Location"]).content.decode()
    assert not User.objects.filter(pk=member.pk).exists()
    assert mail.outbox[-1].to == ["member@example.org"]
    assert "is deleted" in mail.outbox[-1].subject
    assert not UserSession.objects.exists()
    assert not Session.objects.exists()
    for client in (here, there):
        assert client.get(reverse("accounts:account"))["Location"].startswith(reverse("account_login"))
    other = Client()
    other.post(reverse("account_login"), {"login": "member@example.org", "password": PASSWORD})
    assert not is_signed_in(other)


@rolled_back
def test_a_second_click_finds_nothing_left_to_do(member):
    person = User.objects.get(pk=member.pk)
    assert delete_account(member)
    assert not delete_account(person)
    assert len(mail.outbox) == 1


@rolled_back
def test_the_address_is_free_again(member):
    press(entered(member))
    assert make_user("member@example.org").pk


def planted(words):
    """table.column of every place in the database where the words stand, in whatever type that can be read as text."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT table_name, column_name FROM information_schema.columns"
            " JOIN information_schema.tables USING (table_schema, table_name)"
            " WHERE table_schema = 'public' AND table_type = 'BASE TABLE' AND data_type <> 'bytea'"
        )
        columns = cursor.fetchall()
        assert len(columns) > 300
        found = []
        for table, column in columns:
            cursor.execute(f'SELECT count(*) FROM "{table}" WHERE "{column}"::text ILIKE %s', [f"%{words}%"])
            if cursor.fetchone()[0]:
                found.append(f"{table}.{column}")
    return found


def keys_of(user_id):
    """Models that still name the person by key."""
    return [
        f"{model._meta.label}.{field.name}"
        for model in apps.get_models(include_auto_created=True)
        for field in model._meta.get_fields()
        if field.concrete and field.is_relation and not field.many_to_many and field.related_model is User
        if model._base_manager.filter(**{field.attname: user_id}).exists()
    ]


@pytest.fixture
def empty_queue(transactional_db):
    def empty():
        with connection.cursor() as cursor:
            cursor.execute("TRUNCATE procrastinate_jobs, procrastinate_workers, procrastinate_periodic_defers CASCADE")

    empty()
    yield
    empty()


def test_nothing_in_the_database_names_the_person_any_more(empty_queue, settings):
    settings.EMAIL_BACKEND = "kit.mail.backend.QueueBackend"
    settings.EMAIL_DELIVERY_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    owner = someone_with_everything("planted.word@example.org")
    account_of(owner)
    admin = make_user(is_staff=True, is_superuser=True)
    kind = ContentType.objects.get_for_model(User)
    LogEntry.objects.create(
        user=admin, content_type=kind, object_id=str(owner.pk), object_repr=owner.email, action_flag=CHANGE, change_message="[]"
    )
    pk = owner.pk
    export, _ = exports.ask(owner)
    exports.make(export.pk)
    assert "accounts_user.email" in planted("planted.word")
    assert "django_admin_log.object_repr" in planted("planted.word")
    assert "kit_outgoingmail.recipient" in planted("planted.word")
    assert len(keys_of(pk)) > 8
    delete_account(owner)
    assert planted("planted.word") == ["kit_outgoingmail.recipient", "kit_outgoingmail.message"], "the mail that confirms it"
    deliver_what_waits()
    assert planted("planted.word") == []
    assert keys_of(pk) == []
    assert [message.to for message in mail.outbox] == [["planted.word@example.org"]]


def deliver_what_waits():
    for job in ProcrastinateJob.objects.filter(task_name=deliver_mail.name).order_by("pk"):
        deliver_mail(**job.args)


@rolled_back
def test_what_is_counted_for_all_stays_and_reports_lose_their_name(owner):
    day = JobDay.objects.create(job=make_job("counted"), day="2026-11-01", leaves=3)
    press(entered(owner))
    assert JobDay.objects.get(pk=day.pk).leaves == 3
    report = Report.objects.get()
    assert (report.reporter, report.words) == (None, "They ask for money")


@rolled_back
def test_nobody_else_loses_anything(owner, stranger):
    save_job(user=stranger, job=make_job("theirs"))
    there = entered(stranger)
    press(entered(owner))
    assert is_signed_in(there)
    assert there.get(reverse("accounts:account")).status_code == 200
    assert stranger.job_bookmarks.count() == 1
    assert JobBookmark.objects.count() == 1


@rolled_back
def test_an_application_that_has_not_left_is_not_sent(owner):
    waiting = Application.objects.get()
    delete_account(owner)
    mail.outbox.clear()
    for row in OutgoingMail.objects.waiting().to([waiting.sent_to]):
        deliver(row.pk)
        assert OutgoingMail.objects.get(pk=row.pk).state == MailState.SKIPPED
    assert mail.outbox == []


def test_mails_that_wait_for_the_person_are_not_sent_any_more(empty_queue, settings, member, stranger):
    settings.EMAIL_BACKEND = "kit.mail.backend.QueueBackend"
    backend = get_connection("kit.mail.backend.QueueBackend")
    for address in ("Member@Example.org", stranger.email):
        EmailMessage("Waits", "b", to=[address], connection=backend).send()
    delete_account(member)
    waiting = [(row.message["to"], row.message["subject"]) for row in OutgoingMail.objects.order_by("pk")]
    assert waiting[0] == ([stranger.email], "Waits")
    assert waiting[1][0] == ["member@example.org"]
    assert "deleted" in waiting[1][1]
    assert len(waiting) == 2


def test_a_failure_half_way_leaves_everything_as_it_was(empty_queue, monkeypatch, settings):
    settings.EMAIL_BACKEND = "kit.mail.backend.QueueBackend"
    owner = someone_with_everything()

    def fails(self, *args, **kwargs):
        raise RuntimeError("the power is cut")

    monkeypatch.setattr(User, "delete", fails)
    mails, sessions = OutgoingMail.objects.count(), Session.objects.count()
    with pytest.raises(RuntimeError):
        delete_account(owner)
    assert (OutgoingMail.objects.count(), Session.objects.count()) == (mails, sessions)
    assert owner.bookmarks.count() == owner.job_bookmarks.count() == 1


@committed
def test_two_tabs_that_delete_at_once_end_well(member):
    clients = [entered(member), entered(member)]
    statuses = []

    def go(client):
        statuses.append(press(client).status_code)
        connection.close()

    threads = [threading.Thread(target=go, args=[client]) for client in clients]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert statuses == [302, 302]
    assert not User.objects.filter(pk=member.pk).exists()
    assert len([message for message in mail.outbox if "is deleted" in message.subject]) == 1


# --- money ----------------------------------------------------------------------------------------
@pytest.fixture
def paying(twin, member):  # noqa: F811
    start_plus(member)
    twin.pay(account_of(member).checkout_id)
    twin.deliver_all()
    return twin


@rolled_back
def test_the_plan_is_canceled_first_and_the_books_stay_without_a_name(paying, member):
    press(entered(member))
    assert not User.objects.filter(pk=member.pk).exists()
    account = Account.objects.get()
    assert account.user is None
    assert account.status == "canceled"
    assert account.milestones.count() >= 1


@rolled_back
def test_while_stripe_is_away_nothing_is_deleted(paying, member, monkeypatch):
    def away(*args, **kwargs):
        raise Unavailable("no answer")

    monkeypatch.setattr("billing.sync.gateway.subscriptions", away)
    client = entered(member)
    response = press(client)
    assert response.status_code == 503
    assert "Nothing was deleted" in response.content.decode()
    assert User.objects.filter(pk=member.pk).exists()
    assert Account.objects.get().user == member
    assert is_signed_in(client)
    assert not [message for message in mail.outbox if "is deleted" in message.subject]
    monkeypatch.undo()
    assert press(client).status_code == 302


@rolled_back
def test_the_plan_and_its_history_are_in_the_copy(paying, member):
    parts = export_of(member).parts
    assert parts["plan"][0]["plan"] != "free"
    assert parts["plan"][0]["customer"].startswith("cus_")
    assert [row["what"] for row in parts["plan_history"]] == ["started"]
