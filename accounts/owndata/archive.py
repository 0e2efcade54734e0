"""The zip file: README, everything as one JSON file, each part as a CSV file, and the files that the person gave us.

`data.json`: {"format": "waymark-export", "version": 1, "site": …, "made_at": …, "parts": {name: [{column: value, …}, …], …}}.
A change that could break who reads it raises the version; new parts and columns do not.
"""

import csv
import json
import tempfile
import zipfile
from collections.abc import Sequence
from io import TextIOWrapper
from typing import IO

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.template.loader import render_to_string
from django.utils import timezone

from accounts.models import User
from accounts.owndata.cells import cell
from accounts.owndata.part import Part

FORMAT = "waymark-export"
VERSION = 1
CHUNK = 256 * 1024  # bytes copied at once


def write_archive(user: User, parts: Sequence[Part], out: IO[bytes]) -> None:
    """Each part is read once; nothing but one batch of rows, or one file, is in memory."""
    with tempfile.TemporaryFile("w+", encoding="utf-8") as data, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("README.txt", render_to_string("accounts/export_readme.txt", {"parts": parts, "site_name": settings.SITE_NAME}))
        _begin(data)
        for number, part in enumerate(parts):
            data.write(",\n" * bool(number))
            _write_part(user, part, archive, data)
        data.write("}}\n")
        _add(archive, data)
        for part in parts:
            for path, content in part.files(user):
                archive.writestr(_entry(path), content, zipfile.ZIP_STORED)  # PDF and DOCX are compressed already


def _begin(data: IO[str]) -> None:
    head = {"format": FORMAT, "version": VERSION, "site": settings.SITE_URL, "made_at": timezone.now()}
    data.write(json.dumps(head, cls=DjangoJSONEncoder).removesuffix("}") + ', "parts": {\n')


def _write_part(user: User, part: Part, archive: zipfile.ZipFile, data: IO[str]) -> None:
    """To both files at once, so that they never differ. The mark at the beginning makes spreadsheets read UTF-8."""
    data.write(f"{json.dumps(part.name)}: [")
    raw = archive.open(_entry(f"{part.name}.csv"), "w", force_zip64=True)
    with raw, TextIOWrapper(raw, encoding="utf-8-sig", newline="") as text:
        sheet = csv.writer(text)
        sheet.writerow(part.columns)
        for number, row in enumerate(part.rows(user)):
            sheet.writerow([cell(value) for value in row])
            named = dict(zip(part.columns, row, strict=True))
            data.write(",\n" * bool(number) + json.dumps(named, ensure_ascii=False, cls=DjangoJSONEncoder))
    data.write("]")


def _add(archive: zipfile.ZipFile, data: IO[str]) -> None:
    data.seek(0)
    with archive.open(_entry("data.json"), "w", force_zip64=True) as raw:
        while piece := data.read(CHUNK):
            raw.write(piece.encode())


def _entry(path: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(path, timezone.now().timetuple()[:6])
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.external_attr = 0o600 << 16
    return entry
