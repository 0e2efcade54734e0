"""Every mail of signing in: plain words, the code in sight, nothing of a person's name, nothing escaped."""

import re
from pathlib import Path

import allauth
import pytest
from django.conf import settings as site
from django.core import mail
from django.template.loader import render_to_string
from django.test import Client
from django.urls import reverse
from procrastinate.contrib.django.models import ProcrastinateJob

from accounts.adapter import AccountAdapter
from accounts.tests.factories import make_user
from kit.models import MailState, OutgoingMail

pytestmark = pytest.mark.django_db

FOLDER = Path(allauth.__file__).parent / "templates"
PREFIXES = sorted(
    str(path.relative_to(FOLDER)).removesuffix("_subject.txt")
    for path in FOLDER.glob("*/email/*_subject.txt")
    if "email_deleted" not in path.name and "email_confirm_" not in path.name and "reset_code" not in path.name  # settings rule them out
)
CONTEXT = {
    "code": "BCDF-GHJK",
    "password_reset_url": "https://waymark.example/password/reset/1-abc/",
    "from_email": "old@example.org",
    "to_email": "new@example.org",
    "provider": "GitHub",
    "ip": "203.0.113.7",
    "user_agent": "Mozilla/5.0 <b>&",
}


@pytest.mark.parametrize("prefix", PREFIXES)
def test_it_is_ours_and_says_everything(prefix, rf):
    user = make_user(display_name="Bobby <b>Tables</b> & {{ 7|add:42 }}")
    AccountAdapter(rf.get("/")).send_mail(prefix, user.email, CONTEXT | {"user": user})
    sent = mail.outbox[-1]
    text = f"{sent.subject}\n{sent.body}"
    assert sent.subject
    assert "\n" not in sent.subject
    assert site.SITE_URL in sent.body
    assert "&amp;" not in text
    assert "&lt;" not in text
    assert "Tables" not in text
    assert not re.search(r"\bplease\b|!|Hello from|Thank you for using|\{\{|\{%|None\b", text, re.IGNORECASE), text


@pytest.mark.parametrize(
    "prefix", ["account/email/login_code", "account/email/email_confirmation", "account/email/email_confirmation_signup"]
)
def test_the_code_stands_in_the_subject_and_in_the_first_line(prefix):
    assert render_to_string(f"{prefix}_subject.txt", CONTEXT).strip().startswith("BCDF-GHJK")
    assert render_to_string(f"{prefix}_message.txt", CONTEXT).startswith("BCDF-GHJK")


def test_mails_wait_in_the_outbox_for_the_worker(settings, member):
    settings.EMAIL_BACKEND = "kit.mail.backend.QueueBackend"
    Client().post(reverse("account_request_login_code"), {"email": member.email})
    job, waiting = ProcrastinateJob.objects.get(task_name="kit.tasks.deliver_mail"), OutgoingMail.objects.get()
    assert job.args == {"mail_id": waiting.pk}
    assert (waiting.state, waiting.recipient) == (MailState.WAITING, member.email)
