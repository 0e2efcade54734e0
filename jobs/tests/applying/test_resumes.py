"""A resume is a PDF or DOCX by its bytes, whatever its name and declared type say."""

import tracemalloc
import zipfile
from io import BytesIO

import pytest

from jobs.applying.resume import MAX_RESUME, ResumeRefused, read_resume, safe_name
from jobs.choices import FileKind
from jobs.tests.files import TYPES, docx, pdf, zipped

PDF, DOCX = FileKind.PDF, FileKind.DOCX


def refused(data, name="resume.pdf"):
    with pytest.raises(ResumeRefused) as reason:
        read_resume(data, name)
    words = str(reason.value)
    assert 10 < len(words) < 150
    return words


@pytest.mark.parametrize(
    "data",
    [pdf(), pdf(after=b"\r\n\0\0"), pdf(text="/Encrypt me"), pdf().replace(b"%PDF-1.4", b"%PDF-2.0"), pdf(padding=MAX_RESUME - 2000)],
    ids=["plain", "trailing white space", "speaks of encryption", "2.0", "almost 5 MB"],
)
def test_a_pdf_is_taken(data):
    resume = read_resume(data, "Ada.docx")
    assert (resume.kind, resume.data, resume.file_name) == (PDF, data, "Ada.pdf")


def test_a_pdf_that_was_changed_and_saved_again_is_taken():
    first = pdf()
    again = first + b"6 0 obj\n<<>>\nendobj\nxref\n0 0\ntrailer\n<< /Root 1 0 R /Prev 9 >>\nstartxref\n%d\n%%%%EOF\n" % (len(first) + 20)
    assert read_resume(again, "a.pdf").kind == PDF


@pytest.mark.parametrize(
    "data",
    [docx(), docx(word__styles_xml="<w:styles/>", word__media__image1_png=b"\x89PNG"), docx(word__embeddings__Sheet1_xlsx=b"PK")],
    ids=["plain", "with parts", "with a chart"],
)
def test_a_docx_is_taken(data):
    resume = read_resume(data, "Ada.exe")
    assert (resume.kind, resume.data, resume.file_name) == (DOCX, data, "Ada.docx")


