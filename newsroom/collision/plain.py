"""A field of a guide document as plain text, for two people to compare."""

from enum import Enum
from typing import Any

from careers.document import schema
from careers.page.changes import FIELDS

HEAD = {
    "title": "Title",
    "plural": "Plural",
    "aliases": "Other titles",
    "field": "Field of work",
    "codes": "Codes",
    "standfirst": "Standfirst",
    "intro": "Opening paragraph",
    "short_version": "Short version",
    "time_to_start": "Months to start",
    "remote": "Remote work",
    "notes": "Notes in the margin",
}


def label(name: str) -> str:
    """Of a document field, in the words of the form and the page."""
    if name in HEAD:
        return HEAD[name]
    section = next((section.label for section, names in FIELDS.items() if name in names), name)
    return f"{section}: text" if name.endswith("_text") else section


def plain(document: schema.Guide, name: str) -> str:
    return "\n".join(_lines(document.model_dump()[name], "")) or "(empty)"


def _lines(value: Any, indent: str) -> list[str]:
    match value:
        case None | "" | [] | False:
            return []
        case Enum():
            return [f"{indent}{getattr(value, 'label', value.value)}"]
        case dict():
            return [line for key, item in value.items() for line in _named(key, item, indent)]
        case list():
            return [line for item in value for line in _item(item, indent)]
        case _:
            return [f"{indent}{line}" for line in str(value).splitlines()]


def _named(key: str, value: Any, indent: str) -> list[str]:
    lines = _lines(value, f"{indent}  ")
    name = key.replace("_", " ")
    return [f"{indent}{name}: {lines[0].strip()}"] if len(lines) == 1 else [f"{indent}{name}:", *lines] if lines else []


def _item(item: Any, indent: str) -> list[str]:
    lines = _lines(item, f"{indent}  ")
    return [f"{indent}- {lines[0].strip()}", *lines[1:]] if lines else []
