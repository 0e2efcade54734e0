"""What the worker does for the newsroom."""

from django.utils import timezone
from procrastinate import JobContext, RetryStrategy
from procrastinate.contrib.django import app

from careers.models import Guide, Skill
from careers.working import stored
from jobs.matching import link_again
from newsroom import unsaved
from newsroom.bundles import keeping, work
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


@app.periodic(cron="43 3 * * *")
@app.task(queueing_lock="forget_unsaved_copies")
def forget_unsaved_copies(timestamp: int) -> None:
    """What nobody came back for in a month."""
    unsaved.forget_old()


@app.periodic(cron="11 6 * * *")
@app.task(queueing_lock="remind_of_reviews")
def remind_of_reviews(timestamp: int) -> None:
    """One mail a day for a person."""
    reminders.send_due()


# One at a time: a source that all guides cite takes a while, and mails must not wait for several of them.
@app.task(lock="store_guides", retry=RetryStrategy(max_attempts=3, wait=60))
def store_guides(guide_ids: list[int], note: str) -> None:
    """Something that these guides show was edited elsewhere. Safe to run again: what says the same is not stored twice."""
    for guide in Guide.objects.filter(pk__in=guide_ids).order_by("pk"):
        stored(guide, note=note)


# In the feeds' queue: it walks through all open jobs, and mails must not wait for that.
@app.task(queue="feeds", retry=RetryStrategy(max_attempts=3, wait=60))
def link_jobs(skill_id: int) -> None:
    """A skill was merged into this one, or it got another name: jobs are found by all its names afterwards."""
    for skill in Skill.objects.filter(pk=skill_id):
        link_again(skill)


# One zip at a time, and in the lane of exports: it takes minutes.
ZIPS = "guide-zips"
AGAIN = RetryStrategy(max_attempts=3, wait=20)
STEPS = {"read": work.read, "import": work.bring_in, "pack": work.pack_out}


@app.task(queue="exports", lock=ZIPS, retry=AGAIN, pass_context=True)
def work_on_zip(context: JobContext, step: str, bundle_id: int) -> None:
    """After the last try the page says that it failed."""
    try:
        STEPS[step](bundle_id)
    except Exception:
        if context.job.attempts >= (AGAIN.max_attempts or 0):
            work.give_up(bundle_id)
        raise


@app.periodic(cron="23 * * * *")
@app.task(queueing_lock="forget_zips")
def forget_zips(timestamp: int) -> None:
    keeping.forget_old(timezone.now())
