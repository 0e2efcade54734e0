"""The four mails about Plus: words, both parts, once each, and only when what they tell is true."""

import re
from datetime import UTC, datetime
from email.parser import BytesParser
from email.policy import default as headers_policy

import html5lib
import pytest
from django.core import mail
from django.db import transaction
from django.test import Client

from billing import mails
from billing.models import Account, Milestone
from billing.selling import account_of, start_plus
from billing.sync import sync
from kit.models import OutgoingMail
from tests.source import TEMPLATES

pytestmark = pytest.mark.django_db

FUNCTIONS = {
    "plus_started": (mails.welcome, "You have Ways & Marks Plus", "press Cancel Plus twice"),
    "plus_payment_failed": (
        mails.payment_failed,
        "Your payment for Ways & Marks Plus did not go through",
        "Plus stays on until May 15, 2026",
    ),
    "plus_canceled": (mails.canceled, "Ways & Marks Plus ends on June 1, 2026", "you can take the cancellation back"),
    "plus_ended": (mails.ended, "Ways & Marks Plus has ended", "Everything you saved"),
}


@pytest.fixture
def account(member, test_mode):
    test_mode.SITE_NAME = "Ways & Marks"
    return Account.objects.create(
        user=member,
        world="test",
        customer_id="cus_1",
        subscription_id="sub_1",
        status="past_due",
        plan="plus",
        period_start=datetime(2026, 5, 1, 12, tzinfo=UTC),
        paid_through=datetime(2026, 6, 1, 12, tzinfo=UTC),
        ends_at=datetime(2026, 6, 1, 12, tzinfo=UTC),
        amount=850,
        currency="usd",
    )


def test_the_table_names_every_mail_of_billing_that_has_a_template():
    assert {path.name.removesuffix("_subject.txt") for path in (TEMPLATES / "emails").glob("plus_*_subject.txt")} == set(FUNCTIONS)


@pytest.mark.parametrize("name", FUNCTIONS)
def test_mail(name, account):
    write, subject, words = FUNCTIONS[name]
    write(account)
    (message,) = mail.outbox
    assert message.subject == subject
    assert message.to == ["member@example.org"]
    ((html, kind),) = [tuple(part) for part in message.alternatives]
    assert kind == "text/html"
    for text in (message.body, re.sub(r"<[^>]+>", " ", html)):
        assert words in " ".join(text.replace("&amp;", "&").split())
        assert not re.search(r"{{|{%|\bNone\b", text)
    assert "&amp;" not in message.body + message.subject
    assert "Ways &amp; Marks" in html
    assert "\n\n\n" not in message.body
    assert max(map(len, message.body.splitlines())) < 200
    parsed = BytesParser(policy=headers_policy).parsebytes(message.message().as_bytes())
    assert parsed.get_content_type() == "multipart/alternative"
    for address in {*re.findall(r"http://testserver(/\S*)", message.body), *re.findall(r'href="http://testserver([^"]*)"', html)}:
        assert Client().get(address or "/").status_code in {200, 302}, address


@pytest.mark.parametrize("name", FUNCTIONS)
def test_the_html_is_valid_readable_in_the_dark_and_loads_nothing(name, account):
    FUNCTIONS[name][0](account)
    html = mail.outbox[0].alternatives[0][0]
    parser = html5lib.HTMLParser(namespaceHTMLElements=False)
    tree = parser.parse(html)
    assert not parser.errors, parser.errors
    assert "prefers-color-scheme: dark" in html
    assert not [node.tag for node in tree.iter() if node.tag in {"img", "script", "link", "iframe"}]
    assert tree.find(".//html").get("lang") if tree.tag != "html" else tree.get("lang")
    assert "utm_" not in html


def test_dates_are_those_of_the_readers_zone(account, member):
    member.time_zone = "Pacific/Kiritimati"  # UTC+14
    member.save()
    account.refresh_from_db()
    mails.canceled(account)
    assert "June 2, 2026" in mail.outbox[0].subject


def test_nobody_is_written_to_who_is_gone_or_closed(account, member):
    member.is_active = False
    member.save()
    account.refresh_from_db()
    mails.send_for(account, Milestone.Kind.STARTED)
    account.user = None
    mails.send_for(account, Milestone.Kind.ENDED)
    assert mail.outbox == []


def test_what_the_person_did_or_stripe_repaired_is_not_written_about(account):
    for kind in (Milestone.Kind.RESUMED, Milestone.Kind.RECOVERED, Milestone.Kind.DISPUTED):
        mails.send_for(account, kind)
    assert mail.outbox == []


def test_a_mail_exists_when_and_only_when_the_change_does(twin, member, settings):
    """Through the outbox, as in production: it commits, or is rolled back, with what it tells of."""
    settings.EMAIL_BACKEND = "kit.mail.backend.QueueBackend"

    def queued():
        return [row.message["subject"] for row in OutgoingMail.objects.all()]

    start_plus(member)
    twin.pay(account_of(member).checkout_id)
    with transaction.atomic():
        sync(account_of(member).pk)
        assert queued() == ["You have Waymark Plus"]
        transaction.set_rollback(True)
    assert queued() == []
    assert not Account.objects.get().is_member
    sync(account_of(member).pk)
    sync(account_of(member).pk)
    assert queued() == ["You have Waymark Plus"]
