"""All accounts held against Stripe: what repairs lost deliveries, and notices grace that has run out."""

import logging
from collections.abc import Iterator
from dataclasses import dataclass

from django.db import DatabaseError, transaction

from billing import answers
from billing.models import Account
from billing.pause import pause
from billing.state import Before
from billing.sync import refresh

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Result:
    account_id: int
    is_changed: bool
    error: str = ""


def reconcile(*, only_check: bool = False) -> Iterator[Result]:
    """Synchronize every account that Stripe knows, each in its own transaction: one that fails stops none of the others.

    `only_check`: say what differs and change nothing here. (A cancellation found while a payment is due is still carried
    out at Stripe by either.)
    """
    ids = Account.objects.known_to_stripe().order_by("pk").values_list("pk", flat=True)
    for account_id in ids.iterator(chunk_size=500):
        pause.end()  # it spares readers, and nobody waits for this: one answer that got lost must not cost the rows after it
        yield _one(account_id, only_check=only_check)


def _one(account_id: int, *, only_check: bool) -> Result:
    try:
        with transaction.atomic():
            account = Account.objects.filter(pk=account_id).lock()
            if account is None:
                return Result(account_id, is_changed=False)
            before = _facts(account)
            refresh(account)
            transaction.set_rollback(only_check)
            return Result(account_id, is_changed=_facts(account) != before)
    except (answers.GatewayError, DatabaseError) as error:
        words = str(error).partition("\n")[0]  # further lines of a database error quote the row
        logger.error("account %s could not be reconciled: %s", account_id, words)  # noqa: TRY400  the kind is enough, for each of thousands
        return Result(account_id, is_changed=False, error=words)


def _facts(account: Account) -> tuple[Before, object, object]:
    return Before.of(account), account.paid_through, account.plan
