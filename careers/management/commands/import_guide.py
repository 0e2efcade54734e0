from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from careers.importing import Imported, ImportRefused, import_bytes
from careers.publishing import NotReady, publish
from careers.seedtext import describe


class Command(BaseCommand):
    help = "Read guide files, or career pages copied as plain text, into drafts. See docs/guide-format.md."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("files", nargs="+", type=Path, metavar="FILE")
        parser.add_argument("--publish", action="store_true", help="publish each guide that is complete")

    def handle(self, *args: Any, files: list[Path], publish: bool, **options: Any) -> None:
        refused = 0
        for path in files:
            try:
                imported = import_bytes(path.read_bytes())
            except OSError as error:
                refused += 1
                self.stderr.write(f"{path}: {error.strerror}")
            except ImportRefused as error:
                refused += 1
                for line, why in error.problems:
                    self.stderr.write(f"{path}:{f'{line}:' if line else ''} {why}")
            else:
                self._report(path, imported)
                if publish:
                    self._publish(imported)
        if refused:
            raise CommandError(f"{refused} of {len(files)} files not imported; nothing of them was written.")

    def _report(self, path: Path, imported: Imported) -> None:
        if imported.reading:
            self.stdout.write(describe(imported.reading))
        public = "; visitors see the published guide until the draft is published" if imported.is_public else ""
        self.stdout.write(f"{path}: {imported.guide.slug} {imported.outcome}, draft{public}")

    def _publish(self, imported: Imported) -> None:
        try:
            publish(imported.guide)
        except NotReady as error:
            for problem in error.problems:
                self.stderr.write(f"  {imported.guide.slug}, {problem.where}: {problem.message}")
            raise CommandError(f"{imported.guide.slug} is not complete, so it was not published.") from error
        self.stdout.write(f"  {imported.guide.slug} published")
