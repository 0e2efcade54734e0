"""Drafts become applications, all at once, and are taken back all at once. A few queries for thousands of rows."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db import connection
from django.db.models import Model
from django.utils import timezone

from accounts.importing.draft import Draft
from accounts.models import ApplicationEvent, ApplicationImport, ImportedApplication, TrackedApplication, User
from accounts.models.tracked_parts import Part
from careers.models import Guide
from jobs import matching
from jobs.models import Application, Job

BATCH = 500


def write(batch: ApplicationImport, drafts: Sequence[Draft]) -> None:
    """Call it in a transaction that holds the person's row."""
    _link(batch.user, drafts)
    for draft in drafts:
        draft.application.status, draft.application.status_at = _standing(draft)
    made = TrackedApplication.objects.bulk_create([draft.application for draft in drafts], BATCH)
    _write_events(drafts)
    _write_parts(part for draft in drafts for part in _of(draft))
    ImportedApplication.objects.bulk_create([ImportedApplication(batch=batch, application=one) for one in made], BATCH)


def take_back(batch: ApplicationImport) -> int:
    """Remove all that is left of it, as if by hand; how many. They can be brought back one by one until they are deleted."""
    left = TrackedApplication.objects.kept().filter(imported__batch=batch)
    return left.update(removed_at=timezone.now())


def _standing(draft: Draft) -> tuple[str, datetime]:
    """What the history says: the latest event that no other corrects, of several at one moment the last (accounts.tracker.history)."""
    corrected = {corrects for _, _, corrects in draft.events}
    standing = [(event.happened_at, number, event) for number, event, _ in draft.events if number not in corrected and event.status]
    last = max(standing, key=lambda entry: entry[:2])[2]
    assert last.status
    return last.status, last.happened_at


def _write_events(drafts: Sequence[Draft]) -> None:
    """With numbers taken from the sequence beforehand: an event names the one that it corrects, and is never changed once written."""
    everything = [(draft, entry) for draft in drafts for entry in draft.events]
    numbers = iter(_numbers(ApplicationEvent, len(everything)))
    rows, keys = [], {}
    for draft, (number, event, corrects) in everything:
        event.pk = keys[id(draft), number] = next(numbers)
        event.application = draft.application
        event.corrects_id = keys[id(draft), corrects] if corrects is not None else None
        rows.append(event)
    ApplicationEvent.objects.bulk_create(rows, BATCH)


def _numbers(model: type[Model], count: int) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)", [model._meta.db_table, count])
        return sorted(number for (number,) in cursor.fetchall())


def _of(draft: Draft) -> Iterable[Part]:
    for part in draft.parts:
        part.application = draft.application
        yield part


def _write_parts(parts: Iterable[Part]) -> None:
    by_model: dict[type[Part], list[Part]] = {}
    for part in parts:
        by_model.setdefault(type(part), []).append(part)
    for model, rows in by_model.items():
        model._default_manager.bulk_create(rows, BATCH)


def _link(user: User, drafts: Sequence[Draft]) -> None:
    """To our job, guide and letter where these are still there and nothing else of the person's has them; the guide of a title that
    was typed elsewhere is found by its words.
    """
    taken = set(user.tracked.exclude(job=None).values_list("job", flat=True))
    jobs = set(Job.objects.filter(pk__in=[draft.job for draft in drafts if draft.job]).values_list("pk", flat=True)) - taken
    letters = Application.objects.of(user).filter(pk__in=[draft.sent for draft in drafts if draft.sent], tracked=None)
    free = set(letters.values_list("pk", flat=True))
    guides = dict(Guide.objects.filter(slug__in=[draft.guide for draft in drafts if draft.guide]).values_list("slug", "pk"))
    vocabulary = matching.load()
    for draft in drafts:
        application = draft.application
        application.guide_id = guides.get(draft.guide) if draft.guide else vocabulary.guide_of(application.title)
        if draft.job in jobs:
            application.job_id = draft.job
            jobs.discard(draft.job)
        if draft.sent in free:
            application.sent_id = draft.sent
            free.discard(draft.sent)
