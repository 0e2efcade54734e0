import gzip
import time
import zlib
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from jobs.choices import RunStatus
from jobs.ingest.run import Busy, run_source
from jobs.ingest.store import BATCH, Counts
from jobs.models import Run, Source
from jobs.search.spelling import learn_words

MAX_FILE = 500_000_000  # bytes, unpacked
TELL_EVERY = 10_000  # listings


class Command(BaseCommand):
    help = "Look at job sources: the one that is named, or all that are due. With --file its jobs are read from a file instead."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("source", nargs="?", help="name of the source; left out: all that are due")
        parser.add_argument("--file", type=Path, help="what the source would answer, also packed (.gz)")

    def handle(self, *args: Any, source: str | None, file: Path | None, **options: Any) -> None:
        if file and not source:
            raise CommandError("Say for which source the file is: ingest_jobs SOURCE --file FILE.")
        body = self._read(file) if file else None
        if not (sources := self._sources(source)):
            self.stdout.write("No source is due.")
        runs = [run for one in sources if (run := self._run(one, body))]
        if any(run.new or run.changed for run in runs):
            learn_words()
        if failed := [run for run in runs if run.status == RunStatus.FAILED]:
            raise CommandError(f"{len(failed)} failed.")

    def _sources(self, name: str | None) -> list[Source]:
        if name is None:
            return list(Source.objects.due().exclude(address=""))
        found = Source.objects.filter(name=name).first()
        if found is None:
            known = ", ".join(Source.objects.values_list("name", flat=True)) or "none yet; add one in the staff area"
            raise CommandError(f"There is no source “{name}”. Known: {known}.")
        return [found]

    def _read(self, file: Path) -> bytes:
        try:
            with gzip.open(file) if file.suffix == ".gz" else file.open("rb") as opened:
                body = opened.read(MAX_FILE + 1)
        except (OSError, EOFError, zlib.error) as error:
            raise CommandError(f"{file}: {error}") from error
        if len(body) > MAX_FILE:
            raise CommandError(f"{file} holds more than {MAX_FILE:,} bytes.")
        return body

    def _run(self, source: Source, body: bytes | None) -> Run | None:
        started = time.monotonic()

        def progress(counts: Counts) -> None:
            if counts.seen >= TELL_EVERY and counts.seen % TELL_EVERY < BATCH:
                self.stdout.write(f"  … {counts.seen:,} read, {counts.new:,} new, {time.monotonic() - started:.0f} s")

        try:
            run = run_source(source, body=body, progress=progress)
        except Busy:
            self.stdout.write(f"{source}: another process is at it")
            return None
        self.stdout.write(
            f"{source}: {run.get_status_display()}. {run.seen:,} read: {run.new:,} new, {run.changed:,} changed, "
            f"{run.unchanged:,} unchanged, {run.closed:,} closed, {run.rejected_count:,} rejected, in {time.monotonic() - started:.1f} s"
        )
        for which, why in run.rejected[:5]:
            self.stdout.write(f"  rejected {which}: {why}")
        if run.note:
            self.stdout.write(f"  {run.note}")
        return run
