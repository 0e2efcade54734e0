"""Files that come with a form: kept in memory up to a bound, and read to their end beyond it so that the answer arrives."""

from collections.abc import Callable
from io import BytesIO
from typing import Any, TypeVar

from django.core.files.uploadedfile import InMemoryUploadedFile
from django.core.files.uploadhandler import FileUploadHandler
from django.http import HttpRequest

V = TypeVar("V", bound=Callable[..., Any])
MAX_KEPT = 6 * 1024 * 1024  # bytes of all files of one request: the largest that a form takes, and some


def takes_more(most: int, may: Callable[[HttpRequest], bool]) -> Callable[[V], V]:
    """Decorator of the outermost view: files of so many bytes together are kept for those who `may`; for others MAX_KEPT holds."""

    def mark(view: V) -> V:
        view.most_kept = lambda request: most if may(request) else MAX_KEPT  # type: ignore[attr-defined]  # read by _most
        return view

    return mark


def _most(request: HttpRequest | None) -> int:
    """The address is resolved before anything reads the body."""
    match = getattr(request, "resolver_match", None)
    most = getattr(match.func, "most_kept", None) if match else None
    return most(request) if most and request else MAX_KEPT


class BoundedUploadHandler(FileUploadHandler):
    """What goes beyond MAX_KEPT is thrown away, never written to disk. The file then comes with its true size and no content.

    So forms can say beside the field that it is too large, and lose nothing that was typed. This holds for every form of
    the site, but where a view `takes_more`: the CSRF check reads a body before any view can refuse it.
    """

    chunk_size = 64 * 1024

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kept = 0
        self.most = _most(self.request)
        self.file = BytesIO()

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        self.file = BytesIO()

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        self.kept += len(raw_data)
        if self.kept > self.most:
            self.file = BytesIO()
        else:
            self.file.write(raw_data)
        return None

    def file_complete(self, file_size: int) -> InMemoryUploadedFile:
        self.file.seek(0)
        return InMemoryUploadedFile(
            file=self.file,
            field_name=self.field_name,
            name=self.file_name or "",
            content_type=self.content_type or "",
            size=file_size,
            charset=self.charset,
            content_type_extra=self.content_type_extra,
        )
