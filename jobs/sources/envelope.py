"""What the JSON feeds have in common: a list of jobs somewhere in an envelope, and who hires where only the address says it."""

from typing import Any
from urllib.parse import unquote, urlsplit

from jobs.listing import UnreadableFeed
from jobs.reading.text import one_line
from jobs.sources.documents import json_of, kind_of, text_of
from jobs.sources.items import Item


def envelope_of(body: bytes, list_key: str) -> tuple[Item, list[Any]]:
    """The outer object and its list under `list_key`. Raises UnreadableFeed with what was found instead."""
    text = text_of(body)
    document = json_of(text)
    if not isinstance(document, dict):
        raise UnreadableFeed(f'Expected an object with a list "{list_key}" and found {_name(document, text)}.')
    if not isinstance(document.get(list_key), list):
        keys = ", ".join(sorted(one_line(key, 40) for key in document)[:10]) or "nothing"
        raise UnreadableFeed(f'Expected a list "{list_key}"; the answer has {keys}.')
    return Item(document), document[list_key]


def _name(document: object, text: str) -> str:
    return "a list" if isinstance(document, list) else kind_of(text)


def employer_in(address: str, *, after: str = "") -> str:
    """Who hires, for boards whose jobs do not say it: the words after "#" in the source's address, which staff may add
    ("…/postings/acme#Acme Robotics"), else the board's own name: the path's part after `after`, or its last.
    """
    parts = urlsplit(address)
    if parts.fragment:
        return one_line(unquote(parts.fragment), 200)
    path = [part for part in parts.path.split("/") if part]
    if after in path[:-1]:
        return one_line(unquote(path[path.index(after) + 1]), 200)
    return "" if after or not path else one_line(unquote(path[-1]), 200)
