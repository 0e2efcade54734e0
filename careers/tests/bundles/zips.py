"""Zips for tests."""

import io
import zipfile

from careers.document import files
from careers.tests.factories import complete_document


def zipped(entries, **options):
    """`entries`: name -> bytes or text; a pair for the same name twice."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", options.pop("compression", zipfile.ZIP_DEFLATED)) as archive:
        for name, data in entries.items() if isinstance(entries, dict) else entries:
            archive.writestr(name, data)
    return out.getvalue()


def guide_file(**changes):
    return files.dump(complete_document(**changes))


def many_files(count):
    return {f"guides/maker-{n}.yaml": guide_file(slug=f"maker-{n}", title=f"Maker {n}") for n in range(count)}
