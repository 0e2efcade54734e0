"""Every mail that the site sends: its words, that it is queued with what caused it, and that it arrives."""

import re
from datetime import timedelta
from email.message import EmailMessage as Parsed
from email.parser import BytesParser
from email.policy import default as headers_policy
from smtplib import SMTPServerDisconnected
from types import SimpleNamespace
from unittest.mock import patch

import pytest
from allauth.account.adapter import get_adapter
from allauth.core import context
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.core import mail
from django.core.mail import EmailMessage, EmailMultiAlternatives, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.core.mail.message import BadHeaderError
from django.db import connection, transaction
from django.test import Client, RequestFactory
from django.urls import reverse
from django.utils import timezone
from html5lib import HTMLParser
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from accounts.adapter import AccountAdapter
from kit.mail.states import FIRST_PAUSE, MAX_TRIES
from kit.mail.wire import pack, unpack
from kit.models import MailState, OutgoingMail
from kit.tasks import MAX_RESCUES, deliver_mail, rescue_stalled_jobs
from tests.conftest import PASSWORD, person, sign_in
from tests.source import TEMPLATES

NEW_PASSWORD = "another kite in the wind"
BROWSER = "Kite & Sail <1.0> 'beta'"


@pytest.fixture(autouse=True)
def queue(settings):
    """Mail goes to the queue, as it does outside tests."""
    settings.EMAIL_BACKEND = "kit.mail.backend.QueueBackend"
    settings.EMAIL_DELIVERY_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    settings.SITE_NAME = "Ways & Marks"


def queued():
    return [unpack(row.message) for row in OutgoingMail.objects.order_by("id")]


def browser(user=None):
    client = Client(headers={"User-Agent": BROWSER})
    return sign_in(user, client) if user else client


# --- what causes each mail -----------------------------------------------------------------------
def signs_up(email):
    browser().post(reverse("account_signup"), {"email": email, "password1": PASSWORD})


def asks_for_code(email):
    browser().post(reverse("account_request_login_code"), {"email": email})


def asks_for_reset(email):
    browser().post(reverse("account_reset_password"), {"email": email})


def resets(member):
    asks_for_reset(member.email)
    visitor = browser()
    form = visitor.get(re.search(r"http://testserver(/\S+)", queued()[-1].body)[1], follow=True)
    visitor.post(form.request["PATH_INFO"], {"password1": NEW_PASSWORD})


def changes_password(member):
    browser(member).post(reverse("account_change_password"), {"oldpassword": PASSWORD, "password1": NEW_PASSWORD})


def sets_password(member):
    member.set_unusable_password()
    member.save()
    browser(member).post(reverse("account_set_password"), {"password1": NEW_PASSWORD})


def changes_address(member):
    client = browser(member)
    client.post(reverse("account_email"), {"email": "new@example.org", "action_add": ""})
    code = re.search(r"^\S+$", queued()[-1].body, re.MULTILINE)[0]
    client.post(reverse("account_email_verification_sent"), {"code": code})


def code_now(secret):
    return format_hotp_value(hotp_value(secret, next(yield_hotp_counters_from_time())))


def sets_up_app(member):
    client = browser(member)
    page = client.get(reverse("mfa_activate_totp"))
    client.post(reverse("mfa_activate_totp"), {"code": code_now(page.context["form"].secret)})


def removes_app(member):
    client = browser(member)
    page = client.get(reverse("mfa_activate_totp"))
    client.post(reverse("mfa_activate_totp"), {"code": code_now(page.context["form"].secret)})
    client.post(reverse("mfa_deactivate_totp"))


def makes_codes(member):
    sets_up_app(member)
    client = browser(member)
    client.post(reverse("mfa_generate_recovery_codes"))


def removes_passkey(member):
    from tests.passkey import register

    browser(member).post(reverse("mfa_remove_webauthn", args=[register(member).pk]))


def is_told(name, **about):
    """Caused by a ceremony in the browser or at another service: the same call, without it."""

    def causes(member):
        request = RequestFactory(headers={"User-Agent": BROWSER}).get("/")
        with context.request_context(request):
            get_adapter(request).send_notification_mail(name, member, about)

    return causes


