"""Which mails somebody gets: chosen on a page, or ended by the link in the mail, by people and by mail programs."""

import pytest
from django.conf import settings
from django.core import mail
from django.test import Client
from django.urls import reverse

from accounts.models import MailKind, NotificationPreference
from accounts.preferences import decide, unsubscribe_url, unwilling, wants
from accounts.tests.factories import signed_in
from kit.mail.letter import send_letter

pytestmark = pytest.mark.django_db
PAGE = "accounts:notifications"


def path_of(user, kind=MailKind.REMINDERS):
    return unsubscribe_url(user, kind).removeprefix(settings.SITE_URL)


def ticked(client):
    return [str(box.name) for box in client.get(reverse(PAGE)).context["form"] if box.value()]


def test_everything_is_wanted_until_somebody_says_otherwise(member, stranger):
    assert all(wants(member, kind) for kind in MailKind)
    decide(user=member, kind=MailKind.REMINDERS, is_wanted=False)
    assert not wants(member, MailKind.REMINDERS)
    assert wants(member, MailKind.CLOSING)
    assert wants(stranger, MailKind.REMINDERS)
    assert list(unwilling(MailKind.REMINDERS)) == [member.pk]


def test_a_closed_account_wants_nothing(member):
    member.is_active = False
    assert not wants(member, MailKind.REMINDERS)


def test_the_page_saves_the_choice_and_shows_it(member, stranger):
    client = signed_in(member)
    assert ticked(client) == ["reminders", "closing_soon"]
    assert client.post(reverse(PAGE), {"closing_soon": "on", "user": stranger.pk}).status_code == 302
    assert [wants(member, kind) for kind in (MailKind.REMINDERS, MailKind.CLOSING)] == [False, True]
    assert wants(stranger, MailKind.REMINDERS)
    assert ticked(client) == ["closing_soon"]
    client.post(reverse(PAGE), {"reminders": "on", "closing_soon": "on"})
    assert wants(member, MailKind.REMINDERS)
    assert NotificationPreference.objects.count() == len(MailKind), "one row a kind, however often one decides"


def test_opening_the_link_asks_and_changes_nothing(member):
    client = Client()
    for _ in range(2):
        assert "Stop these mails" in client.get(path_of(member)).content.decode()
    assert client.head(path_of(member)).status_code == 200
    assert wants(member, MailKind.REMINDERS)


def test_the_button_stops_this_kind_alone_and_works_signed_out(member):
    client = Client(enforce_csrf_checks=True)
    for _ in range(2):
        response = client.post(path_of(member))
        assert (response.status_code, "You get no more of these mails" in response.content.decode()) == (200, True)
    assert not wants(member, MailKind.REMINDERS)
    assert wants(member, MailKind.CLOSING)
    assert client.cookies == {}, "a mail program keeps no cookies"


def test_a_mail_program_stops_it_with_one_post(member):
    response = Client(enforce_csrf_checks=True).post(path_of(member), {"List-Unsubscribe": "One-Click"})
    assert response.status_code == 200, "no redirect: RFC 8058"
    assert not wants(member, MailKind.REMINDERS)


def test_nobody_can_make_or_alter_a_link(member, stranger):
    token = path_of(member).rstrip("/").rpartition("/")[2]
    forged = [token[:-1] + ("A" if token[-1] != "A" else "B"), token.replace(f"{member.pk}.", f"{stranger.pk}."), f"{member.pk}.reminders"]
    forged += [token.replace("reminders", "closing_soon"), "x", ":", "1.reminders:" + "a" * 43, "%C3%A9.x:y"]
    for bad in forged:
        for method in ("get", "post"):
            assert getattr(Client(), method)(f"/unsubscribe/{bad}/").status_code == 404, bad
    assert NotificationPreference.objects.count() == 0


def test_the_link_of_a_deleted_account_leads_nowhere(member):
    path = path_of(member)
    member.delete()
    assert Client().post(path).status_code == 404


def test_a_mail_of_a_kind_has_the_headers_and_the_link_and_others_have_not(member):
    url = unsubscribe_url(member, MailKind.CLOSING)
    context = {"price": "", "adds": []}
    send_letter("emails/plus_started", to=member, context=context, unsubscribe_url=url)
    send_letter("emails/plus_started", to=member, context=context)
    with_link, without = mail.outbox
    raw = with_link.message()
    assert raw["List-Unsubscribe"] == f"<{url}>"
    assert raw["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert url in with_link.body
    assert url in with_link.alternatives[0].content
    assert "List-Unsubscribe" not in without.message()
    assert "No more mails" not in without.body
