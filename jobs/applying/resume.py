"""Is an upload a resume that an employer can open? Decided by its bytes; name and declared type are not asked.

Nothing is rendered or parsed in depth: these are the marks that every reader needs to find, in the places where it looks.
"""

import hashlib
import re
import zipfile
import zlib
from dataclasses import dataclass
from io import BytesIO

from jobs.choices import FileKind
from jobs.models.application import MAX_RESUME
from jobs.reading.text import visible

MAX_ENTRIES = 2000  # files inside a DOCX; Word's own have a few dozen
MAX_UNPACKED = 50 * 1024 * 1024  # bytes of all of them
MAX_HEAD = 64 * 1024  # of a part that is looked into
TAIL = 1024  # bytes at the end in which a PDF's last words stand (ISO 32000-1, note 18 of Annex H)
MAX_STEM = 80
MAX_MB = MAX_RESUME // 1024**2
EXTENSIONS = {FileKind.PDF: ".pdf", FileKind.DOCX: ".docx"}

NEITHER = "This is neither a PDF nor a DOCX file, whatever its name says. Choose another file"
DAMAGED = "This {} file is damaged or not complete. Save it again, then choose it here"

_ENCRYPTED = re.compile(rb"/Encrypt\s*(?:\d+\s+\d+\s+R|<<)")
_LAST_WORDS = re.compile(rb"startxref\s+(\d{1,10})\s+%%EOF[\s\0]*\Z")
_ZIP_END = b"PK\x05\x06"
_MAIN_PART = b"wordprocessingml.document.main+xml"
_ACTIVE = re.compile(r"(vbaproject|vbadata|activex|oleobject)", re.IGNORECASE)


class ResumeRefused(Exception):
    """Why a file is no resume that we send, in words for the person who chose it."""


@dataclass(frozen=True)
class Resume:
    data: bytes
    kind: FileKind
    file_name: str

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.data).hexdigest()


def read_resume(data: bytes, name: str) -> Resume:
    """Raises ResumeRefused. `name` is what the file was called; what is unsafe in it is dropped."""
    if not data:
        raise ResumeRefused("The file is empty. Choose another file")
    if len(data) > MAX_RESUME:
        raise ResumeRefused(too_large(len(data)))
    kind = _kind(data)
    return Resume(data, kind, safe_name(name, kind))


def too_large(size: int) -> str:
    """`size` in bytes."""
    return f"The file has {size / 1024**2:.1f} MB; at most {MAX_MB} MB can be sent. Choose a smaller one"


def safe_name(name: str, kind: FileKind) -> str:
    """Letters, digits and a few signs of the name's last part, with the ending that the content has."""
    last = re.split(r"[/\\]", visible(name))[-1]
    stem = last.rpartition(".")[0] if "." in last else last
    plain = "".join(letter if letter.isalnum() or letter in "-_.() " else " " for letter in stem)
    return (" ".join(plain.split())[:MAX_STEM].strip(" .-") or "resume") + EXTENSIONS[kind]


def _kind(data: bytes) -> FileKind:
    if data.startswith(b"%PDF-"):
        _refuse_pdf(data)
        return FileKind.PDF
    if data.startswith(b"PK\x03\x04"):
        _refuse_docx(data)
        return FileKind.DOCX
    if data.startswith(b"\xd0\xcf\x11\xe0"):  # the older Word's format; a DOCX with a password looks like this too
        raise ResumeRefused("This is an old Word file or one with a password. Save it as DOCX or PDF without one")
    raise ResumeRefused(NEITHER)


def _refuse_pdf(data: bytes) -> None:
    """One PDF from the first byte to the last: begins with its mark, ends with its trailer, and opens without a password."""
    end = _LAST_WORDS.search(data, max(0, len(data) - TAIL))
    if not end or int(end[1]) >= len(data) or b"/Root" not in data:
        raise ResumeRefused(DAMAGED.format("PDF"))
    if _ENCRYPTED.search(data):
        raise ResumeRefused("This PDF is encrypted, so the employer may not be able to open it. Save it without a password")
    if _ZIP_END in data[-(65_536 + 22) :]:  # a ZIP file may hide at the end of another one
        raise ResumeRefused(NEITHER)


def _refuse_docx(data: bytes) -> None:
    if data[-22:-18] != _ZIP_END:  # nothing after its end, no comment
        raise ResumeRefused(DAMAGED.format("DOCX"))
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            _refuse_archive(archive)
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError, ValueError, OSError) as error:
        raise ResumeRefused(DAMAGED.format("DOCX")) from error


def _refuse_archive(archive: zipfile.ZipFile) -> None:
    entries = archive.infolist()
    names = {entry.filename for entry in entries}
    if not {"[Content_Types].xml", "word/document.xml"} <= names:
        raise ResumeRefused(NEITHER)
    if len(entries) > MAX_ENTRIES or sum(entry.file_size for entry in entries) > MAX_UNPACKED:
        raise ResumeRefused(f"This file unpacks to more than {MAX_UNPACKED // 1024**2} MB. Save it as PDF")
    if any(entry.flag_bits & 0x1 for entry in entries):
        raise ResumeRefused("This file has a password, so the employer could not open it. Save it without one")
    if len(names) < len(entries) or any(_leads_out(name) for name in names):
        raise ResumeRefused(DAMAGED.format("DOCX"))
    types, document = (_head(archive, name) for name in ("[Content_Types].xml", "word/document.xml"))
    if any(_ACTIVE.search(name) for name in names) or b"macroEnabled" in types:
        raise ResumeRefused("This file holds macros or embedded programs. Save it as DOCX without them, or as PDF")
    if _MAIN_PART not in types or b"<!DOCTYPE" in types + document or b":document" not in document:
        raise ResumeRefused(DAMAGED.format("DOCX"))


def _leads_out(name: str) -> bool:
    return name.startswith("/") or "\\" in name or ".." in name.split("/")


def _head(archive: zipfile.ZipFile, name: str) -> bytes:
    with archive.open(name) as part:
        return part.read(MAX_HEAD)
