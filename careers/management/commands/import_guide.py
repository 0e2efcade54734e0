from argparse import ArgumentParser
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from careers.bundles.archive import Archive, BundleRefused, Entry
from careers.bundles.looking import Look, Looker
from careers.importing import Imported, ImportRefused, import_bytes
from careers.publishing import NotReady, publish
from careers.seedtext import describe


class Command(BaseCommand):
    help = "Read guide files, career pages copied as plain text, or zips of them into drafts. See docs/guide-format.md."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("files", nargs="+", type=Path, metavar="FILE")
        what = parser.add_mutually_exclusive_group()
        what.add_argument("--publish", action="store_true", help="publish each guide that is complete")
        what.add_argument("--dry-run", action="store_true", help="say what each file would change, and write nothing")

    def handle(self, *args: Any, files: list[Path], publish: bool, dry_run: bool, **options: Any) -> None:
        looker = Looker()
        count, refused = 0, 0
        for path in files:
            for entry in _entries(path):
                count += 1
                refused += not (self._look(entry, looker) if dry_run else self._import(entry, publish=publish))
        if refused:
            what = "would be refused" if dry_run else "not imported; nothing of them was written"
            raise CommandError(f"{refused} of {count} files {what}.")

    def _look(self, entry: Entry, looker: Looker) -> bool:
        found = looker.look(entry)
        out = self.stderr if found.look is Look.REFUSED else self.stdout
        out.write(f"{entry.name}: {found.slug} {found.look}".replace(":  ", ": "))
        for line in found.lines:
            out.write(f"  {line}")
        return found.look is not Look.REFUSED

    def _import(self, entry: Entry, *, publish: bool) -> bool:
        if entry.fault:
            self.stderr.write(f"{entry.name}: {entry.fault}")
            return False
        try:
            imported = import_bytes(entry.data)
        except ImportRefused as error:
            for line, why in error.problems:
                self.stderr.write(f"{entry.name}:{f'{line}:' if line else ''} {why}")
            return False
        self._report(entry.name, imported)
        if publish:
            self._publish(imported)
        return True

    def _report(self, name: str, imported: Imported) -> None:
        if imported.reading:
            self.stdout.write(describe(imported.reading))
        public = "; visitors see the published guide until the draft is published" if imported.is_public else ""
        self.stdout.write(f"{name}: {imported.guide.slug} {imported.outcome}, draft{public}")

    def _publish(self, imported: Imported) -> None:
        try:
            publish(imported.guide)
        except NotReady as error:
            for problem in error.problems:
                self.stderr.write(f"  {imported.guide.slug}, {problem.where}: {problem.message}")
            raise CommandError(f"{imported.guide.slug} is not complete, so it was not published.") from error
        self.stdout.write(f"  {imported.guide.slug} published")


def _entries(path: Path) -> Iterator[Entry]:
    """The file itself, or the files of a zip. What cannot be read is an entry with its fault."""
    try:
        data = path.read_bytes()
    except OSError as error:
        yield Entry(str(path), fault=str(error.strerror))
        return
    if path.suffix.lower() != ".zip":
        yield Entry(str(path), data)
        return
    try:
        yield from Archive(data).entries()
    except BundleRefused as error:
        yield Entry(str(path), fault=str(error))