PROVIDER = {"provider": SimpleNamespace(name="Git & Hub"), "account": SimpleNamespace(provider="github", uid="1")}

# Template -> who causes it and how, its subject, words that it must hold.
MAILS = {
    "account/email/email_confirmation": (lambda m: signs_up("new@example.org"), r"^\S{6,} confirms your email address", "15 minutes"),
    "account/email/account_already_exists": (lambda m: signs_up(m.email), "You have an account", "/sign-in/"),
    "account/email/login_code": (lambda m: asks_for_code(m.email), r"^\S{6,} is your sign-in code", "10 minutes"),
    "account/email/unknown_account": (lambda m: asks_for_code("nobody@example.org"), "", "/sign-up/"),
    "account/email/password_reset_key": (lambda m: asks_for_reset(m.email), "new password", "/password/reset/"),
    "account/email/password_reset": (resets, "password was changed", BROWSER),
    "account/email/password_changed": (changes_password, "password was changed", BROWSER),
    "account/email/password_set": (sets_password, "has a password", BROWSER),
    "account/email/email_changed": (changes_address, "address was changed", "new@example.org"),
    "mfa/email/totp_activated": (sets_up_app, "", BROWSER),
    "mfa/email/totp_deactivated": (removes_app, "", BROWSER),
    "mfa/email/recovery_codes_generated": (makes_codes, "", BROWSER),
    "mfa/email/webauthn_added": (is_told("mfa/email/webauthn_added"), "", BROWSER),
    "mfa/email/webauthn_removed": (removes_passkey, "", BROWSER),
    "socialaccount/email/account_connected": (is_told("socialaccount/email/account_connected", **PROVIDER), "", "Git & Hub"),
    "socialaccount/email/account_disconnected": (is_told("socialaccount/email/account_disconnected", **PROVIDER), "", "Git & Hub"),
}


def test_the_table_names_every_mail_that_has_a_template():
    found = {path.relative_to(TEMPLATES).as_posix() for path in TEMPLATES.rglob("email/*_subject.txt")}
    assert {name.removesuffix("_subject.txt") for name in found} == set(MAILS)


@pytest.mark.django_db
@pytest.mark.parametrize("name", MAILS)
def test_mail(name, monkeypatch, django_capture_on_commit_callbacks):
    causes, subject, words = MAILS[name]
    rendered = []
    whole = AccountAdapter.render_mail

    def render(self, prefix, *rest, **more):
        rendered.append(prefix.removesuffix("_signup"))  # allauth's includes the one without
        return whole(self, prefix, *rest, **more)

    monkeypatch.setattr(AccountAdapter, "render_mail", render)
    with django_capture_on_commit_callbacks(execute=True):
        causes(person("member"))
    sent = dict(zip(rendered, queued(), strict=True))
    reads_well(sent[name])
    assert re.search(subject, sent[name].subject), sent[name].subject
    assert words in sent[name].body, sent[name].body


def reads_well(message):
    assert re.fullmatch(r"\S[^\n\r]{3,90}\S", message.subject), message.subject
    assert message.body.strip() == message.body.strip("\n "), "stray space"
    assert not re.search(r"&(amp|lt|gt|quot|#x?\w+);", message.subject + message.body), "escaped for HTML"
    assert not re.search(r"{{|{%|None\b", message.body), message.body
    assert "\n\n\n" not in message.body, message.body
    assert "Ways & Marks" in message.body
    assert "http://testserver" in message.body
    assert len(message.to) == 1
    assert not message.cc
    assert not message.bcc
    ((html, kind),) = [tuple(part) for part in message.alternatives]
    assert kind == "text/html"
    assert not HTMLParser(strict=True).parse(html).find("script")
    assert words_of(message.body) == words_of(HTMLParser(namespaceHTMLElements=False).parse(html).find(".//div[@class='sheet']"))
    parsed: Parsed = BytesParser(policy=headers_policy).parsebytes(message.message().as_bytes())
    assert parsed.get_content_type() == "multipart/alternative"
    assert parsed["From"]
    assert parsed["Message-ID"]
    for address in re.findall(r"http://testserver(/\S*)", message.body):
        assert Client().get(address).status_code in {200, 302}, address
        assert f'<a href="http://testserver{address}">' in html