NONE_AT_ALL = {
    "program": b"MZ\x90\x00" + b"\0" * 300,
    "elf": b"\x7fELF" + b"\0" * 300,
    "html": b"<!doctype html><script>alert(1)</script>",
    "picture": b"\x89PNG\r\n\x1a\n" + b"\0" * 300,
    "text": "My résumé".encode(),
    "rtf": b"{\\rtf1 Resume}",
    "script before a pdf": b"#!/bin/sh\n" + pdf(),
    "page before a pdf": b"<script>alert(1)</script>" + pdf(),
    "program before a docx": b"MZ" + docx(),
    "zip": zipped({"a.txt": "a"}),
    "spreadsheet": zipped({"[Content_Types].xml": TYPES, "xl/workbook.xml": "<x/>"}),
    "open document": zipped({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": "<x/>"}),
    "java archive": zipped({"META-INF/MANIFEST.MF": "", "A.class": b"\xca\xfe\xba\xbe"}),
}


@pytest.mark.parametrize("what", NONE_AT_ALL)
def test_another_file_with_the_name_of_a_resume_is_refused(what):
    assert "neither a PDF nor a DOCX" in refused(NONE_AT_ALL[what])


@pytest.mark.parametrize(
    "data", [b"%PDF-", b"%PDF-1.4\nhello", pdf()[:-30], pdf() + b"<script>alert(1)</script>", pdf().replace(b"/Root", b"/Boot")]
)
def test_a_pdf_that_is_not_whole_is_refused(data):
    assert "damaged or not complete" in refused(data)


def test_a_pdf_whose_trailer_points_outside_is_refused():
    text = pdf()
    place = text.rindex(b"startxref\n") + 10
    assert "damaged" in refused(text[:place] + b"999999999\n%%EOF\n")


@pytest.mark.parametrize("trailer", ["/Encrypt 9 0 R", "/Encrypt << /Filter /Standard >>", "/Encrypt\n9 0 R"])
def test_an_encrypted_pdf_is_refused(trailer):
    assert "encrypted" in refused(pdf(trailer=trailer))


def test_two_files_in_one_are_refused():
    """A PDF to those who read from the front, a ZIP archive to those who read from the end."""
    hidden = zipped({"a.exe": b"MZ" * 50})
    both = pdf() + hidden[:-2] + b"\x20\x00"
    both += b"\nstartxref\n9\n%%EOF\n".rjust(0x20, b" ")
    assert zipfile.is_zipfile(BytesIO(both))
    assert "neither" in refused(both)
    assert "damaged" in refused(docx() + pdf())
    assert "damaged" in refused(docx(comment=b"startxref 9 %%EOF"))


@pytest.mark.parametrize("data", [b"PK\x03\x04", docx()[:-10], docx()[:200], docx() + b"more", docx()[:40] + b"\xff" * 60 + docx()[100:]])
def test_a_docx_that_is_not_whole_is_refused(data):
    assert "damaged" in refused(data)


MACROS = TYPES.replace("openxmlformats-officedocument.wordprocessingml.document.main", "ms-word.document.macroEnabled.main")
ACTIVE = {
    "macros": docx(word__vbaProject_bin=b"\xd0\xcf"),
    "macros in capitals": docx(word__VBAPROJECT_BIN=b"\xd0\xcf"),
    "macros elsewhere": docx(customXml__vbaProject_bin=b"\xd0\xcf"),
    "declared macros": docx(types=MACROS),
    "controls": docx(word__activeX__activeX1_xml="<x/>"),
    "embedded program": docx(word__embeddings__oleObject1_bin=b"MZ"),
}


@pytest.mark.parametrize("what", ACTIVE)
def test_a_docx_with_programs_is_refused(what):
    assert "macros or embedded programs" in refused(ACTIVE[what])


@pytest.mark.parametrize(
    "data",
    [
        docx(types="<Types/>"),
        docx(document="nothing"),
        docx(document='<!DOCTYPE a [<!ENTITY b "c">]><w:document/>'),
        docx(document="<w:document/>".encode("utf-16")),
        zipped({"[Content_Types].xml": TYPES, "word/document.xml": "<w:document/>", "../../etc/passwd": "x"}),
        zipped({"[Content_Types].xml": TYPES, "word/document.xml": "<w:document/>", "/etc/passwd": "x"}),
    ],
    ids=["no main part", "no document", "entities", "another encoding", "leads out", "from the root"],
)
def test_a_docx_of_another_shape_is_refused(data):
    assert "damaged" in refused(data)


def test_two_parts_of_one_name_are_refused():
    out = BytesIO(docx())
    with pytest.warns(UserWarning, match="Duplicate"), zipfile.ZipFile(out, "a") as archive:
        archive.writestr("word/document.xml", "<w:document/>")
    assert "damaged" in refused(out.getvalue())


def bomb(size):
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", TYPES)
        with archive.open("word/document.xml", "w", force_zip64=False) as part:
            for _ in range(size // 1_000_000):
                part.write(b" " * 1_000_000)
    return out.getvalue()


def test_a_bomb_is_refused_without_being_unpacked():
    data = bomb(500_000_000)
    assert len(data) < MAX_RESUME
    tracemalloc.start()
    assert "unpacks to more than 50 MB" in refused(data)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 5_000_000


def test_a_bomb_that_lies_about_its_size_is_not_unpacked_either():
    data = bytearray(bomb(100_000_000))
    true = (100_000_000).to_bytes(4, "little")
    assert true in data
    data = bytes(data).replace(true, (100).to_bytes(4, "little"))
    tracemalloc.start()
    refused(data)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 5_000_000


def test_thousands_of_parts_are_refused():
    assert "unpacks" in refused(docx(**{f"a{n}": "" for n in range(2100)}))


def test_a_docx_with_a_password_is_refused():
    data = bytearray(docx())
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = data.find(mark)
        while at >= 0:
            data[at + place] |= 1
            at = data.find(mark, at + 4)
    assert "password" in refused(bytes(data))


def test_an_old_word_file_is_told_what_to_do():
    assert "old Word file" in refused(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 500, "a.doc")


def test_an_empty_file_and_one_that_is_too_large_are_refused():
    assert "empty" in refused(b"")
    assert "6.0 MB; at most 5 MB" in refused(pdf(padding=6 * 1024 * 1024 - 600))


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("Ada Lovelace (2026).pdf", "Ada Lovelace (2026).pdf"),
        ("../../etc/passwd", "passwd.pdf"),
        ("C:\\Users\\ada\\cv.docx", "cv.pdf"),
        ("cv.pdf.exe", "cv.pdf.pdf"),
        ("résumé 漢字.PDF", "résumé 漢字.pdf"),
        ("a\r\nBcc: x@y.pdf", "a Bcc x y.pdf"),
        ('"><script>.pdf', "script.pdf"),
        ("\u202efdp.exe", "fdp.pdf"),
        ("a\0b.pdf", "ab.pdf"),
        (".pdf", "resume.pdf"),
        ("...", "resume.pdf"),
        ("", "resume.pdf"),
        ("x" * 400 + ".pdf", "x" * 80 + ".pdf"),
    ],
)
def test_of_a_name_what_is_safe_is_kept(name, safe):
    assert safe_name(name, PDF) == safe
