"""What the worker does with a bundle. Each step is whole by itself: killed and begun again, it goes on where it was.

One bundle is worked on at a time (the lock of newsroom.tasks).
"""

import io
from collections import Counter
from typing import Any

from django.contrib.admin.models import ADDITION, CHANGE, LogEntry
from django.db import IntegrityError, transaction
from django.utils import timezone

from careers import importing
from careers.bundles.archive import Archive, BundleRefused, Entry
from careers.bundles.looking import Looker, in_lines
from careers.bundles.packing import pack
from careers.importing import Imported, ImportRefused, Outcome
from careers.models import Guide
from newsroom.bundles.keeping import TO_IMPORT
from newsroom.models import Bundle, BundleFile

State, Result = Bundle.State, BundleFile.Outcome
READ = (Result.NEW, Result.CHANGED, Result.SAME)
TELL_EVERY = 10  # files
MAX_REASONS = 50  # of one file


def read(pk: int) -> None:
    """Look at every file; nothing of a guide is written."""
    bundle = Bundle.objects.filter(pk=pk, state=State.READING).first()
    if bundle is None:
        return
    known = set(bundle.files.values_list("position", flat=True))
    looker = Looker()
    try:
        archive = Archive(bytes(bundle.data or b""))
        _say(bundle, done=len(known), total=len(archive))
        for position, entry in enumerate(archive.entries()):
            if position not in known:
                _look(bundle, position, entry, looker)
            if position % TELL_EVERY == 0:
                _say(bundle, done=position)
    except BundleRefused as error:
        _say(bundle, state=State.FAILED, error=str(error), ended_at=timezone.now())
        return
    _refuse_doubles(bundle)
    _say(bundle, state=State.READ, done=len(archive))


def _look(bundle: Bundle, position: int, entry: Entry, looker: Looker) -> None:
    found = looker.look(entry)
    BundleFile.objects.create(
        bundle=bundle,
        position=position,
        name=entry.name,
        outcome=Result(found.look.value),
        slug=found.slug,
        seen_at=found.seen_at,
        report=list(found.lines[:MAX_REASONS]),
    )


def _refuse_doubles(bundle: Bundle) -> None:
    """Of two files for one guide neither is taken: nobody said which."""
    slugs = Counter(bundle.files.filter(outcome__in=READ).values_list("slug", flat=True))
    doubles = list(bundle.files.filter(outcome__in=READ, slug__in=[slug for slug, count in slugs.items() if count > 1]))
    for file in doubles:
        others = [other.name for other in doubles if other.slug == file.slug and other.pk != file.pk]
        file.outcome = Result.REFUSED
        file.report = [f"Another file is for the same guide, {file.slug}: {', '.join(others[:3])}. Keep one of them."]
    BundleFile.objects.bulk_update(doubles, ["outcome", "report"])


def bring_in(pk: int) -> None:
    """Import every file that makes or changes a guide, each in a transaction of its own with the row that says so."""
    bundle = Bundle.objects.select_related("by").filter(pk=pk, state=State.IMPORTING).first()
    if bundle is None:
        return
    archive = Archive(bytes(bundle.data or b""))
    waiting = list(bundle.files.filter(outcome__in=TO_IMPORT))
    for number, file in enumerate(waiting, 1):
        _bring_in_one(bundle, file, archive.entry(file.position))
        if number % TELL_EVERY == 0:
            _say(bundle, done=bundle.total - len(waiting) + number)
    _say(bundle, state=State.DONE, done=bundle.total, ended_at=timezone.now(), data=None)


def _bring_in_one(bundle: Bundle, file: BundleFile, entry: Entry) -> None:
    """A guide that was saved since it was looked at is left alone: nobody has seen what would be lost."""
    try:
        with transaction.atomic():
            _check_unchanged(file)
            imported = importing.import_bytes(entry.data, by=bundle.by)
            _log(bundle, file, imported)
            file.outcome = Result.IMPORTED if imported.outcome != Outcome.UNCHANGED else Result.SAME
            file.slug = imported.guide.slug
            _note(file)
    except ImportRefused as error:
        file.outcome, file.report = Result.REFUSED, list(in_lines(error)[:MAX_REASONS])
        _note(file)
    except IntegrityError as error:
        rule = str(getattr(getattr(error.__cause__, "diag", None), "constraint_name", "")).replace("_", " ")
        file.outcome, file.report = Result.REFUSED, [f"The file breaks a rule of the database: {rule}"]
        _note(file)


def _check_unchanged(file: BundleFile) -> None:
    """Raises ImportRefused. Holds the guide, so that nobody saves it in between."""
    guide = Guide.objects.select_for_update().filter(slug=file.slug).first()
    if (guide.updated_at if guide else None) != file.seen_at:
        happened = "is new" if file.seen_at is None else "was saved" if guide else "was removed or moved"
        raise ImportRefused([(None, f"The guide {happened} since this zip was read. Upload the file again to see what would change.")])


def _note(file: BundleFile) -> None:
    file.save(update_fields=["outcome", "report", "slug"])


def _log(bundle: Bundle, file: BundleFile, imported: Imported) -> None:
    """In the admin's log, under the name of whoever pressed the button."""
    if bundle.by is None or imported.outcome == Outcome.UNCHANGED:
        return
    flag = ADDITION if imported.outcome == Outcome.CREATED else CHANGE
    message = f"Imported from the zip {bundle.name}: {file.name}."
    LogEntry.objects.log_actions(bundle.by.pk, [imported.guide], flag, change_message=message, single_object=True)


def pack_out(pk: int) -> None:
    """Pack the guides that are wanted, or all. Begun again, it packs anew."""
    bundle = Bundle.objects.filter(pk=pk, state=State.PACKING).first()
    if bundle is None:
        return
    guides = Guide.objects.filter(pk__in=bundle.wanted) if bundle.wanted else Guide.objects.all()
    ids = list(guides.order_by("slug").values_list("pk", flat=True))
    _say(bundle, done=0, total=len(ids))
    out = io.BytesIO()
    left_out = pack(ids, out, tell=lambda done: _say(bundle, done=done))
    error = f"Left out, because their drafts contradict themselves: {', '.join(left_out)}"[:300] if left_out else ""
    _say(bundle, state=State.DONE, data=out.getvalue(), error=error, ended_at=timezone.now())


def give_up(pk: int) -> None:
    """After the last try."""
    under_way = (State.READING, State.IMPORTING, State.PACKING)
    said = "It stopped by a fault of ours. What is imported stays; upload the zip again for the rest."
    Bundle.objects.filter(pk=pk, state__in=under_way).update(state=State.FAILED, error=said, ended_at=timezone.now())


def _say(bundle: Bundle, **values: Any) -> None:
    """Only these columns: the data is not written again."""
    Bundle.objects.filter(pk=bundle.pk).update(**values)
    for name, value in values.items():
        setattr(bundle, name, value)
