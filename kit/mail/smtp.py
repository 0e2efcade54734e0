"""Django's SMTP backend, with connections that know whether the mail server may have taken a mail whose answer never came."""

import smtplib
from typing import Any

from django.core.mail.backends import smtp

END = b"\r\n.\r\n"  # of a mail (RFC 5321, 4.1.1.4): before it is complete, no server may deliver anything


class AnswerLost(smtplib.SMTPServerDisconnected):
    """The whole mail was written, and the connection broke before the answer."""


class _Watched(smtplib.SMTP):
    _is_answer_due = False

    def send(self, s: Any) -> None:
        super().send(s)
        self._is_answer_due = isinstance(s, bytes | bytearray) and bytes(s[-len(END) :]) == END

    def getreply(self) -> tuple[int, bytes]:
        try:
            reply: tuple[int, bytes] = super().getreply()
        except OSError as error:
            if self._is_answer_due:
                raise AnswerLost(str(error)) from error
            raise
        self._is_answer_due = False
        return reply


class _WatchedTLS(_Watched, smtplib.SMTP_SSL):
    pass


class EmailBackend(smtp.EmailBackend):
    @property
    def connection_class(self) -> type[smtplib.SMTP]:
        return _WatchedTLS if self.use_ssl else _Watched
