"""One item of a feed, read without ever meeting a wrong type, and the loop that turns items into listings."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from jobs.listing import MAX_EMPLOYER, MAX_TITLE, Listing, Rejected
from jobs.reading.addresses import web_address
from jobs.reading.text import one_line
from kit.text import fold

MAX_ID = 300
MAX_EMAIL = 254  # RFC 5321
MAX_SKILLS = 40
MAX_SKILL = 60


class Unusable(Exception):
    """An item lacks what every job needs. The message says what, in words for staff."""


class Item:
    """A JSON object, or what stands where one was expected. Asking for what is not there, or is of another type, gives nothing."""

    def __init__(self, value: object) -> None:
        self.fields: Mapping[str, Any] = value if isinstance(value, dict) else {}
        self.is_object = isinstance(value, dict)

    def get(self, *path: str) -> Any:
        """The value at a path of keys, as it is; None when it is not there."""
        value: Any = self.fields
        for key in path:
            value = value.get(key) if isinstance(value, dict) else None
        return value

    def text(self, *path: str, limit: int = 200) -> str:
        return one_line(self.get(*path), limit)

    def html(self, *path: str) -> str:
        value = self.get(*path)
        return value if isinstance(value, str) else ""

    def inner(self, *path: str) -> "Item":
        return Item(self.get(*path))

    def items(self, *path: str) -> "list[Item]":
        """Objects of a list; an object alone counts as a list of one."""
        value = self.get(*path)
        return [Item(one) for one in (value if isinstance(value, list) else [value]) if isinstance(one, dict)]

    # --- what every job needs
    def needed(self, *path: str, what: str, limit: int) -> str:
        """Text that a job cannot be without; `what` names it for staff. Raises Unusable."""
        if not (found := self.text(*path, limit=limit)):
            raise Unusable(f"it has no {what}")
        return found

    def title(self, *path: str) -> str:
        return self.needed(*path, what="title", limit=MAX_TITLE)

    def employer(self, *path: str) -> str:
        return self.needed(*path, what="employer", limit=MAX_EMPLOYER)

    def external_id(self, *path: str) -> str:
        return usable_id(self.needed(*path, what="id", limit=MAX_ID + 1))

    def apply_url(self, *path: str) -> str:
        return usable_address(self.get(*path))

    def apply_email(self, *path: str) -> str:
        """Empty where none is stated. Raises Unusable for one that is no address."""
        return usable_email(self.get(*path))


def usable_id(text: str) -> str:
    if len(text) > MAX_ID:
        raise Unusable(f"its id is longer than {MAX_ID} characters")
    return text


def usable_address(value: object) -> str:
    if not (address := web_address(value)):
        raise Unusable("its address to apply at is missing or not a web address that we link to")
    return address


def usable_email(value: object) -> str:
    if value is None or value == "":
        return ""
    try:
        validate_email(value if isinstance(value, str) and len(value) <= MAX_EMAIL else "")
    except ValidationError as error:
        raise Unusable("its email address to apply at is none") from error
    return str(value)


def skills_of(value: object) -> tuple[str, ...]:
    """From a list of texts: each once, whatever its case, in their order, the first forty."""
    texts = [one_line(one, MAX_SKILL + 1) for one in (value if isinstance(value, list) else [])]
    first = {fold(text): text for text in reversed(texts) if text and len(text) <= MAX_SKILL}
    return tuple(reversed(first.values()))[:MAX_SKILLS]


def listings(items: Iterable[object], read_one: Callable[[Item], Listing | None]) -> Iterator[Listing | Rejected]:
    """Each item as a listing, or as rejected with the reason. `read_one` gives None for items that are no job on offer.

    Lazy, and raises nothing: `read_one` may only raise Unusable, because Item never meets a wrong type.
    """
    for number, value in enumerate(items, 1):
        item = Item(value)
        try:
            listing = read_one(_object(item))
        except Unusable as reason:
            yield Rejected(_which(number, item), f"Left out because {reason}.")
            continue
        if listing is not None:
            yield listing


def _object(item: Item) -> Item:
    if not item.is_object:
        raise Unusable("it is not an object")
    return item


def _which(number: int, item: Item) -> str:
    names = (item.text(key, limit=80) for key in ("id", "external_id", "guid", "slug", "title", "jobTitle", "text", "name"))
    return " ".join([f"Item {number}", *dict.fromkeys(name for name in names if name)])[:200]
