"""Bodies of feeds as JSON, CSV, RSS items and JSON-LD. What cannot be read raises UnreadableFeed, whatever is in it."""

import csv
import io
import json
import re
from collections.abc import Mapping
from html.parser import HTMLParser
from typing import Any
from xml.parsers import expat

from jobs.listing import UnreadableFeed

LONGEST_NUMBER = 20  # digits; longer ones are unknown, as are NaN and the infinities


def text_of(body: bytes) -> str:
    """UTF-8 without its mark; a broken byte spoils its letter only."""
    return body.decode("utf-8-sig", "replace")


def kind_of(text: str) -> str:
    """What a body looks like, in words for staff."""
    start = text.lstrip()[:200].lower()
    if not start:
        return "an empty answer"
    if start.startswith(("<!doctype html", "<html")):
        return "an HTML page"
    if start.startswith("<"):
        return "XML or HTML"
    return "JSON" if start[0] in "{[" else "neither JSON nor XML"


def _whole(digits: str) -> int | None:
    return int(digits) if len(digits) <= LONGEST_NUMBER else None


def _fraction(digits: str) -> float | None:
    return float(digits) if len(digits) <= 2 * LONGEST_NUMBER else None


def json_of(text: str) -> Any:
    """Raises UnreadableFeed for what is not JSON, is cut off, or is nested too deep to read."""
    try:
        return json.loads(text, strict=False, parse_int=_whole, parse_float=_fraction, parse_constant=lambda _: None)
    except RecursionError:
        raise UnreadableFeed("The JSON is nested too deep to be a list of jobs.") from None
    except ValueError as error:
        found = kind_of(text)
        trouble = "The JSON is broken or cut off" if found == "JSON" else f"Expected JSON and found {found}"
        raise UnreadableFeed(f"{trouble}: {str(error)[:120]}.") from None


def rows_of(text: str) -> list[dict[str | None, Any]]:
    """Rows of a CSV file with a header; comma, semicolon or tab, whichever the header uses most. Names in lower case.

    A row with more fields than the header has them under None; one with fewer has None for those missing.
    """
    header = text.lstrip("\n\r").partition("\n")[0]
    delimiter = max(",;\t", key=header.count)
    reader = csv.DictReader(io.StringIO(text.replace("\0", ""), newline=""), delimiter=delimiter, strict=True)
    try:
        rows = list(reader)
    except csv.Error as error:
        raise UnreadableFeed(f"The CSV breaks off at line {reader.line_num}: {error}.") from None
    return [{name.strip().lower() if isinstance(name, str) else name: value for name, value in row.items()} for row in rows]


class _Items:
    """Collects the direct children of every <item> as texts. Built on expat itself so that a document type, the only way to declare
    entities, is refused when it is met, in whatever encoding: no entity bombs and nothing fetched from elsewhere. The tree
    of ElementTree is not needed, and defusedxml would add a library for this one rule.
    """

    def __init__(self) -> None:
        self.items: list[dict[str, str]] = []
        self.has_channel = False
        self._path: list[str] = []
        self._text: list[str] = []
        self.parser = expat.ParserCreate("utf-8")
        self.parser.buffer_text = True
        self.parser.StartDoctypeDeclHandler = self._doctype
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._text.append

    def _doctype(self, *_: object) -> None:
        raise UnreadableFeed("The XML declares a document type, which feeds have no need for and bombs do.")

    def _start(self, name: str, _: Mapping[str, str]) -> None:
        if len(self._path) >= 50:
            raise UnreadableFeed("The XML is nested too deep to be a feed.")
        self._path.append(name)
        self.has_channel = self.has_channel or name == "channel"
        if name == "item":
            self.items.append({})
        self._text.clear()

    def _end(self, name: str) -> None:
        self._path.pop()
        if self._path and self._path[-1] == "item":
            self.items[-1].setdefault(name, "".join(self._text))
        self._text.clear()


def rss_items_of(body: bytes) -> list[dict[str, str]]:
    """The items of an RSS feed: element name, with its prefix, -> text. The first of equal names counts."""
    text = text_of(body)
    collected = _Items()
    try:
        collected.parser.Parse(re.sub(r"[\x00-\x08\x0b\x0c\x0e-\x1f]", "", text).encode(), True)
    except expat.ExpatError as error:
        raise UnreadableFeed(f"Expected RSS and found {kind_of(text)}: {error}.") from None
    if not collected.has_channel:
        raise UnreadableFeed(f"Expected RSS and found {kind_of(text)} without a channel.")
    return collected.items


class _Scripts(HTMLParser):
    """The insides of every <script type="application/ld+json">."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self._is_inside = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._is_inside = tag == "script" and (dict(attrs).get("type") or "").split(";")[0].strip().lower() == "application/ld+json"
        if self._is_inside:
            self.found.append("")

    def handle_endtag(self, tag: str) -> None:
        self._is_inside = False

    def handle_data(self, data: str) -> None:
        if self._is_inside:
            self.found[-1] += data


def ld_scripts_of(text: str) -> list[str]:
    scripts = _Scripts()
    try:
        scripts.feed(text)
        scripts.close()
    except AssertionError:  # what html.parser raises on some broken declarations
        raise UnreadableFeed("The page is HTML that cannot be read.") from None
    return scripts.found
