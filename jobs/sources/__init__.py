"""Readers of job feeds, one small module for each kind of source. They touch no database and no network."""

from collections.abc import Mapping
from typing import Protocol

from jobs.choices import SourceKind
from jobs.listing import Feed
from jobs.sources import arbeitnow, ashby, file, greenhouse, himalayas, jobicy, jobposting, lever, remotive, weworkremotely


class Reader(Protocol):
    def __call__(self, body: bytes, *, address: str) -> Feed:
        """What an answer of this kind of source holds. Raises UnreadableFeed when it is something else."""


_READERS: Mapping[SourceKind, Reader] = {
    SourceKind.JOBICY: jobicy.read,
    SourceKind.REMOTIVE: remotive.read,
    SourceKind.ARBEITNOW: arbeitnow.read,
    SourceKind.HIMALAYAS: himalayas.read,
    SourceKind.GREENHOUSE: greenhouse.read,
    SourceKind.LEVER: lever.read,
    SourceKind.ASHBY: ashby.read,
    SourceKind.WEWORKREMOTELY: weworkremotely.read,
    SourceKind.JOBPOSTING: jobposting.read,
    SourceKind.FILE: file.read,
}


def reader_of(kind: SourceKind) -> Reader:
    return _READERS[kind]
