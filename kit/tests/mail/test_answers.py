"""What is read out of an error: try again, refused, or nobody knows; and whether the address exists."""

import smtplib

import pytest
import requests
from anymail.exceptions import AnymailInvalidAddress, AnymailRecipientsRefused, AnymailRequestsAPIError
from urllib3.exceptions import ConnectTimeoutError, MaxRetryError, NewConnectionError, ProtocolError, ReadTimeoutError

from kit.mail.answers import Verdict, read
from kit.mail.smtp import AnswerLost


def at_recipient(code, text=b"No"):
    return smtplib.SMTPRecipientsRefused({"ada@example.org": (code, text)})


def http(status):
    response = requests.Response()
    response.status_code, response.reason, response._content = status, "Reason", b'{"message": "No"}'
    return AnymailRequestsAPIError("Error", response=response)


def broken(kind, held):
    """As anymail raises it: its own error, and that of requests, at once."""
    both = type("AnymailRequestsAPIError", (AnymailRequestsAPIError, kind), {})
    found = both("Error posting")
    found.__cause__ = kind(held)
    return found


CASES = {
    "the connection broke": (smtplib.SMTPServerDisconnected("gone"), Verdict.AGAIN),
    "nobody listens": (ConnectionRefusedError(111, "refused"), Verdict.AGAIN),
    "the name is not known": (OSError("Name or service not known"), Verdict.AGAIN),
    "too slow": (TimeoutError("timed out"), Verdict.AGAIN),
    "the answer is lost": (AnswerLost("gone"), Verdict.LOST),
    "greeting refused": (smtplib.SMTPConnectError(554, b"No"), Verdict.AGAIN),
    "our password is wrong": (smtplib.SMTPAuthenticationError(535, b"5.7.8 No"), Verdict.AGAIN),
    "our address is refused": (smtplib.SMTPSenderRefused(550, b"5.7.1 No", "us"), Verdict.AGAIN),
    "the mail is too large": (smtplib.SMTPSenderRefused(552, b"5.3.4 Too large", "us"), Verdict.REFUSED),
    "the recipient is refused": (at_recipient(550), Verdict.REFUSED),
    "the recipient is put off": (at_recipient(450), Verdict.AGAIN),
    "nobody knows who": (smtplib.SMTPRecipientsRefused({}), Verdict.AGAIN),
    "the mail is refused": (smtplib.SMTPDataError(554, b"No"), Verdict.REFUSED),
    "the mail is put off": (smtplib.SMTPDataError(451, b"Later"), Verdict.AGAIN),
    "it cannot be written": (UnicodeEncodeError("ascii", "ü", 0, 1, "no"), Verdict.REFUSED),
    "provider: bad request": (http(422), Verdict.REFUSED),
    "provider: our key is wrong": (http(401), Verdict.AGAIN),
    "provider: too fast": (http(429), Verdict.AGAIN),
    "provider: broken": (http(500), Verdict.AGAIN),
    "provider: a gateway without an answer": (http(504), Verdict.LOST),
    "provider: an answer nobody can read": (http(200), Verdict.LOST),
    "provider: refuses the address": (AnymailRecipientsRefused(), Verdict.REFUSED),
    "provider: no address": (AnymailInvalidAddress("no"), Verdict.REFUSED),
    "provider: no connection": (
        broken(requests.ConnectionError, MaxRetryError(None, "/", NewConnectionError(None, "refused"))),
        Verdict.AGAIN,
    ),
    "provider: connects too slowly": (broken(requests.ConnectTimeout, MaxRetryError(None, "/", ConnectTimeoutError())), Verdict.AGAIN),
    "provider: answers too slowly": (broken(requests.ReadTimeout, ReadTimeoutError(None, "/", "slow")), Verdict.LOST),
    "provider: cut off": (broken(requests.ConnectionError, ProtocolError("Connection aborted.")), Verdict.LOST),
}


@pytest.mark.parametrize("name", CASES)
def test_the_verdict(name):
    error, verdict = CASES[name]
    answer = read(error)
    assert answer.verdict == verdict
    assert answer.words
    assert not answer.is_dead or name == "the recipient is refused"


@pytest.mark.parametrize(
    ("code", "text", "is_dead"),
    [
        (550, b"5.1.1 <ada@example.org> User unknown", True),
        (550, b"5.1.10 Null MX", True),
        (551, b"User not local", True),
        (554, b"5.1.2 Bad destination system", True),
        (550, b"5.1.7 Bad sender mailbox", False),
        (550, b"5.2.1 Mailbox disabled", False),
        (550, b"5.4.1 Relay access denied", False),
        (550, b"5.7.1 Blocked", False),
        (550, b"Relay access denied", False),
        (550, b"Your address is on a blacklist", False),
        (554, b"Service unavailable; client 5.1.1.20 is listed", False),
        (554, b"No", False),
        (552, b"Mailbox full", False),
        (450, b"4.1.1 User unknown for now", False),
    ],
)
def test_an_address_is_dead_only_when_the_answer_speaks_of_it(code, text, is_dead):
    assert read(at_recipient(code, text)).is_dead == is_dead


def test_words_of_a_server_are_one_short_line():
    words = read(at_recipient(550, b"5.1.1 No\r\nuser\x00 \xff" + b"x" * 900)).words
    assert words.startswith("550 5.1.1 No user ")
    assert len(words) == 300
    assert words.isprintable()
