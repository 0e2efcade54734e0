"""What a gate finds, in words an editor can act on."""

from collections.abc import Iterator
from dataclasses import dataclass

Found = Iterator[tuple[str, str]]  # where, message


@dataclass(frozen=True)
class Problem:
    """`where` is a section anchor of the page, or the name of a field of the form."""

    where: str
    message: str
