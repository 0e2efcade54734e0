"""Deleting an account: everything that is the person's goes, and what is counted for all stays without a name."""

from collections.abc import Callable

from allauth.account.models import EmailAddress
from allauth.usersessions.models import UserSession
from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.models import Session
from django.db import transaction
from django.db.models import Q

from accounts.models import User
from billing.leaving import close_account
from kit.mail import waiting
from kit.mail.letter import send_letter
from kit.models import FAREWELL

GONE = "a deleted account"

# Rooms above this one that know addresses by other ways than a foreign key enter here what they delete, when they start. Called with
# all addresses of the person, in the transaction of the deletion.
on_leaving: list[Callable[[list[str]], None]] = []


@transaction.atomic
def delete_account(user: User) -> bool:
    """All or nothing; whether there was still something to delete. Raises billing.answers.GatewayError and changes nothing.

    What runs at Stripe is ended first, inside the transaction: if the deletion failed after it, our row of the subscription
    would come back as it was, and the reconciliation would correct it. Tables go by their foreign keys (CASCADE); here is the
    rest, which no key leads to.
    """
    close_account(user)
    person = User.objects.select_for_update().filter(pk=user.pk).first()  # saves in other tabs wait, and find nobody
    if person is None:
        return False
    addresses = [person.email, *EmailAddress.objects.filter(user=person).values_list("email", flat=True)]
    _forget_sessions(person)
    _forget_in_staff_log(person, addresses)
    waiting.forget(addresses)
    for forget in on_leaving:
        forget(addresses)
    send_letter("emails/account_deleted", to=person, context={}, stream=FAREWELL)
    person.delete()
    return True


def _forget_sessions(person: User) -> None:
    """Sign out everywhere: a session knows its person by number, and how they signed in by address."""
    keys = UserSession.objects.filter(user=person).values("session_key")
    Session.objects.filter(session_key__in=keys).delete()


def _forget_in_staff_log(person: User, addresses: list[str]) -> None:
    """That staff did something stays in the log; to whom does not."""
    of_person = Q(content_type=ContentType.objects.get_for_model(User), object_id=str(person.pk))
    for address in addresses:
        of_person |= Q(object_repr__icontains=address) | Q(change_message__icontains=address)
    LogEntry.objects.filter(of_person).update(object_repr=GONE, change_message="")
