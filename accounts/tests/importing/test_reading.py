"""Any file that people have becomes a table, or is refused in words that help."""

import pytest

from accounts.importing.reading import MAX_ROWS, FileRefused, read_sheet

TEXT = "Title,Employer\r\nZoë’s sails,Größe\r\n"


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        (TEXT.encode(), "UTF-8"),
        (TEXT.encode("utf-8-sig"), "UTF-8"),
        (TEXT.encode("utf-16"), "UTF-16"),
        (b"\xfe\xff" + TEXT.encode("utf-16-be"), "UTF-16"),
        (TEXT.encode("utf-16-le"), "UTF-16"),
        (TEXT.encode("utf-16-be"), "UTF-16"),
        (TEXT.encode("cp1252"), "Windows-1252"),
    ],
)
def test_every_encoding_that_spreadsheets_write(data, encoding):
    sheet = read_sheet(data)
    assert sheet.encoding == encoding
    assert sheet.header == ("Title", "Employer")
    assert sheet.lines[0].cells == ("Zoë’s sails", "Größe")


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_every_separator_and_line_end(separator, end):
    text = end.join([f"Title{separator}Employer{separator}Note", f'A{separator}B{separator}"1, 2; 3"', ""])
    sheet = read_sheet(text.encode())
    assert sheet.separator == separator
    assert sheet.lines[0].cells == ("A", "B", "1, 2; 3")


def test_a_stated_separator_goes_before_the_guess_and_lines_keep_their_numbers():
    sheet = read_sheet(b"sep=;\r\nTitle;a,b,c,d\r\nA;1\r\n")
    assert sheet.header == ("Title", "a,b,c,d")
    assert sheet.lines[0].number == 3


def test_lines_are_counted_as_an_editor_counts_them():
    sheet = read_sheet(b'Title,Note\nA,"two\nlines"\n\n,\nB,one\n')
    assert [(line.number, line.cells[0]) for line in sheet.lines] == [(2, "A"), (6, "B")]


def test_as_many_rows_as_promised_and_no_more():
    rows = "A,B\n" * MAX_ROWS
    assert len(read_sheet(f"Title,Employer\n{rows}".encode()).lines) == MAX_ROWS
    with pytest.raises(FileRefused, match="more than 2,000 rows"):
        read_sheet(f"Title,Employer\n{rows}A,B\n".encode())


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "empty"),
        (b" \r\n\n", "empty"),
        (b"\xef\xbb\xbf", "empty"),
        (b"PK\x03\x04" + bytes(300), "no CSV"),
        (b"%PDF-1.7\n\x00\x01\xff\xfe", "no CSV"),
        (b"\x89PNG\r\n\x1a\n" + bytes(50), "no CSV"),
        (b"Title,Employer\nA\x00,B\n", "no CSV"),
        (b"Title,Employer\n\x81\x8d,B\n", "no CSV"),
        ("Title,Employer\n".encode("utf-16") + b"\xd8", "no CSV"),
        (b"\xff\xfe\x00\xd8\x41\x00", "no CSV"),
        (b"just words\nmore words\n", "first line"),
        (b",,\nA,B\n", "first line"),
        (b"Title,Employer\n", "nothing below"),
        (b'Title,Employer\nA,"never closed\nB,C\n', "Line 2 cannot be read"),
        (b'Title,Employer\nA,B\nC,"x"y\n', "Line 3 cannot be read"),
        (b"Title,Employer\n" + b"x" * 300_000 + b",B\n", "Line 2 cannot be read"),
        (b"Title" + b",x" * 200 + b"\nA\n", "201 columns"),
        (b"Title\x1b[31m,Employer\nA,B\n", "no CSV"),
    ],
)
def test_what_cannot_be_read_is_refused_with_the_reason(data, words):
    with pytest.raises(FileRefused, match=words):
        read_sheet(data)
