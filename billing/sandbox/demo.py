"""Plus for the demonstration account, bought the way everybody buys it."""

from typing import TYPE_CHECKING

from django.db import transaction

from billing.sandbox import happenings
from billing.sandbox.local import server
from billing.selling import NotSold, account_of, start_plus

if TYPE_CHECKING:
    from accounts.models import User


def buy_plus(user: "User") -> bool:
    """True when it was bought now; False when the account has it already."""
    try:
        start_plus(user)
    except NotSold:
        return False
    with transaction.atomic():
        happenings.pay(server(), account_of(user).checkout_id)
    return True