def words_of(part):
    """Of the text without its last two lines, and of the HTML without heading and frame."""
    if isinstance(part, str):
        return part.rpartition("\n\n")[0].split()
    return " ".join(text for paragraph in part.findall("p") for text in paragraph.itertext()).split()


@pytest.mark.django_db
def test_a_code_or_link_of_a_mail_is_worth_nothing_to_another_host():
    person("member")
    browser().post(reverse("account_reset_password"), {"email": "member@example.org"}, headers={"Host": "localhost"})
    assert "http://testserver/password/" in queued()[0].body
    assert "localhost" not in queued()[0].body


@pytest.mark.django_db
def test_nobody_learns_from_the_pages_who_has_an_account():
    person("member")
    for name in ("account_request_login_code", "account_reset_password", "account_signup"):
        seen = []
        for email in ("member@example.org", "nobody@example.org"):
            client = browser()
            answer = client.post(reverse(name), {"email": email, "password1": PASSWORD}, follow=True)
            text = re.sub(r'(name="csrfmiddlewaretoken" value=)"[^"]*"', "", answer.content.decode()).replace(email, "")
            seen.append((answer.status_code, answer.redirect_chain, text))
        assert seen[0] == seen[1], name


# --- the queue -----------------------------------------------------------------------------------
@pytest.mark.django_db
def test_a_request_that_is_rolled_back_sends_nothing():
    person("member")
    with transaction.atomic():
        asks_for_reset("member@example.org")
        assert len(queued()) == 1
        transaction.set_rollback(True)
    assert not queued()


@pytest.mark.django_db
def test_a_page_does_not_wait_for_the_mail_server(settings):
    settings.EMAIL_DELIVERY_BACKEND = "tests.test_mails.Away"
    person("member")
    answer = browser().post(reverse("account_reset_password"), {"email": "member@example.org"})
    assert answer.status_code == 302
    assert len(queued()) == 1


@pytest.mark.parametrize("field", ["subject", "to", "reply_to", "headers"])
def test_a_line_break_in_a_header_is_refused_before_it_is_queued(field):
    bad = "a@example.org\nBcc: all@example.org"
    values = {"subject": "s", "body": "b", "to": ["a@example.org"]} | {
        field: {"subject": bad, "to": [bad], "reply_to": [bad], "headers": {"X-A": bad}}[field]
    }
    with pytest.raises(BadHeaderError):
        pack(EmailMessage(**values))


def test_a_mail_comes_out_of_the_queue_as_it_went_in():
    whole = EmailMultiAlternatives(
        "Größe",
        "Text ✓",
        "Way <a@example.org>",
        ["b@example.org"],
        ["c@example.org"],
        headers={"X-A": "1"},
        cc=["d@example.org"],
        reply_to=["e@x.org"],
    )
    whole.attach_alternative("<p>Text</p>", "text/html")
    back = unpack(pack(whole))
    for name in ("subject", "body", "from_email", "to", "cc", "bcc", "reply_to", "extra_headers"):
        assert getattr(back, name) == getattr(whole, name), name
    assert [tuple(alternative) for alternative in back.alternatives] == [("<p>Text</p>", "text/html")]


def test_an_attachment_is_refused_rather_than_lost():
    message = EmailMessage("s", "b", to=["a@example.org"])
    message.attach("a.txt", "text", "text/plain")
    with pytest.raises(ValueError, match="attachments"):
        pack(message)


# --- a real worker -------------------------------------------------------------------------------
class Away(BaseEmailBackend):
    def send_messages(self, messages):
        raise SMTPServerDisconnected("gone")


