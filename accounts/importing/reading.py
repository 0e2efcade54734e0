"""A file of unknown making as a table: its encoding, its separator, its lines. Nothing here knows what the cells mean."""

import csv
import re
from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE
from collections.abc import Iterator
from dataclasses import dataclass
from io import StringIO

from jobs.reading.text import visible

MAX_FILE = 1024 * 1024  # bytes
MAX_OWN_FILE = 5 * 1024 * 1024  # of our own export, which has whole ads in it
MAX_ROWS = 2_000
MAX_COLUMNS = 100
MAX_CELL = 200_000  # characters: an ad with all its words
SEPARATORS = (",", ";", "\t")

EMPTY = "The file is empty. Choose another one"
NO_TEXT = "This is no CSV file. Open it in your spreadsheet program and save it as CSV"
NO_HEADER = "The first line must name the columns, two at least, such as Title and Employer"


class FileRefused(Exception):
    """Why nothing can be made of a file, in words for the one who chose it."""


@dataclass(frozen=True)
class Line:
    """`number`: where it begins in the file, from 1, as an editor counts."""

    number: int
    cells: tuple[str, ...]


@dataclass(frozen=True)
class Sheet:
    encoding: str
    separator: str
    header: tuple[str, ...]
    lines: tuple[Line, ...]


def read_sheet(data: bytes) -> Sheet:
    """Raises FileRefused."""
    text, encoding = _decode(data)
    if not text.strip():
        raise FileRefused(EMPTY)
    text, stated = _stated_separator(text)
    separator = stated or _separator(text)
    lines = _lines(text, separator)
    header = next(lines, None)
    if header is None or len(header.cells) < 2 or not all(cell.strip() for cell in header.cells[:2]):
        raise FileRefused(NO_HEADER)
    if len(header.cells) > MAX_COLUMNS:
        raise FileRefused(f"The file has {len(header.cells):,} columns; at most {MAX_COLUMNS} can be read. Choose another one")
    names = tuple(" ".join(visible(cell).split())[:100] for cell in header.cells)
    return Sheet(encoding, separator, names, _at_most(lines, MAX_ROWS))


def _at_most(lines: Iterator[Line], most: int) -> tuple[Line, ...]:
    found: list[Line] = []
    for line in lines:
        if len(found) == most:
            raise FileRefused(f"The file has more than {most:,} rows. Divide it into several files")
        found.append(line)
    if not found:
        raise FileRefused("The file has a first line with names and nothing below it. Choose another one")
    return tuple(found)


def _decode(data: bytes) -> tuple[str, str]:
    """Text and the name of the encoding. What is no UTF-8 is taken for what Windows writes."""
    if data.startswith((BOM_UTF16_LE, BOM_UTF16_BE)):
        text, encoding = _strictly(data, "utf-16"), "UTF-16"
    elif half := _half_of_utf16(data):
        text, encoding = _strictly(data, half), "UTF-16"
    elif (plain := _strictly(data.removeprefix(BOM_UTF8), "utf-8")) is not None:
        text, encoding = plain, "UTF-8"
    else:
        text, encoding = _strictly(data, "cp1252"), "Windows-1252"
    if text is None or re.search("[\x00-\x08\x0e-\x1f]", text):
        raise FileRefused(NO_TEXT)
    return text, encoding


def _strictly(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return None


def _half_of_utf16(data: bytes) -> str:
    """UTF-16 without its mark: of Latin text every other byte is zero."""
    head = data[:200]
    for encoding, zeros in (("utf-16-le", head[1::2]), ("utf-16-be", head[::2])):
        if len(head) >= 4 and zeros.count(0) > len(zeros) * 0.8 and len(data) % 2 == 0:
            return encoding
    return ""


def _stated_separator(text: str) -> tuple[str, str]:
    """Some spreadsheets write `sep=;` above the header."""
    if found := re.match(r"sep=([,;\t])\r?\n", text, re.IGNORECASE):
        return "\n" + text[found.end() :], found[1]  # the line stays, empty, so that lines keep their numbers
    return text, ""


def _separator(text: str) -> str:
    """The one that divides the first line into most columns."""
    first = next((line for line in text.splitlines() if line.strip()), "")
    counts = {separator: len(next(csv.reader([first], delimiter=separator), [])) for separator in SEPARATORS}
    return max(SEPARATORS, key=lambda separator: counts[separator])


def _lines(text: str, separator: str) -> Iterator[Line]:
    """Without those that are empty. A quotation mark that is never closed ends in an error, not in one huge cell."""
    before = csv.field_size_limit(MAX_CELL)
    reader = csv.reader(StringIO(text, newline=""), delimiter=separator, strict=True)
    last = 0
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                yield Line(last + 1, tuple(cells))
            last = reader.line_num
    except csv.Error as error:
        raise FileRefused(f'Line {last + 1:,} cannot be read: look for a quotation mark (") that is not closed or stands alone') from error
    finally:
        csv.field_size_limit(before)
