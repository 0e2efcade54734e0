"""Background work that every room needs: delivering mail and keeping the queue healthy."""

from typing import Any

from procrastinate import JobContext
from procrastinate.contrib.django import app

from kit.mail import delivery
from kit.mail.outbox import adopt

MAX_RESCUES = 5  # a job that kills its worker this often is left for a person to look at


@app.task(queue="mail")
def deliver_mail(mail_id: int = 0, message: dict[str, Any] | None = None) -> None:
    """Hand one mail to the mail server. When that fails, the outbox queues another job for later.

    `message`: a job of the release before the outbox, which held the mail itself.
    """
    if message:
        adopt(message)
    else:
        delivery.deliver(mail_id)


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="rescue_mail")
def rescue_mail(timestamp: int) -> None:
    """Mails whose worker died with them in hand, and mails whose job is gone."""
    delivery.rescue_old()
    delivery.queue_again()


@app.periodic(cron="7 3 * * *")
@app.task(queueing_lock="forget_old_mail")
def forget_old_mail(timestamp: int) -> None:
    delivery.forget_old()


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
