"""Background work that every room needs: delivering mail and keeping the queue healthy."""

from typing import Any

from django.conf import settings
from django.core.mail import get_connection
from procrastinate import JobContext, RetryStrategy
from procrastinate.contrib.django import app

from kit.mail.wire import unpack

MAX_RESCUES = 5  # a job that kills its worker this often is left for a person to look at

# 1, 2, 4 … minutes: a mail server that is away for two hours loses nothing.
MAIL_RETRY = RetryStrategy(max_attempts=8, exponential_wait=60)


@app.task(queue="mail", retry=MAIL_RETRY)
def deliver_mail(message: dict[str, Any]) -> None:
    """Hand one mail to the mail server; tried again with growing pauses when that fails."""
    with get_connection(settings.EMAIL_DELIVERY_BACKEND) as connection:
        connection.send_messages([unpack(message)])


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="rescue_stalled_jobs", pass_context=True)
async def rescue_stalled_jobs(context: JobContext, timestamp: int) -> None:
    """Requeue jobs whose worker died (kill, power cut): procrastinate leaves them 'doing' for ever."""
    manager = context.app.job_manager
    for job in await manager.get_stalled_jobs(seconds_since_heartbeat=60):
        if job.attempts < MAX_RESCUES:
            await manager.retry_job(job)


@app.periodic(cron="17 3 * * *")
@app.task(queueing_lock="remove_old_jobs", pass_context=True)
async def remove_old_jobs(context: JobContext, timestamp: int) -> None:
    """Forget finished jobs after a week; failed ones stay a week for a person to look at."""
    await context.app.job_manager.delete_old_jobs(nb_hours=24 * 7, include_failed=True, include_cancelled=True)
