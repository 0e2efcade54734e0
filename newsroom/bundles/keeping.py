"""Bundles from the upload or the wish to the day after."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone
from procrastinate.contrib.django import app

from careers.bundles.archive import Archive
from kit.text import one_line
from newsroom.models import Bundle, BundleFile

if TYPE_CHECKING:
    from accounts.models import User

KEPT = timedelta(days=1)  # the zip itself; what was reported of it stays
TO_IMPORT = (BundleFile.Outcome.NEW, BundleFile.Outcome.CHANGED)
TASK = "newsroom.tasks.work_on_zip"
State, Way = Bundle.State, Bundle.Way


@transaction.atomic
def take_in(data: bytes, name: str, *, by: "User") -> Bundle:
    """Keep a zip and have it read. Raises careers.bundles.archive.BundleRefused."""
    total = len(Archive(data))
    bundle = Bundle.objects.create(way=Way.IN, state=State.READING, name=one_line(name, 200), by=by, data=data, total=total)
    _queue("read", bundle)
    return bundle


@transaction.atomic
def start_import(bundle: Bundle, *, by: "User") -> bool:
    """Have it imported in the name of this person; False when it was done before, or its zip is gone."""
    waiting = Bundle.objects.filter(pk=bundle.pk, state=State.READ, data__isnull=False)
    if not waiting.update(state=State.IMPORTING, by=by, done=0, total=bundle.files.filter(outcome__in=TO_IMPORT).count()):
        return False
    _queue("import", bundle)
    return True


@transaction.atomic
def ask_for(guide_ids: Sequence[int], *, by: "User") -> Bundle:
    """Have these guides packed; all, where none is named."""
    name = f"guides-{timezone.localdate():%Y-%m-%d}.zip"
    bundle = Bundle.objects.create(way=Way.OUT, state=State.PACKING, name=name, by=by, wanted=list(guide_ids))
    _queue("pack", bundle)
    return bundle


def forget_old(now: datetime) -> None:
    """Zips are dropped a day later, whatever became of them; one that nobody imported says so."""
    old = Bundle.objects.filter(created_at__lt=now - KEPT, data__isnull=False)
    old.filter(state__in=[State.READING, State.READ, State.IMPORTING]).update(state=State.FAILED, error="Its day was over.", ended_at=now)
    old.update(data=None)


def _queue(step: str, bundle: Bundle) -> None:
    app.configure_task(TASK).defer(step=step, bundle_id=bundle.pk)
