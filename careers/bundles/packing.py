"""Working copies as a zip of guide files."""

import zipfile
from collections.abc import Callable, Iterable
from typing import IO

from pydantic import ValidationError

from careers.bundles.archive import REPORT
from careers.document import files, rows
from careers.models import Guide

AT_ONCE = 50  # guides read from the list at once
_DATE = (1980, 1, 1, 0, 0, 0)  # the same guides make the same bytes


def pack(guide_ids: Iterable[int], out: IO[bytes], *, tell: Callable[[int], None] = lambda done: None) -> list[str]:
    """Write guides/<slug>.yaml of each, and a report. Returns the slugs of those left out because their draft contradicts itself.

    `tell` hears how many are done, now and then.
    """
    left_out, done = [], 0
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for ids in _some(list(guide_ids)):
            for guide in Guide.objects.filter(pk__in=ids).select_related("field").order_by("slug"):
                try:
                    _add(archive, f"guides/{guide.slug}.yaml", files.dump(rows.read(guide)))
                except ValidationError as error:
                    left_out.append(f"{guide.slug}: {'; '.join(fault['msg'] for fault in error.errors())}")
                done += 1
            tell(done)
        _add(archive, REPORT, _report(done, left_out).encode())
    return [line.partition(":")[0] for line in left_out]


def _report(done: int, left_out: list[str]) -> str:
    lines = [f"{done - len(left_out)} guides of {done} are in guides/, as their drafts are now."]
    if left_out:
        lines += ["These are left out, because their drafts contradict themselves. Mend them in their forms:", *left_out]
    return "\n".join(lines) + "\n"


def _add(archive: zipfile.ZipFile, name: str, data: bytes) -> None:
    info = zipfile.ZipInfo(name, _DATE)
    info.compress_type, info.external_attr = zipfile.ZIP_DEFLATED, 0o644 << 16
    archive.writestr(info, data)


def _some(ids: list[int]) -> Iterable[list[int]]:
    return (ids[start : start + AT_ONCE] for start in range(0, len(ids), AT_ONCE))
