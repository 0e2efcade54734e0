"""Nightly work of this room."""

from datetime import timedelta
from importlib import import_module

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.sessions.models import Session
from django.utils import timezone
from procrastinate import JobContext, RetryStrategy
from procrastinate.contrib.django import app

from accounts.importing import batches
from accounts.keeping.closing import people_to_tell, tell
from accounts.models import Bookmark, Departure, JobBookmark, TrackedApplication, UsedForm
from accounts.models.tracking_words import Answer
from accounts.owndata import exports
from accounts.tracker import reminders
from accounts.tracker.parts import KINDS

UNDO_DAYS = 30  # a removed bookmark can be brought back that long


@app.periodic(cron="37 3 * * *")
@app.task(queueing_lock="delete_removed_bookmarks")
def delete_removed_bookmarks(timestamp: int) -> None:
    before = timezone.now() - timedelta(days=UNDO_DAYS)
    Bookmark.objects.removed_before(before).delete()
    JobBookmark.objects.removed_before(before).delete()


@app.periodic(cron="31 3 * * *")
@app.task(queueing_lock="delete_removed_applications")
def delete_removed_applications(timestamp: int) -> None:
    """With what hangs on them; and what the tracker remembered only so that nothing happens twice."""
    before = timezone.now() - timedelta(days=UNDO_DAYS)
    TrackedApplication.objects.removed().filter(removed_at__lt=before).delete()
    for kind in KINDS.values():
        kind.model._default_manager.filter(removed_at__lt=before).delete()
    UsedForm.objects.filter(at__lt=before).delete()
    Departure.objects.exclude(answer=Answer.NEVER).filter(at__lt=before).delete()
    reminders.forget_old(timezone.now())


@app.periodic(cron="*/5 * * * *")
@app.task(queueing_lock="send_reminders")
def send_reminders(timestamp: int) -> None:
    reminders.send_due()


@app.periodic(cron="7 * * * *")
@app.task(queueing_lock="tell_of_closing")
def tell_of_closing(timestamp: int) -> None:
    """Saved jobs that close soon, to people where it is morning."""
    for user in people_to_tell():
        tell(user)


@app.periodic(cron="47 3 * * *")
@app.task(queueing_lock="delete_expired_sessions")
def delete_expired_sessions(timestamp: int) -> None:
    """Forget sessions that have run out, and what the list of signed-in browsers knew of them."""
    import_module(settings.SESSION_ENGINE).SessionStore.clear_expired()
    UserSession.objects.exclude(session_key__in=Session.objects.values("session_key")).delete()


# A lane of its own: of the four jobs that the worker does at once, feeds may take two and exports one. A mail always finds room.
EXPORTS = "exports"
EXPORT_RETRY = RetryStrategy(max_attempts=3, wait=20)


@app.task(queue="exports", lock=EXPORTS, retry=EXPORT_RETRY, pass_context=True)
def make_export(context: JobContext, export_id: int) -> None:
    """After the last try the page says that it failed."""
    try:
        exports.make(export_id)
    except Exception:
        if context.job.attempts >= (EXPORT_RETRY.max_attempts or 0):
            exports.give_up(export_id)
        raise


@app.periodic(cron="12 * * * *")
@app.task(queueing_lock="tidy_files")
def tidy_files(timestamp: int) -> None:
    """Copies whose day is over, and files that wait to be imported."""
    exports.tidy()
    batches.tidy()
