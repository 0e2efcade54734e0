"""Staff see whether mails leave, nothing of what is in them, and say which address takes mail again."""

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Permission
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.tests.factories import make_user, signed_in
from kit.mail.addresses import bury
from kit.mail.delivery import deliver
from kit.models import AddressState, ContentStamp, DeadAddress, OutgoingMail
from kit.tests.mail.conftest import put, put_many

pytestmark = pytest.mark.django_db
MAILS, ADDRESSES = "admin:kit_outgoingmail_changelist", "admin:kit_deadaddress_changelist"


@pytest.fixture
def admin():
    ContentStamp.objects.get_or_create(pk=1)
    return signed_in(make_user("admin@example.org", is_staff=True, is_superuser=True))


def shown(client, name=MAILS, **query):
    return client.get(reverse(name), query).content.decode()


def test_the_list_says_what_became_of_a_mail_and_not_what_is_in_it(admin, smtp):
    smtp.at_recipient["bo@example.org"] = "550 5.1.1 No such user"
    waits, refused = put(subject="123456 is your code", text="The code: 123456"), put("bo@example.org")
    deliver(refused.pk)
    pages = [shown(admin), admin.get(reverse("admin:kit_outgoingmail_change", args=[waits.pk])).content.decode()]
    for words in ("ada@example.org", "Waiting", "transactional"):
        assert all(words in page for page in pages), words
    assert "550 5.1.1 No such user" in pages[0]
    assert not [page for page in pages if "123456" in page or "It flies" in page]


def test_a_mail_is_found_by_its_address_and_by_its_message_id(admin):
    mine, others = put("Ada@example.org"), put("bo@example.org")
    for asked in ("ada@EXAMPLE.org", mine.message_id):
        page = shown(admin, q=asked)
        assert mine.recipient in page
        assert others.recipient not in page
    assert "1 mail" in shown(admin, state__exact="waiting", stream="transactional", q="bo@example.org")


def test_nothing_of_a_mail_can_be_changed(admin):
    mail = put()
    page = reverse("admin:kit_outgoingmail_change", args=[mail.pk])
    assert admin.post(page, {"state": "sent"}).status_code == 403
    assert admin.post(reverse("admin:kit_outgoingmail_delete", args=[mail.pk]), {"post": "yes"}).status_code == 403
    assert OutgoingMail.objects.get().state == "waiting"


def test_the_list_costs_the_same_however_many_there_are_and_reads_no_message(admin):
    def queries():
        with CaptureQueriesContext(
            connection,
        ) as seen:
            shown(admin)
        return seen.captured_queries

    put_many(3)
    queries()
    few = queries()
    put_many(40, "reminders")
    assert len(queries()) == len(few)
    assert not [query for query in few if '"message"' in query["sql"]]


def test_an_address_takes_mail_again_and_the_log_says_who_said_so(admin):
    bury("ada@example.org", AddressState.BOUNCED, "550 5.1.1 No such user")
    page = shown(admin, ADDRESSES)
    assert "ada@example.org" in page
    assert "550 5.1.1" in page
    data = {"action": "take_again", "_selected_action": [DeadAddress.objects.get().pk]}
    assert "1 address takes mail again" in admin.post(reverse(ADDRESSES), data, follow=True).content.decode()
    assert not DeadAddress.objects.exists()
    (entry,) = LogEntry.objects.all()
    assert (entry.user.email, entry.object_repr, entry.change_message) == ("admin@example.org", "ada@example.org", "Takes mail again.")


def test_who_may_only_look_cannot_say_so():
    ContentStamp.objects.get_or_create(pk=1)
    clerk = make_user("clerk@example.org", is_staff=True)
    clerk.user_permissions.add(Permission.objects.get(codename="view_deadaddress"))
    bury("ada@example.org", AddressState.BOUNCED)
    client = signed_in(clerk)
    assert "Takes mail again" not in shown(client, ADDRESSES)
    client.post(reverse(ADDRESSES), {"action": "take_again", "_selected_action": [DeadAddress.objects.get().pk]})
    assert DeadAddress.objects.exists()
