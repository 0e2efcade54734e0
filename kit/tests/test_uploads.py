"""Uploads stay in memory, and what is too large is thrown away without losing the rest of the form."""

import tracemalloc
from io import StringIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.files.uploadhandler import FileUploadHandler
from django.test import RequestFactory

from kit.uploads import MAX_KEPT


def posted(**files):
    return RequestFactory().post("/", {"name": "Ada", **{key: SimpleUploadedFile(f"{key}.bin", data) for key, data in files.items()}})


def test_a_file_comes_whole_with_its_name():
    request = posted(a=b"abc" * 1000, b=b"")
    assert request.FILES["a"].read() == b"abc" * 1000
    assert (request.FILES["a"].name, request.FILES["a"].size, request.FILES["b"].size) == ("a.bin", 3000, 0)
    assert request.POST["name"] == "Ada"


@pytest.mark.parametrize("size", [MAX_KEPT + 1, 3 * MAX_KEPT])
def test_of_one_that_is_too_large_the_size_comes_and_the_form(size):
    request = posted(a=b"x" * size)
    assert (request.FILES["a"].size, request.FILES["a"].read(), request.POST["name"]) == (size, b"", "Ada")


def test_many_files_together_keep_to_the_bound():
    request = posted(**{f"f{n}": b"x" * 2_000_000 for n in range(5)})
    assert sum(len(file.read()) for file in request.FILES.values()) <= MAX_KEPT
    assert [file.size for file in request.FILES.values()] == [2_000_000] * 5


def test_memory_does_not_grow_with_what_is_sent():
    request = posted(a=b"x" * 30_000_000)
    tracemalloc.start()
    assert request.FILES["a"].size == 30_000_000
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 3 * MAX_KEPT


def test_the_handler_is_the_only_one(settings):
    assert settings.FILE_UPLOAD_HANDLERS == ["kit.uploads.BoundedUploadHandler"]
    assert issubclass(type(RequestFactory().post("/").upload_handlers[0]), FileUploadHandler)


def test_the_terminal_shows_a_mail_without_the_bytes_of_its_file():
    from django.core.mail import EmailMessage

    from kit.mail.console import ConsoleBackend

    message = EmailMessage("Kite", "It flies.", to=["a@example.org"])
    message.attach("resume.pdf", b"%PDF-" + b"x" * 100_000, "application/pdf")
    out = ConsoleBackend(stream=(terminal := StringIO())).send_messages([message])
    assert out == 1
    assert "Attached: resume.pdf, application/pdf, 100,005 bytes" in terminal.getvalue()
    assert len(terminal.getvalue()) < 1000
    assert len(message.attachments) == 1
