"""From the outbox to a real mail server on loopback: what arrives is what was written, once."""

from datetime import timedelta
from email.utils import parsedate_to_datetime

import pytest
import time_machine
from django.utils import timezone

from kit.mail.delivery import deliver, deliver_stream
from kit.models import DeadAddress, MailState
from kit.tests.mail.conftest import letter, put, put_many, row

pytestmark = pytest.mark.django_db


def arrives(smtp, mail):
    deliver(mail.pk)
    assert row(mail).state == MailState.SENT, row(mail).answer
    return smtp.taken[-1].parsed


def test_headers_and_both_parts_arrive(smtp, settings):
    settings.DEFAULT_FROM_EMAIL = "Waymark <hello@portal.example>"
    url = "https://portal.example/off/1/"
    mail = put(headers={"List-Unsubscribe": f"<{url}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"})
    whole = arrives(smtp, mail)
    assert (whole["From"], whole["To"], whole["Subject"]) == ("Waymark <hello@portal.example>", "ada@example.org", "A kite")
    assert whole.get_all("Message-ID") == [mail.message_id]
    assert abs(parsedate_to_datetime(whole["Date"]) - timezone.now()).total_seconds() < 60
    assert (whole["List-Unsubscribe"], whole["List-Unsubscribe-Post"]) == (f"<{url}>", "List-Unsubscribe=One-Click")
    assert not [name for name in whole if name.lower().startswith("x-")]
    assert [part.get_content_type() for part in whole.iter_parts()] == ["text/plain", "text/html"]
    assert whole.get_body(["plain"]).get_content() == "It flies.\r\n"
    assert whole.get_body(["html"]).get_content().strip() == "<p>It flies.</p>"


TEXTS = {
    "letters of the world": "Größe 10 €, Łódź, 履歴書, 🙂\n",
    "a long line": "kite " * 700 + "\n",
    "a long word": "k" * 3000 + "\n",
    "dots at the start of lines": ".\n..\n.hidden\n\n.\nthe end\n",
    "what ends a mail": "before\r\n.\r\nQUIT\r\nafter\n",
}


@pytest.mark.parametrize("name", TEXTS)
def test_every_text_arrives_as_it_was_written(smtp, name):
    text = TEXTS[name]
    whole = arrives(smtp, put(text=text, html=f"<pre>{text}</pre>", subject=f"{name} – Größe 履歴書 🙂 " + "long " * 40))
    plain, html = (whole.get_body([kind]).get_content().replace("\r\n", "\n") for kind in ("plain", "html"))
    assert plain == text.replace("\r\n", "\n")
    assert text.replace("\r\n", "\n") in html
    assert str(whole["Subject"]).split() == f"{name} – Größe 履歴書 🙂 {'long ' * 40}".split()
    assert max(map(len, smtp.taken[-1].data.split(b"\r\n"))) <= 998


def test_a_name_in_other_letters_and_a_domain_in_other_letters_arrive(smtp):
    whole = arrives(smtp, put("Łucja Ångström <lucja@bücher.example>"))
    assert smtp.taken[-1].recipient == "lucja@xn--bcher-kva.example"
    assert whole["To"].addresses[0].display_name == "Łucja Ångström"


def test_of_a_mail_that_has_left_the_words_are_gone(smtp):
    mail = put()
    deliver(mail.pk)
    found = row(mail)
    assert (found.message, found.answer, found.tries) == (None, "", 1)
    assert found.done_at
    deliver(mail.pk)
    assert len(smtp.taken) == 1


# --- what the mail server refuses
@pytest.mark.parametrize(
    ("answer", "state", "is_dead"),
    [
        ("550 5.1.1 No such user", MailState.REFUSED, True),
        ("550 No such user here", MailState.REFUSED, True),
        ("553 mailbox name not allowed", MailState.REFUSED, True),
        ("550 5.7.1 Rejected by policy", MailState.REFUSED, False),
        ("550 Blocked, see our policy", MailState.REFUSED, False),
        ("552 5.2.2 Mailbox full", MailState.REFUSED, False),
        ("550 5.1.8 Bad sender", MailState.REFUSED, False),
        ("452 4.2.2 Mailbox full", MailState.WAITING, False),
        ("450 4.1.1 Try later", MailState.WAITING, False),
    ],
)
def test_a_refused_recipient(smtp, answer, state, is_dead):
    smtp.at_recipient["ada@example.org"] = answer
    mail = put()
    deliver(mail.pk)
    found = row(mail)
    assert (found.state, found.answer) == (state, answer)
    assert smtp.taken == []
    assert [one.email for one in DeadAddress.objects.all()] == (["ada@example.org"] if is_dead else [])


