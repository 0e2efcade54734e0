from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from careers.document import files, rows
from careers.models import Guide


class Command(BaseCommand):
    help = "Write the working copy of a guide as a guide file, to standard output or to --output."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("slug")
        parser.add_argument("-o", "--output", type=Path, help="file to write; it is replaced whole or not at all")

    def handle(self, *args: Any, slug: str, output: Path | None, **options: Any) -> None:
        guide = Guide.objects.filter(slug=slug).first()
        if not guide:
            raise CommandError(f"There is no guide '{slug}'.")
        data = files.dump(rows.read(guide))
        if output is None:
            self.stdout.write(data.decode(), ending="")
            return
        part = output.with_name(output.name + ".part")
        try:
            part.write_bytes(data)
            part.replace(output)
        except OSError as error:
            raise CommandError(f"{output}: {error.strerror}") from error
        self.stdout.write(f"{output}: {len(data):,} bytes")
