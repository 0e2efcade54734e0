"""Keeping guides and jobs: every change is one transaction and harmless when repeated."""

from collections.abc import Sequence
from functools import partial

from django.db import transaction
from django.utils import timezone

from accounts.keeping.labels import set_labels
from accounts.models import Bookmark, JobBookmark, User
from accounts.models.kept import KeptQuerySet
from careers.models import GuideListing, GuideRevision
from jobs.choices import State
from jobs.models import Job
from jobs.page.frozen import freeze

AnyBookmark = Bookmark | JobBookmark
AnyBookmarks = KeptQuerySet[Bookmark] | KeptQuerySet[JobBookmark]


def seen_revision(slug: str) -> GuideRevision | None:
    """What the public sees at this address, or saw last when the guide is withdrawn. None: never published."""
    revisions = GuideRevision.objects.select_related("guide").defer("document")
    shown = revisions.filter(pk__in=GuideListing.objects.filter(slug=slug).values("revision")).first()
    return shown or revisions.filter(guide__slug=slug, kind=GuideRevision.Kind.PUBLISHED).order_by("-number").first()


def seen_job(pk: int) -> Job | None:
    """A job that the public sees, open or closed."""
    return Job.objects.select_related("employer", "source", "guide").filter(pk=pk, state__in=[State.OPEN, State.CLOSED]).first()


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
    """Keep the job and what its ad says. One that was removed comes back with its note and labels, as saved now."""
    rows = JobBookmark.objects.select_for_update()
    bookmark, is_new = rows.get_or_create(user=user, job=job, defaults={"ad": partial(freeze, job)})
    if not is_new and bookmark.removed_at:
        bookmark.ad, bookmark.created_at, bookmark.removed_at = freeze(job), timezone.now(), None
        bookmark.save(update_fields=["ad", "created_at", "removed_at"])
    return bookmark


def see_revision(*, bookmark: Bookmark, revision: GuideRevision) -> None:
    """The person has read what changed up to this revision. Never goes back to an older one."""
    Bookmark.objects.filter(pk=bookmark.pk, revision__number__lt=revision.number).update(revision=revision)


def restore(*, bookmark: AnyBookmark) -> None:
    """Undo a removal: everything is as it was."""
    restore_all(type(bookmark).objects.filter(pk=bookmark.pk))


def restore_all(bookmarks: AnyBookmarks) -> int:
    """How many came back."""
    return bookmarks.removed().update(removed_at=None)


def remove(*, bookmark: AnyBookmark) -> None:
    """Take it off the list. A second removal does not put off the deletion."""
    remove_all(type(bookmark).objects.filter(pk=bookmark.pk))


def remove_all(bookmarks: AnyBookmarks) -> int:
    """How many there were."""
    return bookmarks.kept().update(removed_at=timezone.now())


@transaction.atomic
def write_note(*, bookmark: AnyBookmark, note: str, labels: Sequence[str] | None = None) -> None:
    """The note, and the labels unless they are None. Raises TooManyLabels, and then nothing is written."""
    type(bookmark).objects.filter(pk=bookmark.pk).update(note=note)
    if labels is not None:
        set_labels(bookmark=bookmark, names=labels)
