"""What the worker does for alerts."""

from django.utils import timezone
from procrastinate import JobContext
from procrastinate.contrib.django import app

from alerts.models import Wish
from alerts.sending import run


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
