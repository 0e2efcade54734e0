"""One look at a source: fetch, read, store, close what is gone, and write down what happened."""

import logging
from collections.abc import Callable, Iterator
from itertools import islice

from django.db import connection, reset_queries
from django.utils import timezone

from jobs.choices import RunStatus, SourceKind
from jobs.duplicates import hand_over
from jobs.fetching import Fetched, FetchFailed, fetch
from jobs.ingest.closing import close_gone, keep_listed
from jobs.ingest.store import BATCH, Counts, store
from jobs.listing import Feed, UnreadableFeed
from jobs.matching import Vocabulary, load
from jobs.models import Run, Source
from jobs.sources import reader_of

logger = logging.getLogger(__name__)

MAX_PAGES = 200
Progress = Callable[[Counts], None]


class Busy(Exception):
    """Another process looks at this source right now."""


def run_source(source: Source, *, body: bytes | None = None, progress: Progress = lambda counts: None) -> Run:
    """Look at the source, or read `body` in its place. What failed is in the run; nothing raised means nothing is unknown.

    Raises Busy.
    """
    with _only_one(source):
        _end_broken(source)
        run = Run.objects.create(source=source)
        counts = Counts()
        try:
            is_whole = _read_all(source, run, counts, body, progress)
            if run.status == RunStatus.UNCHANGED:
                keep_listed(source)
            else:
                run.is_whole = is_whole
                close_gone(source, run, counts)
        except (FetchFailed, UnreadableFeed) as error:
            run.status, run.note = RunStatus.FAILED, f"{error} Nothing was closed."
        hand_over()
        _finish(source, run, counts)
    return run


class _only_one:
    """An advisory lock of the session: gone with the process, whatever happens to it."""

    def __init__(self, source: Source) -> None:
        self._keys = [7_401, source.pk]

    def __enter__(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_try_advisory_lock(%s, %s)", self._keys)
            if not cursor.fetchone()[0]:
                raise Busy

    def __exit__(self, *error: object) -> None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock(%s, %s)", self._keys)


def _end_broken(source: Source) -> None:
    """Runs whose process was ended: the lock is ours, so nobody is at them."""
    broken = source.runs.filter(status=RunStatus.RUNNING)
    broken.update(status=RunStatus.FAILED, finished_at=timezone.now(), note="It was broken off. Nothing was closed.")


def _read_all(source: Source, run: Run, counts: Counts, body: bytes | None, progress: Progress) -> bool:
    """Store every page. Whether what was read is all that the source has."""
    vocabulary = load()
    is_whole = True
    for feed in _pages(source, run, body):
        is_whole = is_whole and feed.is_whole
        source.attribution = source.attribution or feed.attribution[:120]  # what staff wrote goes before
        _store_feed(source, feed, counts, vocabulary, progress)
    return is_whole


def _store_feed(source: Source, feed: Feed, counts: Counts, vocabulary: Vocabulary, progress: Progress) -> None:
    items = iter(feed.items)
    while batch := list(islice(items, BATCH)):
        store(source, batch, counts, vocabulary, is_part=not feed.is_whole)
        progress(counts)
        reset_queries()  # with DEBUG Django keeps every statement, here of a thousand rows each


def _pages(source: Source, run: Run, body: bytes | None) -> Iterator[Feed]:
    read = reader_of(SourceKind(source.kind))
    if body is not None:
        yield read(body, address=source.address)
        return
    source.refresh_from_db(fields=["etag", "last_modified"])
    address, first = source.address, True
    for _ in range(MAX_PAGES):
        got = fetch(address, etag=source.etag if first else "", last_modified=source.last_modified if first else "")
        if got.not_modified:
            run.status = RunStatus.UNCHANGED
            return
        feed = read(got.body, address=got.final_address)
        if first:
            _remember(source, got, has_more=bool(feed.more))
        yield feed
        address, first = feed.more, False
        if not address:
            return
    run.note = f"It has more than {MAX_PAGES} pages: the rest was not read, and nothing was closed."
    yield Feed(items=(), is_whole=False)


def _remember(source: Source, got: Fetched, *, has_more: bool) -> None:
    """Of paged feeds nothing: an unchanged first page says nothing about the others."""
    source.etag, source.last_modified = ("", "") if has_more else (got.etag[:300], got.last_modified[:60])


def _finish(source: Source, run: Run, counts: Counts) -> None:
    run.seen, run.new, run.changed, run.unchanged = counts.seen, counts.new, counts.changed, counts.unchanged
    run.rejected_count, run.rejected = counts.rejected, counts.rejections
    run.finished_at = timezone.now()
    run.save()
    if run.status in {RunStatus.FAILED, RunStatus.SUSPECT}:  # ask for all of it next time, too
        source.etag = source.last_modified = ""
    source.schedule_next()
    source.save(update_fields=["attribution", "etag", "last_modified", "next_run_at"])
    logger.info("source %s: %s, %d seen, %d new, %d closed", source.pk, run.status, run.seen, run.new, run.closed)
