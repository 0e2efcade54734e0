"""The prose of a document as HTML, by path: `what_you_do`, `tiers.0.text`."""

from collections.abc import Iterator

from pydantic import BaseModel

from careers.document.schema import Guide
from careers.document.types import IS_PROSE
from kit.markdown import to_html


def rendered(guide: Guide) -> dict[str, str]:
    """Path -> cleaned HTML of every prose field that says something. Made once, when a revision is published."""
    return {path: to_html(text) for path, text in texts(guide) if text}


def word_count(guide: Guide) -> int:
    """Words in all texts of the guide, lists included."""
    return len(" ".join(_strings(guide.model_dump())).split())


def texts(part: BaseModel, prefix: str = "") -> Iterator[tuple[str, str]]:
    """Path and Markdown of every prose field."""
    for name, info in type(part).model_fields.items():
        value, path = getattr(part, name), f"{prefix}{name}"
        if isinstance(value, str) and IS_PROSE in info.metadata:
            yield path, value
        elif isinstance(value, BaseModel):
            yield from texts(value, f"{path}.")
        elif isinstance(value, list):
            for number, item in enumerate(value):
                if isinstance(item, BaseModel):
                    yield from texts(item, f"{path}.{number}.")


def _strings(tree: object) -> Iterator[str]:
    if isinstance(tree, str):
        yield tree
    elif isinstance(tree, dict):
        for value in tree.values():
            yield from _strings(value)
    elif isinstance(tree, list):
        for value in tree:
            yield from _strings(value)