def work():
    """What waits is done, by procrastinate's worker. Its threads, which run periodic tasks too, keep no connection."""
    worker = app.connector.get_worker_connector()
    with app.replace_connector(worker), patch.dict(connection.settings_dict, CONN_MAX_AGE=0):
        app.run_worker(wait=False, install_signal_handlers=False, listen_notify=False, delete_jobs="never")


@pytest.fixture
def empty_queue(transactional_db):
    """procrastinate's tables are not Django's, so nobody else empties them."""
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE procrastinate_jobs, procrastinate_workers, procrastinate_periodic_defers CASCADE")
    mail.outbox = []
    yield
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE procrastinate_jobs, procrastinate_workers, procrastinate_periodic_defers CASCADE")


def send():
    EmailMessage("A kite", "It flies.", to=["a@example.org"], connection=get_connection("kit.mail.backend.QueueBackend")).send()
    return OutgoingMail.objects.get()


def job_of(row):
    return ProcrastinateJob.objects.filter(task_name=deliver_mail.name, args__mail_id=row.pk).latest("pk")


def sql(statement, *values):
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.fetchall() if cursor.description else None


def test_the_worker_delivers_each_mail_once(empty_queue):
    send()
    assert mail.outbox == []
    work()
    work()
    assert [(message.subject, message.to) for message in mail.outbox] == [("A kite", ["a@example.org"])]


def test_a_mail_waits_for_a_mail_server_that_is_away(empty_queue, settings):
    settings.EMAIL_DELIVERY_BACKEND = "tests.test_mails.Away"
    row = send()
    work()
    row.refresh_from_db()
    assert (row.state, row.tries) == (MailState.WAITING, 1)
    assert mail.outbox == []
    settings.EMAIL_DELIVERY_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    work()
    assert mail.outbox == [], "tried again at once instead of after a pause"
    job = job_of(row)
    assert FIRST_PAUSE - timedelta(seconds=9) < job.scheduled_at - timezone.now() < FIRST_PAUSE
    sql("UPDATE procrastinate_jobs SET scheduled_at = now() - interval '1 second' WHERE id = %s", job.pk)
    work()
    row.refresh_from_db()
    assert (row.state, row.message, len(mail.outbox)) == (MailState.SENT, None, 1)


def test_a_mail_that_never_goes_out_stays_for_a_person_to_look_at(empty_queue, settings):
    settings.EMAIL_DELIVERY_BACKEND = "tests.test_mails.Away"
    row = send()
    OutgoingMail.objects.update(tries=MAX_TRIES - 1)
    work()
    row.refresh_from_db()
    assert (row.state, row.message) == (MailState.FAILED, None)
    assert "SMTPServerDisconnected: gone" in row.answer


def dies_with(job, attempts):
    """As a killed worker leaves it: taken, and no heartbeat since."""
    ((worker,),) = sql("INSERT INTO procrastinate_workers (last_heartbeat) VALUES (now() - interval '10 minutes') RETURNING id")
    sql("UPDATE procrastinate_jobs SET status = 'doing', worker_id = %s, attempts = %s WHERE id = %s", worker, attempts, job.pk)


def rescue():
    rescue_stalled_jobs.configure(queueing_lock="by hand").defer(timestamp=0)
    work()
    work()


def test_a_mail_whose_worker_died_is_delivered(empty_queue):
    job = job_of(send())
    dies_with(job, 0)
    rescue()
    job.refresh_from_db()
    assert (job.status, len(mail.outbox)) == ("succeeded", 1)


def test_a_job_that_kills_its_workers_is_left_alone(empty_queue):
    job = job_of(send())
    dies_with(job, MAX_RESCUES)
    rescue()
    job.refresh_from_db()
    assert (job.status, mail.outbox) == ("doing", [])


def test_a_job_of_a_living_worker_is_left_alone(empty_queue):
    job = job_of(send())
    dies_with(job, 0)
    sql("UPDATE procrastinate_workers SET last_heartbeat = now() - interval '20 seconds'")
    rescue()
    job.refresh_from_db()
    assert job.status == "doing"
