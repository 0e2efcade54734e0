"""Addresses that take no mail, and who says so."""

import json
from base64 import b64encode

import pytest
from anymail.signals import AnymailTrackingEvent
from django.core.exceptions import ImproperlyConfigured
from django.core.mail import get_connection
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import include, path
from django.utils import timezone
from django.utils.module_loading import import_string

import portal.urls
from accounts.owndata.leaving import delete_account
from accounts.tests.factories import make_user
from kit.mail import waiting
from kit.mail.addresses import bury, dead_among, is_dead, revive
from kit.mail.delivery import deliver
from kit.mail.events import heard
from kit.mail.providers import PROVIDERS, anymail, backend, webhook
from kit.mail.states import claim, put_back, settle
from kit.models import AddressState, DeadAddress, MailState, OutgoingMail
from kit.tests.mail.conftest import put, row

pytestmark = pytest.mark.django_db

urlpatterns = [*portal.urls.urlpatterns, path("mail/", include("kit.mail.urls"))]  # as with ANYMAIL_ESP
EVENTS = "/mail/events/"


def test_an_address_is_the_same_in_any_case():
    bury("Ada@Example.org", AddressState.BOUNCED, "550 5.1.1 Gone\nfor good")
    bury("ada@example.org", AddressState.BOUNCED, "again")
    assert (DeadAddress.objects.get().email, DeadAddress.objects.get().detail) == ("ada@example.org", "again")
    assert is_dead("ADA@example.org")
    assert dead_among(["Ada@example.org", "bo@example.org"]) == {"ada@example.org"}
    assert revive("ADA@example.org")
    assert not revive("ada@example.org")
    assert not is_dead("ada@example.org")


def test_who_complained_stays_somebody_who_complained():
    bury("ada@example.org", AddressState.COMPLAINED)
    bury("ada@example.org", AddressState.BOUNCED)
    assert DeadAddress.objects.get().state == AddressState.COMPLAINED


@pytest.mark.parametrize("nonsense", ["", "ada", "a" * 300 + "@example.org"])
def test_what_is_no_address_is_not_kept(nonsense):
    bury(nonsense, AddressState.BOUNCED)
    assert not DeadAddress.objects.exists()


@pytest.mark.parametrize("values", [{"email": "Ada@example.org", "state": "bounced"}, {"email": "ada@example.org", "state": "tired"}])
def test_the_database_holds_addresses_in_lower_case_and_known_states(values):
    with pytest.raises(IntegrityError), transaction.atomic():
        DeadAddress.objects.create(**values)


# --- somebody leaves
def test_with_an_account_go_all_mails_to_its_addresses(settings):
    settings.EMAIL_BACKEND = "kit.mail.backend.QueueBackend"
    user = make_user("ada@example.org")
    mine, sent, others = put("Ada@example.org"), put("ada@example.org", "alerts"), put("bo@example.org")
    OutgoingMail.objects.filter(pk=sent.pk).update(state="sent", message=None, done_at=timezone.now())
    bury("ada@example.org", AddressState.BOUNCED)
    delete_account(user)
    left = list(OutgoingMail.objects.order_by("pk"))
    assert [mail.stream for mail in left] == ["transactional", "farewell"]
    assert (left[0], left[1].recipient, left[1].message["subject"]) == (others, "ada@example.org", "Your account at Waymark is deleted")
    assert not DeadAddress.objects.exists()
    assert mine not in left


def test_the_last_mail_leaves_nothing_behind(smtp):
    mail = put(stream="farewell")
    smtp.at_data = "451 Later"
    deliver(mail.pk)
    assert row(mail).tries == 1
    smtp.at_data = ""
    deliver(mail.pk)
    assert smtp.addresses() == ["ada@example.org"]
    assert not OutgoingMail.objects.exists()


def test_a_mail_that_the_mail_server_is_taking_while_its_account_goes_is_not_tried_again(smtp):
    """It cannot be called back. That its row is gone must not make the worker fail either."""
    mail = put()
    claimed, _ = claim(OutgoingMail.objects.filter(pk=mail.pk))
    assert waiting.forget(["ADA@example.org"]) == 1
    put_back(claimed, timezone.now())
    settle(claimed, MailState.SENT)
    deliver(mail.pk)
    assert smtp.taken == []
    assert not OutgoingMail.objects.exists()


# --- the mail provider's webhook
@pytest.fixture
def postmark(settings):
    settings.ROOT_URLCONF = __name__
    settings.ANYMAIL_ESP = "postmark"
    settings.ANYMAIL = anymail("postmark", key="k", second="", domain="", webhook_secret="us:secret")


def tell(event, *, auth="us:secret", path=EVENTS):
    data = event if isinstance(event, str | bytes) else json.dumps(event)
    headers = {"Authorization": "Basic " + b64encode(auth.encode()).decode()} if auth else {}
    return Client(enforce_csrf_checks=True).post(path, data, content_type="application/json", headers=headers).status_code


def bounce(kind, email="Ada@example.org"):
    return {
        "RecordType": "Bounce",
        "Type": kind,
        "Email": email,
        "ID": 1,
        "Description": "The server said no.",
        "BouncedAt": "2026-11-25T10:00:00Z",
    }


