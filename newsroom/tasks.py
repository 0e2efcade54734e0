"""What the worker does for the newsroom."""

from django.utils import timezone
from procrastinate import JobContext
from procrastinate.contrib.django import app

from newsroom.links import run as links
from newsroom.readers.settling import forget_old_addresses
from newsroom.review import reminders
from newsroom.states import clock


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="publish_due_guides")
def publish_due_guides(timestamp: int) -> None:
    """Catches what no alarm rang for: after an outage, or when the clock of a machine was wrong."""
    clock.publish_due(timezone.now())


@app.task(pass_context=False)
def publish_due() -> None:
    """The alarm of one scheduled guide (newsroom.states.clock_task). It publishes whatever is due."""
    clock.publish_due(timezone.now())


@app.periodic(cron="19 * * * *")
@app.task(queue="links", lock="links", queueing_lock="check_links", pass_context=True)
def check_links(context: JobContext, timestamp: int) -> None:
    """Also asked for by staff, who are not to wait an hour."""
    links.check(stop=context.should_abort)


@app.periodic(cron="33 3 * * *")
@app.task(queueing_lock="forget_readers_addresses")
def forget_readers_addresses(timestamp: int) -> None:
    forget_old_addresses(timezone.now())


@app.periodic(cron="11 6 * * *")
@app.task(queueing_lock="remind_of_reviews")
def remind_of_reviews(timestamp: int) -> None:
    """One mail a day for a person."""
    reminders.send_due()
