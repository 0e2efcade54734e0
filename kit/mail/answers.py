"""What the mail server, or the provider's interface, said: shall a mail be tried again, is it refused, or is the answer lost?"""

import re
import smtplib
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Any

from anymail.exceptions import AnymailError, AnymailRecipientsRefused
from urllib3.exceptions import ConnectTimeoutError, HTTPError, NewConnectionError, ProxyError, SSLError

from kit.mail.smtp import AnswerLost
from kit.text import one_line

MAX_ANSWER = 300

# What sending may raise without anything being wrong with our code. smtplib's and requests' errors are OSErrors; a ValueError is a mail
# that cannot be written (an address in letters that no server was promised to understand).
ERRORS = (OSError, AnymailError, ValueError)

_NO_MAILBOX = {550, 551, 553}  # RFC 5321, 4.2.3
_ENHANCED = re.compile(r"(?<![\d.])5\.(\d{1,3})\.(\d{1,3})(?![\d]|\.\d)")  # RFC 3463; no part of an IP address
_ABOUT_ADDRESS = {"0", "1", "2", "3", "6", "10"}  # details of 5.1 that speak of the recipient; 7 and 8 speak of the sender
_POLICY = re.compile(r"spam|block|black|deny|denied|policy|polic|relay|reputation|listed|spf|dkim|dmarc", re.IGNORECASE)
_BEFORE_IT_WAS_WRITTEN = (NewConnectionError, ConnectTimeoutError, ProxyError, SSLError)


class Verdict(Enum):
    AGAIN = "again"
    REFUSED = "refused"
    LOST = "lost"


@dataclass(frozen=True)
class Answer:
    verdict: Verdict
    words: str
    is_dead: bool = False  # there is no such mailbox


def read(error: Exception) -> Answer:
    """Of an error that handing a mail over raised. What is wrong with the whole connection (greeting, sign-in, sender) is no mail's
    fault, even with a 5xx: it is tried again until somebody has mended it.
    """
    match error:
        case AnswerLost():
            return Answer(Verdict.LOST, _words(error))
        case smtplib.SMTPRecipientsRefused():
            return _of_recipients(error.recipients)
        case smtplib.SMTPDataError():
            return Answer(_by_code(error.smtp_code), _said(error.smtp_code, error.smtp_error))
        case smtplib.SMTPSenderRefused():
            is_too_large = error.smtp_code == 552
            return Answer(Verdict.REFUSED if is_too_large else Verdict.AGAIN, _said(error.smtp_code, error.smtp_error))
        case smtplib.SMTPResponseException():
            return Answer(Verdict.AGAIN, _said(error.smtp_code, error.smtp_error))
        case AnymailError():
            return _of_provider(error)
        case ValueError():
            return Answer(Verdict.REFUSED, f"Cannot be written as a mail: {_words(error)}"[:MAX_ANSWER])
    return Answer(Verdict.AGAIN, _words(error))


def _of_recipients(refused: Mapping[str, tuple[int, Any]]) -> Answer:
    """Ours have one recipient."""
    code, text = next(iter(refused.values()), (450, b""))
    said = _said(code, text)
    return Answer(_by_code(code), said, is_dead=_is_no_mailbox(code, said))


def _by_code(code: int) -> Verdict:
    return Verdict.REFUSED if 500 <= code < 600 else Verdict.AGAIN


def _is_no_mailbox(code: int, said: str) -> bool:
    """By the enhanced code where there is one. Without it, many servers say 550 to mail that they only dislike."""
    if enhanced := _ENHANCED.search(said):
        return enhanced[1] == "1" and enhanced[2] in _ABOUT_ADDRESS
    return code in _NO_MAILBOX and not _POLICY.search(said)


def _of_provider(error: AnymailError) -> Answer:
    """By HTTP. An address that the provider refuses is told by its webhook, too, with the reason."""
    words, status = _words(error), error.status_code
    if isinstance(error, AnymailRecipientsRefused | ValueError):
        return Answer(Verdict.REFUSED, words)
    if status is None:
        return Answer(Verdict.LOST if _may_have_arrived(error) else Verdict.AGAIN, words)
    if status < 400 or status in {502, 504}:  # taken, but not in words that we can read; or a gateway that knows no answer
        return Answer(Verdict.LOST, words)
    is_about_mail = status < 500 and status not in {401, 403, 404, 408, 425, 429}
    return Answer(Verdict.REFUSED if is_about_mail else Verdict.AGAIN, words)


def _may_have_arrived(error: Exception) -> bool:
    """Whether the request was written before the connection failed. anymail's error is caused by one of requests, which holds that of
    urllib3: its reason, if it never got so far.
    """
    held = error.__cause__.args[0] if error.__cause__ and error.__cause__.args else None
    return isinstance(held, HTTPError | OSError) and not isinstance(getattr(held, "reason", None), _BEFORE_IT_WAS_WRITTEN)


def _said(code: int, text: Any) -> str:
    return one_line(f"{code} {text.decode('utf-8', 'replace') if isinstance(text, bytes) else text}", MAX_ANSWER)


def _words(error: Exception) -> str:
    return one_line(f"{type(error).__name__}: {error}", MAX_ANSWER)
