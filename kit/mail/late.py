"""Mails that are written only when they are handed over: what is too large for the outbox (attachments), or may be gone until then.

A room enters its kinds when it starts (`AppConfig.ready`); nothing else of ours calls back. The outbox holds name and number.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.core.mail import EmailMessage

from kit.models import OutgoingMail


@dataclass(frozen=True)
class Late:
    """`write(key)`: the mail, or None when it is not wanted any more. `settled(key, mail)`: called once with the state that it ended
    in, in the transaction that writes that down.
    """

    write: Callable[[int], EmailMessage | None]
    settled: Callable[[int, OutgoingMail], None]


kinds: dict[str, Late] = {}


def settled(mail: OutgoingMail, message: dict[str, object]) -> None:
    if "late" in message:
        kinds[str(message["late"])].settled(int(str(message["key"])), mail)
