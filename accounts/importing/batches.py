"""From the upload to the confirmation and back: each step is one transaction and harmless when repeated."""

from django.db import transaction
from django.utils import timezone

from accounts.importing import own, writing
from accounts.importing.columns import Columns, guess
from accounts.importing.reading import MAX_FILE, FileRefused, Sheet, read_sheet
from accounts.importing.rows import Report, report
from accounts.models import ApplicationImport, User
from jobs.reading.text import visible


def read_upload(data: bytes) -> Sheet:
    """Raises FileRefused. Our own export may be larger: it has whole ads in it."""
    sheet = read_sheet(data)
    if len(data) > MAX_FILE and not own.is_own(sheet):
        raise FileRefused(too_large(len(data)))
    return sheet


def too_large(size: int, most: int = MAX_FILE) -> str:
    """Both in bytes."""
    return f"The file has {size / 1024**2:.1f} MB; at most {most // 1024**2} MB can be read. Divide it into several files"


@transaction.atomic
def keep_upload(*, user: User, data: bytes, name: str, sheet: Sheet) -> ApplicationImport:
    """Keep the file until it is confirmed. One that waits already gives way."""
    _lock(user)
    user.imports.waiting().delete()
    plain = " ".join(visible(name).split())[-120:] or "file.csv"
    return user.imports.create(data=data, file_name=plain, columns=guess(sheet).stored())


def choose_columns(*, batch: ApplicationImport, columns: Columns) -> None:
    ApplicationImport.objects.waiting().filter(pk=batch.pk).update(columns=columns.stored())


def preview(batch: ApplicationImport) -> tuple[Sheet, Columns, Report]:
    """Of one that waits. Nothing is written."""
    sheet, columns = read_sheet(bytes(batch.data)), Columns(**batch.columns)
    return sheet, columns, report(batch.user, sheet, columns)


@transaction.atomic
def confirm(*, user: User, batch: ApplicationImport) -> int:
    """Write what the preview showed, with doubles looked for anew; how many. Of one that is done already: nothing, 0."""
    _lock(user)
    waiting = user.imports.waiting().select_related("user").filter(pk=batch.pk).first()
    if waiting is None:
        return 0
    drafts = preview(waiting)[2].taken
    waiting.data, waiting.done_at = b"", timezone.now()
    waiting.save(update_fields=["data", "done_at"])
    writing.write(waiting, drafts)
    return len(drafts)


@transaction.atomic
def undo(*, user: User, batch: ApplicationImport) -> int | None:
    """Take it back; how many applications. None when that is done already, or its time is over."""
    _lock(user)
    if not user.imports.can_be_undone().filter(pk=batch.pk).update(undone_at=timezone.now()):
        return None
    return writing.take_back(batch)


def throw_away(*, batch: ApplicationImport) -> None:
    ApplicationImport.objects.waiting().filter(pk=batch.pk).delete()


def tidy() -> None:
    """Forget files that nobody confirmed, and which applications came from which import once that can no longer be undone."""
    ApplicationImport.objects.over().delete()


def _lock(user: User) -> None:
    User.objects.select_for_update(no_key=True).get(pk=user.pk)
