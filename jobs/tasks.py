"""Scheduled work of this room."""

import logging

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from jobs.applying import delivery
from jobs.choices import Delivery
from jobs.expiry import close_expired
from jobs.ingest.run import Busy, run_source
from jobs.models import Application, Source
from jobs.personal import trim_seen
from jobs.search.spelling import learn_words

logger = logging.getLogger(__name__)

LANES = 2  # of the four jobs that the worker does at once (PROCRASTINATE_WORKER_DEFAULTS)


@app.periodic(cron="*/10 * * * *")
@app.task(queueing_lock="look_at_due_sources")
def look_at_due_sources(timestamp: int) -> None:
    """One job per source, in lanes: slow ones hold up half of the feeds and nothing else."""
    for source in Source.objects.due().exclude(address=""):
        source.schedule_next()
        source.save(update_fields=["next_run_at"])
        look_at_source.configure(lock=lane(source.pk)).defer(source_id=source.pk)


def lane(source_id: int) -> str:
    """Jobs with the same lock wait for each other: so LANES feeds at most take part of the worker, and a source meets itself never."""
    return f"feeds-{source_id % LANES}"


# A job that waits to be tried again holds its lane (procrastinate keeps the order within a lock), so it waits a minute, not hours.
@app.task(queue="feeds", retry=RetryStrategy(max_attempts=3, wait=60))
def look_at_source(source_id: int) -> None:
    source = Source.objects.filter(pk=source_id, is_active=True).first()
    if source is None:
        return
    try:
        run_source(source)
    except Busy:
        logger.info("source %s: another process is at it", source_id)


@app.periodic(cron="*/10 * * * *")
@app.task(queueing_lock="expire_jobs")
def expire_jobs(timestamp: int) -> None:
    close_expired()


@app.periodic(cron="27 3 * * *")
@app.task(queueing_lock="forget_seen_jobs")
def forget_seen_jobs(timestamp: int) -> None:
    trim_seen()


@app.periodic(cron="41 */6 * * *")
@app.task(queueing_lock="learn_job_words")
def learn_job_words(timestamp: int) -> None:
    learn_words()


# --- Jobs of the release before the outbox ---------------------------------------------------------
@app.task(queue="mail")
def deliver_application(application_id: int) -> None:
    for application in Application.objects.filter(pk=application_id, delivery=Delivery.QUEUED):
        delivery.queue(application)


@app.task(queue="mail")
def tell_of_withdrawal(application_id: int) -> None:
    for application in Application.objects.filter(pk=application_id):
        delivery.queue_withdrawal(application)
