"""Sections that are one text or one list."""

from collections.abc import Callable

from careers.document.schema import Group, Skills
from careers.seedtext.lines import Body, Found, list_entries
from careers.seedtext.words import count

Reader = Callable[[Body], Found]


def prose(name: str, inner: str | None = None) -> Reader:
    """The section's paragraphs as the field `name`, or as `name.inner`."""

    def read(body: Body) -> Found:
        words = paragraphs(len(body.lines))
        text = body.prose()
        return Found(words, {name: {inner: text} if inner else text} if text else {})

    return read


def lines(name: str) -> Reader:
    def read(body: Body) -> Found:
        items = body.items()
        return Found(count(len(items), "item"), {name: items})

    return read


def group(name: str) -> Reader:
    """One group without a heading; editors sort the items into groups."""

    def read(body: Body) -> Found:
        items = body.items()
        return Found(count(len(items), "item"), {name: [Group(items=items)]} if items else {})

    return read


def skills(name: str) -> Reader:
    """A list of names. Paragraphs beside them are the text of the section."""

    def read(body: Body) -> Found:
        entries, others = list_entries(body.take_all())
        text, items = body.prose(others), body.distinct(entries)
        return Found(count(len(items), "item"), {name: Skills(text=text, items=items)})

    return read


def heading_only(body: Body) -> Found:
    return Found("heading over the sections that follow")


def nothing(why: str) -> Reader:
    """Headings whose entries the guide does not take from a page."""

    def read(body: Body) -> Found:
        body.leave(body.take_all(), why)
        return Found("0 items")

    return read


def paragraphs(amount: int) -> str:
    return count(amount, "paragraph")
