"""Mails to somebody who leaves."""

from kit.mail.addresses import revive
from kit.models import OutgoingMail


def forget(addresses: list[str]) -> int:
    """Delete all mails to these addresses, sent ones too, in the caller's transaction; how many.

    What the mail server is taking just now cannot be called back, but it is not tried again: its row is gone.
    """
    for address in addresses:
        revive(address)
    return OutgoingMail.objects.to(addresses).delete()[0]
