"""A line to the mail server: one connection that is kept for many mails."""

from contextlib import suppress
from types import TracebackType
from typing import Any, Self

from django.conf import settings
from django.core.mail import EmailMessage, get_connection

MOST = 100  # mails over one connection: servers close those that stay too long


class Line:
    """Use as a context. Opens itself anew after an error and after MOST mails."""

    def __init__(self) -> None:
        self._backend: Any = None
        self._used = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def open(self) -> None:
        """Unless it is open. Raises one of `kit.mail.answers.ERRORS`."""
        if self._used >= MOST:
            self.close()
        if self._backend is None:
            backend = get_connection(settings.EMAIL_DELIVERY_BACKEND)
            backend.open()
            self._backend = backend

    def send(self, message: EmailMessage) -> None:
        """Needs an open line. Raises one of `kit.mail.answers.ERRORS`."""
        self._used += 1
        self._backend.send_messages([message])

    def close(self) -> None:
        """What a server says to our goodbye changes nothing any more."""
        if self._backend is not None:
            with suppress(OSError):
                self._backend.close()
        self._backend, self._used = None, 0
