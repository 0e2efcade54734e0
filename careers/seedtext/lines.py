"""Numbered lines of a page, and a cursor over one section that accounts for every line it is given."""

import re
import unicodedata
from collections import deque
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from careers.seedtext.page import Page
from careers.seedtext.report import Problem, Remark, Unplaced
from kit.text import fold

MAX_LINE = 300  # `Line` of the schema
MAX_PROSE = 20_000  # `Prose` of the schema

_MARK = re.compile(r"^(?:[•·▪▫◦‣⁃●○■□✓✔]\s*|[–—*+-](?:\s+|$)|\d{1,2}[.)]\s+)+")
_INVISIBLE = dict.fromkeys(map(ord, "\ufeff\u200b\u200c\u2060\u00ad"))
_MARKDOWN = re.compile(r"([\\`*\[\]<])|(?<!\w)(_)|(_)(?!\w)|^([#>+~-])(?=\s|[~-])|^(\d+)([.)])(?=\s)")


@dataclass(frozen=True, slots=True)
class Line:
    """A line with text. `number` counts from 1; `text` has no bullet and no needless space."""

    number: int
    text: str
    bullet: bool = False

    @property
    def is_title(self) -> bool:
        """Whether it looks like a heading rather than a sentence."""
        return not self.bullet and len(self.text) <= 120 and not self.text.endswith((".", "!", ":", ";", ","))


@dataclass(frozen=True, slots=True)
class Found:
    """What a section gave: fields of the guide, and a few words for the report ("15 items")."""

    words: str
    fields: dict[str, Any] = field(default_factory=dict)


def number_lines(text: str) -> list[Line]:
    """The lines with text. Lines end in LF, CRLF or CR, as editors count them."""
    return [_line(number, clean) for number, raw in enumerate(split_lines(text), 1) if (clean := tidy(raw))]


def split_lines(text: str) -> list[str]:
    return re.split(r"\r\n|\n|\r", text)


def tidy(raw: str) -> str:
    """One line without invisible characters, with plain spaces only."""
    return " ".join(unicodedata.normalize("NFC", raw).translate(_INVISIBLE).split())


def _line(number: int, text: str) -> Line:
    mark = _MARK.match(text)
    return Line(number, text[mark.end() :].strip(), bullet=True) if mark else Line(number, text)


class Body:
    """The lines of one section, read from top to bottom.

    A reader takes a line to place it or leaves it with a reason; what it does neither to is left as well.
    """

    def __init__(self, name: str, heading: Line, lines: Iterable[Line], page: Page) -> None:
        self.name, self.heading, self.page = name, heading, page
        self.lines = tuple(lines)
        self.unplaced: list[Unplaced] = []
        self.faults: list[Problem] = []
        self.warnings: list[Remark] = []
        self.derived: list[Remark] = []
        self._rest = deque(self.lines)

    def __bool__(self) -> bool:
        return bool(self._rest)

    @property
    def next(self) -> Line | None:
        return self._rest[0] if self._rest else None

    def take(self) -> Line:
        return self._rest.popleft()

    def take_while(self, wanted: Callable[[Line], object]) -> list[Line]:
        taken = []
        while self._rest and wanted(self._rest[0]):
            taken.append(self._rest.popleft())
        return taken

    def take_all(self) -> list[Line]:
        return self.take_while(lambda line: True)

    def leave(self, lines: Iterable[Line], why: str) -> None:
        self.unplaced += [Unplaced(line.number, line.text, why) for line in lines]

    def fault(self, line: Line, reason: str) -> None:
        self.faults.append(Problem(line.number, reason))

    def warn(self, line: Line, text: str) -> None:
        self.warnings.append(Remark(line.number, text))

    def derive(self, line: Line, text: str) -> None:
        self.derived.append(Remark(line.number, text))

    def close(self) -> None:
        self.leave(self.take_all(), f"'{self.name}' has no place for it")

    def short(self, line: Line, text: str | None = None) -> str:
        """Text for a field that holds one line; longer text is a fault."""
        text = line.text if text is None else text
        if len(text) > MAX_LINE:
            self.fault(line, f"has {len(text)} characters where a line of at most {MAX_LINE} is expected ({self.name})")
        return text[:MAX_LINE]

    def items(self) -> list[str]:
        """The rest as a flat list, each entry once. Where entries have bullets, other lines are left."""
        entries, others = list_entries(self.take_all())
        self.leave(others, "a paragraph where a list is expected")
        return self.distinct(entries)

    def distinct(self, lines: Iterable[Line]) -> list[str]:
        """Each entry once, without its final stop; case and accents do not make another entry."""
        found: dict[str, str] = {}
        for line in lines:
            text = unstop(line.text)
            if not text:
                self.leave([line], "a bullet without text")
            elif fold(text) in found:
                self.leave([line], "stands in this list already")
            else:
                found[fold(text)] = self.short(line, text)
        return list(found.values())

    def prose(self, lines: Iterable[Line] | None = None) -> str:
        """Lines (or the rest) as Markdown: a paragraph each, bullets as one list."""
        out = ""
        before = False
        for line in self.take_all() if lines is None else lines:
            gap = "" if not out else "\n" if before and line.bullet else "\n\n"
            out += gap + ("- " if line.bullet else "") + escape(line.text)
            before = line.bullet
        if len(out) > MAX_PROSE:
            self.fault(self.heading, f"has more than {MAX_PROSE:,} characters of text ({self.name})")
        return out[:MAX_PROSE]


def list_entries(lines: Sequence[Line]) -> tuple[list[Line], list[Line]]:
    """The entries of a list, and the other lines. Entries have bullets; where no line has one, they are single sentences."""
    listed = any(line.bullet for line in lines)
    entries: list[Line] = []
    others: list[Line] = []
    for line in lines:
        is_entry = line.bullet if listed else len(line.text) <= 200 and ". " not in line.text
        (entries if is_entry else others).append(line)
    return entries, others


def escape(text: str) -> str:
    """Plain text as Markdown that shows the same characters."""
    return _MARKDOWN.sub(_escaped, text)


def _escaped(mark: re.Match[str]) -> str:
    return f"{mark[5]}\\{mark[6]}" if mark[5] else f"\\{mark[0]}"


def unstop(text: str) -> str:
    """A list entry without its final full stop, unless it is several sentences or ends in an abbreviation."""
    if not text.endswith(".") or ". " in text or re.search(r"(\.\w\.|\betc\.|\.\.)$", text):
        return text
    return text[:-1]
