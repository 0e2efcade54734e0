"""Keeping guides and jobs: every change is one transaction and harmless when repeated."""

from django.db import transaction
from django.utils import timezone

from accounts.models import Bookmark, JobBookmark, User
from careers.models import GuideListing, GuideRevision
from jobs.choices import State
from jobs.models import Job

AnyBookmark = Bookmark | JobBookmark


def seen_revision(slug: str) -> GuideRevision | None:
    """What the public sees at this address, or saw last when the guide is withdrawn. None: never published."""
    revisions = GuideRevision.objects.select_related("guide").defer("document")
    shown = revisions.filter(pk__in=GuideListing.objects.filter(slug=slug).values("revision")).first()
    return shown or revisions.filter(guide__slug=slug, kind=GuideRevision.Kind.PUBLISHED).order_by("-number").first()


def seen_job(pk: int) -> Job | None:
    """A job that the public sees, open or closed."""
    return Job.objects.select_related("employer").filter(pk=pk, state__in=[State.OPEN, State.CLOSED]).first()


@transaction.atomic
def save_guide(*, user: User, revision: GuideRevision) -> Bookmark:
    """Keep the guide. One that was removed comes back with its note, as saved now."""
    # The lock makes the nightly deletion and other clicks wait; without it a row could go between read and write.
    rows = Bookmark.objects.select_for_update()
    bookmark, is_new = rows.get_or_create(user=user, guide=revision.guide, defaults={"revision": revision})
    if not is_new and bookmark.removed_at:
        bookmark.revision, bookmark.created_at, bookmark.removed_at = revision, timezone.now(), None
        bookmark.save(update_fields=["revision", "created_at", "removed_at"])
    return bookmark


@transaction.atomic
def save_job(*, user: User, job: Job) -> JobBookmark:
    """Keep the job. One that was removed comes back with its note, as saved now."""
    bookmark, is_new = JobBookmark.objects.select_for_update().get_or_create(user=user, job=job)
    if not is_new and bookmark.removed_at:
        bookmark.created_at, bookmark.removed_at = timezone.now(), None
        bookmark.save(update_fields=["created_at", "removed_at"])
    return bookmark


def restore(*, bookmark: AnyBookmark) -> None:
    """Undo a removal: everything is as it was."""
    type(bookmark).objects.filter(pk=bookmark.pk).update(removed_at=None)


def remove(*, bookmark: AnyBookmark) -> None:
    """Take it off the list. A second removal does not put off the deletion."""
    type(bookmark).objects.filter(pk=bookmark.pk).kept().update(removed_at=timezone.now())


def write_note(*, bookmark: AnyBookmark, note: str) -> None:
    type(bookmark).objects.filter(pk=bookmark.pk).update(note=note)
