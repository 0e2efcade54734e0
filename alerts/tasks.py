"""What the worker does for alerts."""

from datetime import timedelta

from django.utils import timezone
from procrastinate import JobContext
from procrastinate.contrib.django import app

from alerts import hygiene
from alerts.models import Alert, Wish
from alerts.sending import run

KEPT_REMOVED = timedelta(days=30)  # so long a removed alert can be brought back


@app.periodic(cron="*/5 * * * *")
@app.task(queueing_lock="send_alerts", pass_context=True)
def send_alerts(context: JobContext, timestamp: int) -> None:
    """Those who became due in the last five minutes, and whoever an outage left out."""
    run.send_alerts(stop=context.should_abort)


@app.periodic(cron="41 3 * * *")
@app.task(queueing_lock="forget_wishes")
def forget_wishes(timestamp: int) -> None:
    """What visitors asked for and never confirmed, and what they confirmed long enough ago: the address goes with it."""
    Wish.objects.stale(timezone.now()).delete()


@app.periodic(cron="47 3 * * *")
@app.task(queueing_lock="forget_removed_alerts")
def forget_removed_alerts(timestamp: int) -> None:
    """What was sent for them stays in the ledger: no job comes twice."""
    Alert.objects.removed_before(timezone.now() - KEPT_REMOVED).delete()


@app.periodic(cron="27 4 * * *")
@app.task(queueing_lock="ask_the_silent")
def ask_the_silent(timestamp: int) -> None:
    """Whoever was not here for a year is asked, and a month later left alone."""
    hygiene.settle(timezone.now())


@app.periodic(cron="57 3 * * *")
@app.task(queueing_lock="forget_old_digests")
def forget_old_digests(timestamp: int) -> None:
    hygiene.forget_old(timezone.now())
