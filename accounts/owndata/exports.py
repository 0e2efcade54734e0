"""Asking for an export, making it, and forgetting it."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import IO

from django.conf import settings
from django.db import connection, transaction
from django.urls import reverse
from django.utils import timezone

from accounts.models import DataExport, ExportChunk, User
from accounts.owndata.archive import write_archive
from accounts.owndata.parts import parts
from kit.mail.letter import send_letter

A_DAY = 3  # exports of one person
PIECE = 1024 * 1024  # bytes of one row


class TooMany(Exception):
    """This person has had A_DAY of them; `until` says when the next may be asked for."""

    def __init__(self, until: datetime) -> None:
        super().__init__(f"nothing before {until}")
        self.until = until


@transaction.atomic
def ask(user: User) -> tuple[DataExport, bool]:
    """The export that is under way, or a new one and True: queue its making then, in the same transaction. Raises TooMany."""
    User.objects.select_for_update(no_key=True).get(pk=user.pk)  # one at a time: a second click sees what the first did
    if pending := user.exports.pending().first():
        return pending, False
    recent = user.exports.filter(asked_at__gt=timezone.now() - timedelta(days=1)).newest()[:A_DAY]
    if len(recent) == A_DAY:
        raise TooMany(recent[A_DAY - 1].asked_at + timedelta(days=1))
    return user.exports.create(), True


def make(export_id: int) -> None:
    """Read everything at one moment, write the file, keep it and say so. Nothing when the export or its person is gone."""
    pending = DataExport.objects.pending().filter(pk=export_id)
    if not pending.update(state=DataExport.State.MAKING):
        return
    with tempfile.TemporaryFile() as file:
        with _one_moment():
            user = User.objects.filter(exports=export_id).first()
            if user is None:
                return
            write_archive(user, parts(), file)
        _keep(export_id, file)


@contextmanager
def _one_moment() -> Iterator[None]:
    """All that is read inside was true at one and the same time, whatever is changed meanwhile. Nobody waits for it."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        yield


@transaction.atomic
def _keep(export_id: int, file: IO[bytes]) -> None:
    """The lock makes the deletion of an account wait until the rows are there, and go with it."""
    export = DataExport.objects.select_for_update(of=["self"]).pending().select_related("user").filter(pk=export_id).first()
    if export is None:
        return
    export.size = file.tell()
    file.seek(0)
    for number, piece in enumerate(iter(lambda: file.read(PIECE), b"")):
        ExportChunk.objects.create(export=export, number=number, data=piece)
    export.state, export.ready_at = DataExport.State.READY, timezone.now()
    export.save(update_fields=["state", "ready_at", "size"])
    url = settings.SITE_URL + reverse("accounts:data")
    send_letter("emails/export_ready", to=export.user, context={"until": export.until, "data_url": url})


def give_up(export_id: int) -> None:
    DataExport.objects.pending().filter(pk=export_id).update(state=DataExport.State.FAILED)


def content(export: DataExport) -> Iterator[bytes]:
    """Piece by piece; each is one query."""
    for number in range(-(-export.size // PIECE)):
        yield bytes(ExportChunk.objects.values_list("data", flat=True).get(export=export, number=number))


def tidy() -> None:
    """Delete what has run out, and give up what nobody makes any more."""
    DataExport.objects.stuck().update(state=DataExport.State.FAILED)
    DataExport.objects.over().delete()
