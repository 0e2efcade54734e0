"""Scheduled work of this room."""

import logging
from datetime import timedelta

from django.utils import timezone
from procrastinate.contrib.django import app

from billing import world
from billing.models import StripeEvent
from billing.reconciling import reconcile

logger = logging.getLogger(__name__)
EVENT_DAYS = 90  # Stripe repeats a delivery for three days; the rest is for looking things up


class ReconciliationIncomplete(Exception):
    """Some accounts could not be held against Stripe; the job counts as failed, and the next hour tries all again."""


@app.periodic(cron="23 * * * *")
@app.task(queueing_lock="reconcile_billing")
def reconcile_billing(timestamp: int) -> None:
    if not world.is_open():
        return
    results = list(reconcile())
    changed, failed = sum(one.is_changed for one in results), sum(bool(one.error) for one in results)
    logger.info("billing: %d accounts held against Stripe, %d changed, %d failed", len(results), changed, failed)
    if failed:
        raise ReconciliationIncomplete(f"{failed} of {len(results)} accounts")


@app.periodic(cron="57 3 * * *")
@app.task(queueing_lock="delete_old_events")
def delete_old_events(timestamp: int) -> None:
    StripeEvent.objects.filter(received_at__lt=timezone.now() - timedelta(days=EVENT_DAYS)).delete()
