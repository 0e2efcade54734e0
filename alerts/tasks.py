"""What the worker does for alerts."""

from procrastinate import JobContext
from procrastinate.contrib.django import app

from alerts.sending import run


@app.periodic(cron="*/5 * * * *")
@app.task(queueing_lock="send_alerts", pass_context=True)
def send_alerts(context: JobContext, timestamp: int) -> None:
    """Those who became due in the last five minutes, and whoever an outage left out."""
    run.send_alerts(stop=context.should_abort)
