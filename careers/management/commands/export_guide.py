import io
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from careers.bundles.archive import REPORT
from careers.bundles.packing import pack
from careers.document import files, rows
from careers.models import Guide


class Command(BaseCommand):
    help = "Write the working copy of a guide as a guide file, to standard output or to --output; or all guides into a zip."

    def add_arguments(self, parser: ArgumentParser) -> None:
        what = parser.add_mutually_exclusive_group(required=True)
        what.add_argument("slug", nargs="?")
        what.add_argument("--all", type=Path, metavar="FILE.zip", dest="archive", help="pack all guides into this zip")
        parser.add_argument("-o", "--output", type=Path, help="file to write; it is replaced whole or not at all")

    def handle(self, *args: Any, slug: str | None, output: Path | None, archive: Path | None, **options: Any) -> None:
        if archive is not None:
            self._export_all(archive)
        elif slug:
            self._export(slug, output)

    def _export_all(self, archive: Path) -> None:
        out = io.BytesIO()
        left_out = pack(Guide.objects.order_by("slug").values_list("pk", flat=True), out)
        self._write(archive, out.getvalue())
        for slug in left_out:
            self.stderr.write(f"{slug}: left out, because its draft contradicts itself (see {REPORT} in the zip)")

    def _export(self, slug: str, output: Path | None) -> None:
        guide = Guide.objects.filter(slug=slug).first()
        if not guide:
            raise CommandError(f"There is no guide '{slug}'.")
        data = files.dump(rows.read(guide))
        if output is None:
            self.stdout.write(data.decode(), ending="")
        else:
            self._write(output, data)

    def _write(self, output: Path, data: bytes) -> None:
        part = output.with_name(output.name + ".part")
        try:
            part.write_bytes(data)
            part.replace(output)
        except OSError as error:
            raise CommandError(f"{output}: {error.strerror}") from error
        self.stdout.write(f"{output}: {len(data):,} bytes")
