"""Reading a zip that somebody sent, within bounds. Nothing of it is ever written to disk, so names in it can do no harm."""

import io
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

from careers.document.files import MAX_BYTES
from kit.text import one_line

MAX_ZIP = 30 * 1024 * 1024  # bytes
MAX_FILES = 2_000
MAX_UNPACKED = 200 * 1024 * 1024  # bytes of all files
REPORT = "report.txt"  # what we put beside the guides of an export
_INDEX = 4 * 1024 * 1024  # bytes of the list of files: 2,000 long names
_END, _END_64 = b"PK\x05\x06", b"PK\x06\x07"
_KINDS = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}  # others unpack in steps that cannot be bounded


class BundleRefused(ValueError):
    """The zip as a whole cannot be read. The message says why."""


@dataclass(frozen=True)
class Entry:
    """One file. `fault`: why it cannot be read; then there is no data."""

    name: str
    data: bytes = b""
    fault: str = ""


class Archive:
    """The files of a zip that may be guides, in its order. Raises BundleRefused where it is no zip, too large or encrypted."""

    def __init__(self, data: bytes) -> None:
        _check_index(data)
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except (zipfile.BadZipFile, NotImplementedError, UnicodeDecodeError, ValueError) as error:
            raise BundleRefused("This is not a zip file, or it is damaged.") from error
        self._files = [info for info in self._zip.infolist() if not _is_left_out(info)]
        if len(self._files) > MAX_FILES:
            raise BundleRefused(f"It holds {len(self._files):,} files; at most {MAX_FILES:,} can be read at once.")
        if any(info.flag_bits & 0x1 for info in self._files):
            raise BundleRefused("It is encrypted. Pack it again without a password.")
        if not self._files:
            raise BundleRefused("There are no files in it.")

    def __len__(self) -> int:
        return len(self._files)

    def entry(self, number: int) -> Entry:
        """Unpacks one file, at most a byte more than a guide may have."""
        info = self._files[number]
        name = one_line(info.filename, 300)
        if info.compress_type not in _KINDS:
            return Entry(name, fault="It is packed in a way that we do not read. Pack it as a usual zip.")
        try:
            with self._zip.open(info) as file:
                data = file.read(MAX_BYTES + 1)
        except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError, ValueError, zlib.error):
            return Entry(name, fault="It is damaged and cannot be unpacked.")
        if len(data) > MAX_BYTES:
            return Entry(name, fault=f"It has more than {MAX_BYTES:,} bytes, the most that a guide file may have.")
        if data.startswith(b"PK\x03\x04"):
            return Entry(name, fault="It is a zip itself. Put its files into this one.")
        return Entry(name, data)

    def entries(self) -> Iterator[Entry]:
        """All of them. Raises BundleRefused once more than MAX_UNPACKED has been unpacked, whatever the zip says of itself."""
        total = 0
        for number in range(len(self)):
            entry = self.entry(number)
            total += len(entry.data) if not entry.fault else MAX_BYTES
            if total > MAX_UNPACKED:
                raise BundleRefused(f"It unpacks to more than {MAX_UNPACKED // 1024**2} MB. Divide it into several.")
            yield entry


def _check_index(data: bytes) -> None:
    """Before the list of files is read: it may be made to fill the memory."""
    if len(data) > MAX_ZIP:
        raise BundleRefused(f"It has {len(data) / 1024**2:.1f} MB; at most {MAX_ZIP // 1024**2} MB can be read.")
    end = data.rfind(_END)
    if end < 0:
        raise BundleRefused("This is not a zip file, or it is damaged.")
    if int.from_bytes(data[end + 12 : end + 16], "little") > _INDEX or data[max(end - 20, 0) : end].startswith(_END_64):
        raise BundleRefused(f"It holds too many files; at most {MAX_FILES:,} can be read at once.")


def _is_left_out(info: zipfile.ZipInfo) -> bool:
    """Folders, what file managers add, and the report of an export."""
    steps = info.filename.replace("\\", "/").split("/")
    hidden = any(step == "__MACOSX" or (step.startswith(".") and step not in {".", ".."}) for step in steps)
    return info.is_dir() or hidden or info.filename == REPORT
