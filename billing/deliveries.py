"""What a verified event causes: once each, whatever the order, nothing half done."""

import logging
from uuid import uuid4

from django.db import transaction
from django.utils import timezone

from billing import answers, gateway
from billing.models import Account, Milestone, StripeEvent
from billing.sync import end_everything, note, refresh
from billing.world import World, world

logger = logging.getLogger(__name__)
Status = StripeEvent.Status


def receive(event: answers.Event) -> StripeEvent.Status:
    """Do what the event asks for, unless it was done. On any failure nothing is changed but the record of the failure.

    Raises answers.GatewayError and database errors: the delivery must be answered with 5xx, so that Stripe repeats it.
    """
    if event.is_live is not (world() is World.LIVE):
        return Status.IGNORED  # another world's event, sent to the wrong address
    try:
        with transaction.atomic():
            return _receive(event)
    except answers.GatewayError as error:
        _note_failure(event, error)
        raise


def _receive(event: answers.Event) -> StripeEvent.Status:
    # A copy that arrives meanwhile waits here until this transaction has ended, and then finds it done.
    row, is_new = StripeEvent.objects.select_for_update().get_or_create(
        pk=event.id, defaults={"type": event.type, "received_at": timezone.now(), "customer_id": event.customer}
    )
    if not is_new and row.status != Status.FAILED:
        return Status(row.status)
    customer = _customer_of(event)
    row.customer_id = customer
    row.status = _handle(event, customer) if event.type in answers.EVENTS else Status.IGNORED
    row.attempts += 0 if is_new else 1
    row.error = ""
    row.save()
    return Status(row.status)


def _customer_of(event: answers.Event) -> str:
    """A dispute names no customer: it is that of its charge."""
    if event.type == "charge.dispute.created" and event.charge:
        return gateway.customer_of_charge(event.charge)
    return event.customer


def _handle(event: answers.Event, customer: str) -> StripeEvent.Status:
    account = Account.objects.here().filter(customer_id=customer).lock() if customer else None
    if account is None:
        logger.warning("Stripe event %s (%s) is about a customer we do not know", event.id, event.type)
        return Status.UNMATCHED
    match event.type:
        case "charge.dispute.created":
            _dispute(account)
        case "checkout.session.async_payment_failed":
            _forget_awaited(account)
            refresh(account)
        case "customer.deleted":
            refresh(account, is_customer_in_doubt=True)
        case _:
            refresh(account)
    return Status.PROCESSED


def _forget_awaited(account: Account) -> None:
    """The payment that was under way has failed: the next checkout waits for it no longer, and gets new idempotency keys."""
    if account.checkout_id and gateway.checkout(account.checkout_id).awaited_since:
        account.checkout_id, account.key = "", uuid4()
        account.save(update_fields=["checkout_id", "key"])


def _dispute(account: Account) -> None:
    """End at once, so that no further payment can be charged back; staff decide what follows."""
    now = timezone.now()
    account.disputed_at = now
    note(account, Milestone.Kind.DISPUTED, now)
    end_everything(account)
    account.save(update_fields=["disputed_at"])
    logger.error("account %s disputed a payment; its subscriptions were ended", account.pk)


def _note_failure(event: answers.Event, error: answers.GatewayError) -> None:
    """For staff to see, in a transaction of its own. A row that another copy has done meanwhile stays done."""
    logger.error("Stripe event %s (%s) failed: %s", event.id, event.type, type(error).__name__)
    row, is_new = StripeEvent.objects.get_or_create(
        pk=event.id,
        defaults={
            "type": event.type,
            "customer_id": event.customer,
            "received_at": timezone.now(),
            "status": Status.FAILED,
            "error": type(error).__name__,
        },
    )
    if not is_new and row.status == Status.FAILED:
        StripeEvent.objects.filter(pk=row.pk, status=Status.FAILED).update(attempts=row.attempts + 1, error=type(error).__name__)
