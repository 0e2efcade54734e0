"""Compressed bodies, opened piece by piece, so that a bomb is noticed before it goes off."""

import zlib
from typing import Protocol

_WINDOW = {"gzip": 16 + zlib.MAX_WBITS, "x-gzip": 16 + zlib.MAX_WBITS, "deflate": zlib.MAX_WBITS}
_STEP = 1_000_000


class TooBig(Exception):
    """More bytes than the limit came out."""


class Unpacker(Protocol):
    @property
    def unconsumed_tail(self) -> bytes: ...
    @property
    def unused_data(self) -> bytes: ...
    @property
    def eof(self) -> bool: ...
    def decompress(self, data: bytes, max_length: int = 0, /) -> bytes: ...


def unpacker_of(encoding: str) -> Unpacker | None:
    """For the value of Content-Encoding; None when the body comes as it is. Raises ValueError for codings we did not ask for."""
    name = encoding.strip().lower()
    if name in {"", "identity"}:
        return None
    if name not in _WINDOW:
        raise ValueError(f"The answer is packed as {name[:40]}, which we did not ask for")
    return zlib.decompressobj(_WINDOW[name])


class Unpacked:
    """Gathers pieces, unpacked, up to `most` bytes. Raises TooBig beyond it and ValueError for what is broken or cut off."""

    def __init__(self, encoding: str, most: int) -> None:
        self._encoding = encoding
        self._unpacker = unpacker_of(encoding)
        self._most = most
        self._whole = bytearray()

    def add(self, piece: bytes) -> None:
        if self._unpacker is None:
            self._keep(piece)
            return
        while piece and self._unpacker:
            if self._unpacker.eof:  # a gzip file may have several parts
                self._unpacker = unpacker_of(self._encoding)
                continue
            self._step(self._unpacker, piece)
            piece = self._unpacker.unconsumed_tail or self._unpacker.unused_data

    def finish(self) -> bytes:
        while self._unpacker is not None and not self._unpacker.eof:
            if not self._step(self._unpacker, b""):
                raise ValueError("The compressed body breaks off")
        return bytes(self._whole)

    def _step(self, unpacker: Unpacker, piece: bytes) -> int:
        try:
            return self._keep(unpacker.decompress(piece, _STEP))
        except zlib.error as error:
            raise ValueError(f"The compressed body is broken: {error}") from None

    def _keep(self, piece: bytes) -> int:
        self._whole += piece
        if len(self._whole) > self._most:
            raise TooBig
        return len(piece)