@pytest.mark.parametrize(("answer", "state"), [("554 5.6.0 No", MailState.REFUSED), ("451 4.3.0 Later", MailState.WAITING)])
def test_a_refused_mail_says_nothing_of_its_address(smtp, answer, state):
    smtp.at_data = answer
    mail = put()
    deliver(mail.pk)
    assert (row(mail).state, row(mail).answer, DeadAddress.objects.count()) == (state, answer, 0)


def test_a_dead_address_gets_its_codes_and_no_reminders(smtp):
    DeadAddress.objects.create(email="ada@example.org", state="bounced")
    code, reminder, alert = put("Ada@example.org"), put("Ada@example.org", "reminders"), put("ADA@example.org", "alerts")
    deliver(code.pk)
    deliver(reminder.pk)
    counts = deliver_stream("alerts")
    assert [row(mail).state for mail in (code, reminder, alert)] == [MailState.SENT, MailState.SKIPPED, MailState.SKIPPED]
    assert counts == {MailState.SKIPPED: 1}
    assert smtp.addresses() == ["Ada@example.org"]


# --- in bulk
def test_a_stream_goes_over_few_connections_in_order(smtp):
    put_many(230)
    other = put(stream="reminders")
    assert deliver_stream("alerts") == {MailState.SENT: 230}
    assert smtp.addresses() == [f"p{number}@example.org" for number in range(230)]
    assert smtp.connections == 3
    assert row(other).state == MailState.WAITING


def test_a_stream_stops_when_it_is_told_to(smtp):
    put_many(5)
    assert deliver_stream("alerts", stop=lambda: len(smtp.taken) == 2) == {MailState.SENT: 2}
    assert deliver_stream("alerts") == {MailState.SENT: 3}


def test_one_refused_address_holds_up_nobody(smtp):
    smtp.at_recipient = {"p1@example.org": "550 5.1.1 Gone", "p3@example.org": "450 Later"}
    put_many(5)
    assert deliver_stream("alerts") == {MailState.SENT: 3, MailState.REFUSED: 1, MailState.WAITING: 1}
    smtp.at_recipient = {}
    assert deliver_stream("alerts") == {}
    with time_machine.travel(timezone.now() + timedelta(minutes=2)):
        assert deliver_stream("alerts") == {MailState.SENT: 1}


def test_a_mail_server_that_puts_off_everybody_costs_few_of_them_a_try(smtp):
    smtp.at_data = "451 Too busy"
    mails = put_many(40)
    assert deliver_stream("alerts") == {MailState.WAITING: 10}
    assert sum(row(mail).tries for mail in mails) == 10


def test_the_pace_holds_for_all_mail_of_a_process(smtp, settings):
    settings.MAIL_PER_SECOND = 50
    put_many(10)
    transactional = [put() for _ in range(5)]
    begun = timezone.now()
    deliver_stream("alerts")
    for mail in transactional:
        deliver(mail.pk)
    seconds = (timezone.now() - begun).total_seconds()
    assert len(smtp.taken) == 15
    assert 14 / 50 <= seconds < 2


def test_a_letter_is_written_once_and_the_same_when_it_is_tried_again(smtp):
    smtp.at_data = "451 Later"
    mail = put(headers={"X-Kite": "1"})
    deliver(mail.pk)
    smtp.at_data = ""
    deliver(mail.pk)
    assert smtp.taken[0].parsed["Message-ID"] == mail.message_id
    assert smtp.taken[0].parsed["X-Kite"] == "1"
    assert letter().extra_headers == {}
