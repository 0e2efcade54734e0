"""Files that somebody keeps with an application: known by their bytes, stored in the database, never run or shown by us."""

import re
from dataclasses import dataclass
from io import BytesIO

from django.db import transaction
from django.db.models import Sum
from PIL import Image

from accounts.models import ApplicationDocument, DocumentFile, TrackedApplication, User
from accounts.models.tracked_parts import MAX_DOCUMENT
from accounts.models.tracking_words import DocumentKind
from jobs.applying.resume import MAX_STEM, ResumeRefused, read_resume
from jobs.reading.text import visible

MOST_FILES = 20  # of one application
MOST_BYTES = 200 * 1024 * 1024  # of one account
MAX_PIXELS = 50_000_000  # width times height; a phone's picture has 12 to 50 million
ENDINGS = {
    DocumentKind.PDF: ".pdf",
    DocumentKind.DOCX: ".docx",
    DocumentKind.TEXT: ".txt",
    DocumentKind.PNG: ".png",
    DocumentKind.JPEG: ".jpg",
    DocumentKind.WEBP: ".webp",
}
_PICTURES = {"PNG": DocumentKind.PNG, "JPEG": DocumentKind.JPEG, "WEBP": DocumentKind.WEBP}
_MARKS = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"RIFF")
UNKNOWN = "This is neither a PDF, DOCX or text file nor a picture that we know. Choose another file"


class DocumentRefused(Exception):
    """Why a file is not kept, in words for the person who chose it."""


@dataclass(frozen=True)
class Document:
    data: bytes
    kind: DocumentKind
    name: str


def read_document(data: bytes, name: str) -> Document:
    """Raises DocumentRefused. `name` is what the file was called; its ending becomes that of the content."""
    if not data:
        raise DocumentRefused("The file is empty. Choose another file")
    if len(data) > MAX_DOCUMENT:
        raise DocumentRefused(too_large(len(data)))
    if data.startswith((b"%PDF-", b"PK", b"\xd0\xcf\x11\xe0")):
        try:
            resume = read_resume(data, name)
        except ResumeRefused as reason:
            raise DocumentRefused(str(reason)) from reason
        kind = DocumentKind(resume.kind.value)
    else:
        kind = _picture(data) if data.startswith(_MARKS) else _text(data)
    return Document(data, kind, _safe(name, kind))


def too_large(size: int) -> str:
    """`size` in bytes."""
    return f"The file has {size / 1024**2:.1f} MB; at most {MAX_DOCUMENT // 1024**2} MB can be kept. Choose a smaller one"


@transaction.atomic
def keep(application: TrackedApplication, document: Document) -> ApplicationDocument:
    """Raises DocumentRefused when there is no room. The person's row is locked, so that two uploads do not share the last room."""
    User.objects.select_for_update(no_key=True).get(pk=application.user_id)
    if application.applicationdocuments.kept().count() >= MOST_FILES:
        raise DocumentRefused(f"An application keeps {MOST_FILES} files. Remove one first")
    all_files = ApplicationDocument.objects.filter(application__user=application.user_id)
    stored = all_files.aggregate(total=Sum("size"))["total"] or 0
    if stored + len(document.data) > MOST_BYTES:
        raise DocumentRefused(f"All your files together have {MOST_BYTES // 1024**2} MB. Removed ones count for 30 days")
    made = ApplicationDocument.objects.create(application=application, name=document.name, kind=document.kind, size=len(document.data))
    DocumentFile.objects.create(document=made, data=document.data)
    return made


def _picture(data: bytes) -> DocumentKind:
    """Read to its end, so that a damaged one is refused; a small file that unfolds to a huge picture before it does."""
    try:
        with Image.open(BytesIO(data), formats=list(_PICTURES)) as picture:
            if picture.width * picture.height > MAX_PIXELS:
                raise DocumentRefused("This picture has too many pixels. Make it smaller")
            picture.load()
            return _PICTURES[picture.format or ""]
    except (OSError, SyntaxError, ValueError, KeyError, Image.DecompressionBombError) as error:
        raise DocumentRefused("This picture is damaged or not complete. Save it again, then choose it here") from error


def _text(data: bytes) -> DocumentKind:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise DocumentRefused(UNKNOWN) from error
    if re.search("[\x00-\x08\x0e-\x1f]", text):
        raise DocumentRefused(UNKNOWN)
    return DocumentKind.TEXT


def _safe(name: str, kind: DocumentKind) -> str:
    """Letters, digits and a few signs of the name's last part, with the ending that the content has."""
    last = re.split(r"[/\\]", visible(name))[-1]
    stem = last.rpartition(".")[0] if "." in last else last
    plain = "".join(letter if letter.isalnum() or letter in "-_.() " else " " for letter in stem)
    return (" ".join(plain.split())[:MAX_STEM].strip(" .-") or "document") + ENDINGS[kind]
