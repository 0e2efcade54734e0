"""A form does its work once, however often it is sent.

Each rendered form carries a key of its own (`{% form_key %}`). What it did and where that led is kept in one transaction
with the work; the same key again, from a double click or a reload, leads there without doing anything.
"""

from collections.abc import Callable
from uuid import UUID

from django.core.exceptions import BadRequest
from django.db import transaction
from django.http import HttpRequest

from accounts.models import UsedForm, User


def read_key(request: HttpRequest) -> UUID:
    """Raises BadRequest: a form of ours always has one."""
    try:
        return UUID(request.POST.get("key", ""))
    except ValueError as error:
        raise BadRequest("The form carries no key") from error


def led_to(user: User, key: UUID) -> str:
    """Where a form led that did its work before; empty for a fresh one. For what is checked before the work is done."""
    return UsedForm.objects.filter(user=user, key=key).values_list("target", flat=True).first() or ""


@transaction.atomic
def once(user: User, key: UUID, work: Callable[[], str]) -> str:
    """The address to which `work` leads. It runs in this transaction; what it raises leaves the form unused.

    Of two at the same time the second waits at the unique constraint until the first has ended, and then finds its row.
    """
    UsedForm.objects.bulk_create([UsedForm(user=user, key=key, target="")], ignore_conflicts=True)
    row = UsedForm.objects.select_for_update().get(user=user, key=key)
    if row.target:
        return row.target
    row.target = work()
    row.save(update_fields=["target"])
    return row.target