TOLD = {
    "hard bounce": (bounce("HardBounce"), AddressState.BOUNCED),
    "no address": (bounce("BadEmailAddress"), AddressState.BOUNCED),
    "soft bounce": (bounce("SoftBounce"), None),
    "transient": (bounce("Transient"), None),
    "blocked by policy": (bounce("Blocked"), None),
    "spam complaint": ({"RecordType": "SpamComplaint", "Type": "SpamComplaint", "Email": "ada@example.org"}, AddressState.COMPLAINED),
    "unsubscribed": (
        {
            "RecordType": "SubscriptionChange",
            "Recipient": "ada@example.org",
            "SuppressSending": True,
            "SuppressionReason": "ManualSuppression",
        },
        AddressState.COMPLAINED,
    ),
    "subscribed": ({"RecordType": "SubscriptionChange", "Recipient": "ada@example.org", "SuppressSending": False}, None),
    "opened": ({"RecordType": "Open", "Recipient": "ada@example.org"}, None),
    "delivered": ({"RecordType": "Delivery", "Recipient": "ada@example.org"}, None),
    "something new": ({"RecordType": "Telepathy", "Recipient": "ada@example.org"}, None),
    "nothing": ({}, None),
}


@pytest.mark.parametrize("name", TOLD)
def test_what_the_provider_tells(name, postmark):
    event, state = TOLD[name]
    assert [tell(event), tell(event)] == [200, 200]
    assert [one.state for one in DeadAddress.objects.all()] == ([state] if state else [])
    assert is_dead("ada@example.org") == bool(state)


@pytest.mark.parametrize("auth", ["", "us:wrong", "us", "secret"])
def test_nobody_else_can_tell_anything(auth, postmark):
    assert tell(bounce("HardBounce"), auth=auth) == 403
    assert not DeadAddress.objects.exists()


@pytest.mark.parametrize(
    "nonsense", ["", "{", "[]", "null", "1", '"x"', '{"RecordType": []}', b"\xff\xfe", '{"RecordType": "Bounce", "Type": {}}']
)
def test_what_cannot_be_read_is_a_bad_request(nonsense, postmark):
    assert tell(nonsense) == 400
    assert not DeadAddress.objects.exists()


@pytest.mark.parametrize("email", ["a\0@example.org", "İ" * 100 + "@" + "b" * 149 + ".org"])
def test_what_can_be_no_address_of_ours_is_passed_over(email, postmark):
    """The second is too long only in lower case."""
    assert tell(bounce("HardBounce", email)) == 200
    assert not DeadAddress.objects.exists()


def test_it_takes_posts_only_and_with_or_without_a_slash(postmark):
    assert Client().get(EVENTS).status_code == 405
    assert Client().head(EVENTS).status_code == 200
    assert tell(bounce("HardBounce"), path="/mail/events") == 200


def test_without_a_provider_there_is_no_such_address():
    assert Client().post(EVENTS).status_code == 404


SOFT = {
    "brevo": {"event": "soft_bounce", "email": "ada@example.org", "ts_epoch": 1},
    "mailersend": {"type": "activity.soft_bounced", "data": {"email": {"recipient": {"email": "ada@example.org"}}}},
    "sparkpost": {"bounce_class": "22"},
    "mailjet": {"event": "bounce", "hard_bounce": False},
}


@pytest.mark.parametrize("esp", SOFT)
def test_a_full_mailbox_is_no_dead_address_whatever_the_provider_calls_it(esp):
    name = {"brevo": "Brevo", "mailersend": "MailerSend", "sparkpost": "SparkPost", "mailjet": "Mailjet"}[esp]

    def said(raw):
        return AnymailTrackingEvent(event_type="bounced", reject_reason="bounced", recipient="ada@example.org", esp_event=raw)

    heard(None, event=said(SOFT[esp]), esp_name=name)
    assert not DeadAddress.objects.exists()
    heard(None, event=said({"event": "bounce", "hard_bounce": True, "type": "activity.hard_bounced", "bounce_class": "10"}), esp_name=name)
    assert DeadAddress.objects.count() == 1


@pytest.mark.parametrize("esp", PROVIDERS)
def test_every_provider_of_the_table_can_be_used(esp, settings, rf):
    settings.ANYMAIL = anymail(esp, key="k", second="s", domain="mail.example.org", webhook_secret="us:secret")
    assert get_connection(backend(esp)).esp_name.lower() == esp
    assert import_string(webhook(esp)).as_view()(rf.head("/")).status_code == 200


@pytest.mark.parametrize(
    ("esp", "missing"),
    [
        ("pigeon", "ANYMAIL_ESP=pigeon is not one of"),
        ("postmark", "ANYMAIL_WEBHOOK_SECRET"),
        ("mailgun", "ANYMAIL_SECOND_KEY, ANYMAIL_SENDER_DOMAIN, ANYMAIL_WEBHOOK_SECRET"),
    ],
)
def test_it_does_not_start_with_half_a_provider(esp, missing):
    with pytest.raises(ImproperlyConfigured, match=missing):
        anymail(esp, key="k", second="", domain="", webhook_secret="")


def test_a_secret_is_a_name_and_a_password():
    with pytest.raises(ImproperlyConfigured, match="name:password"):
        anymail("postmark", key="k", second="", domain="", webhook_secret="secret")
