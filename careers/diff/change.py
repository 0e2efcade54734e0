"""What a diff consists of."""

from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple


class Kind(StrEnum):
    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"
    MOVED = "moved"  # the same words at another place of the list


class Word(NamedTuple):
    """A run of text: in both versions, or in one of them only (`kind` ADDED or REMOVED)."""

    kind: Kind | None
    text: str


@dataclass(frozen=True)
class Change:
    """One text, value, item or row. What is empty was or is not there.

    `words` of a changed text hold both versions with the difference marked. `parts` of a changed row are its fields.
    """

    name: str
    kind: Kind
    before: str = ""
    after: str = ""
    words: tuple[Word, ...] = ()
    parts: tuple["Change", ...] = ()


@dataclass(frozen=True)
class SectionChange:
    anchor: str  # of the page; empty for its head and margin
    title: str
    changes: tuple[Change, ...]
