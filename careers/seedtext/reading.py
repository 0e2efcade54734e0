"""Turns a career guide copied from a page as plain text into a draft guide."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from pydantic import ValidationError

from careers.document.files import MAX_BYTES
from careers.document.schema import Guide, Source, Tool
from careers.seedtext.lines import MAX_PROSE, Body, Found, Line, number_lines, split_lines
from careers.seedtext.names import names_to_know
from careers.seedtext.page import Page
from careers.seedtext.readers import box, faq, header, pay
from careers.seedtext.repair import count_damaged, repair
from careers.seedtext.report import Problem, Remark, SectionReport, SeedReading, SeedTextError
from careers.seedtext.sections import KINDS, TITLE, Kind, split
from careers.seedtext.timing import time_to_start
from careers.seedtext.words import plural, sentence_case, slug

_BOX = "Subscription box"
_WITHOUT_NAMES = {_BOX, "Job outlook", "Sources and references"}


@dataclass(frozen=True, slots=True)
class _Outline:
    title: Line
    occupation: str
    before: list[Line]  # lines above the title
    top: list[Line]  # lines between title and first section
    sections: list[tuple[Kind, Line, list[Line]]]

    def heading(self, name: str) -> Line | None:
        return next((heading for kind, heading, _ in self.sections if kind.name == name), None)

    def lines(self, name: str) -> list[Line]:
        return next((lines for kind, _, lines in self.sections if kind.name == name), [])


def read(data: bytes) -> SeedReading:
    """Read a page of the template (UTF-8 plain text). Raises SeedTextError naming line and reason."""
    text = decode(data)
    outline = _outline(number_lines(repair(text)))
    bodies, found = _read_sections(outline)
    if faults := [fault for body in bodies for fault in body.faults]:
        raise SeedTextError(faults)
    fields = _merged(found)
    derived = _add_time(fields, outline) + _repaired(text)
    return SeedReading(
        guide=_guide(outline.occupation, fields, bodies),
        sections=[SectionReport(body.name, body.heading.number, part.words) for body, part in zip(bodies, found, strict=True)],
        unplaced=sorted(line for body in bodies for line in body.unplaced),
        warnings=sorted(remark for body in bodies for remark in body.warnings),
        derived=sorted(derived + [remark for body in bodies for remark in body.derived]),
        missing=[kind.name for kind in KINDS if not outline.heading(kind.name)],
        list_items=sum(_bullets_placed(body) for body in bodies if body.name != _BOX),
        box_items=box.bullets(outline.lines(_BOX)),
    )


def decode(data: bytes) -> str:
    if len(data) > MAX_BYTES:
        raise SeedTextError([(None, f"the file has {len(data):,} bytes; at most {MAX_BYTES:,} are read")])
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise SeedTextError([(data[: error.start].count(b"\n") + 1, "is not UTF-8 text")]) from error
    if not text.strip():
        raise SeedTextError([(None, "the file is empty")])
    return text


def _outline(lines: list[Line]) -> _Outline:
    if problems := [problem for line in lines for problem in _unreadable(line)]:
        raise SeedTextError(problems)
    at, occupation = _title(lines)
    top, sections = split(lines[at + 1 :], occupation)
    if not sections:
        raise SeedTextError([(lines[at].number, "no known section follows the title")])
    outline = _Outline(lines[at], occupation, lines[:at], top, sections)
    if problems := list(_second_headings(outline)):
        raise SeedTextError(problems)
    return outline


def _unreadable(line: Line) -> Iterator[Problem]:
    """Characters that no guide can store, and lines longer than any text may be."""
    if "\x00" in line.text:
        yield Problem(line.number, "holds a NUL character")
    elif any(ord(c) < 0x20 or 0x7F <= ord(c) < 0xA0 or ord(c) & 0xFFFE == 0xFFFE for c in line.text):
        yield Problem(line.number, "holds a control character")
    if len(line.text) > MAX_PROSE:
        yield Problem(line.number, f"has more than {MAX_PROSE:,} characters")


def _title(lines: Sequence[Line]) -> tuple[int, str]:
    """Index of the title line, and the occupation it names."""
    titles = [(at, match["occupation"]) for at, line in enumerate(lines) if (match := TITLE.match(line.text))]
    if not titles:
        raise SeedTextError([(lines[0].number if lines else None, "no title line '<Occupation> Career Path Guide'")])
    at, occupation = titles[0]
    if len(occupation) > 100 or not slug(occupation):
        raise SeedTextError([(lines[at].number, "the title names no occupation, or one of more than 100 characters")])
    return at, occupation


def _second_headings(outline: _Outline) -> Iterator[Problem]:
    for kind, heading, _ in outline.sections:
        first = outline.heading(kind.name)
        if first and first is not heading:
            yield Problem(heading.number, f"heading '{heading.text}' appears twice, first in line {first.number}")


def _read_sections(outline: _Outline) -> tuple[list[Body], list[Found]]:
    page = _page(outline)
    top = Body("Top of the page", outline.title, outline.top, page)
    top.leave(outline.before, "stands before the title")
    bodies, found = [top], [_read(header.read, top)]
    for kind, heading, lines in outline.sections:
        bodies.append(Body(kind.name, heading, lines, page))
        found.append(_read(kind.read, bodies[-1]))
    for body in bodies:
        body.close()
    return bodies, found


def _page(outline: _Outline) -> Page:
    salary = outline.heading("Annual salary")
    where = pay.place(salary.text) if salary else None
    stats = header.stats(outline.top)
    return Page(
        occupation=outline.occupation,
        country=where[0] if where else None,
        has_pay=salary is not None,
        has_outlook=outline.heading("Job outlook") is not None,
        growth=stats.growth,
        median=stats.median,
    )


def _read(reader: Callable[[Body], Found], body: Body) -> Found:
    try:
        return reader(body)
    except ValidationError as error:
        for reason in _reasons(error):
            body.fault(body.heading, f"{body.name}: {reason}")
        return Found("unreadable")


def _reasons(error: ValidationError) -> list[str]:
    return sorted({fault["msg"].removeprefix("Value error, ") for fault in error.errors(include_url=False)})


def _merged(found: Sequence[Found]) -> dict[str, Any]:
    """Fields of all sections. Two sections give sources: a source that both name stands once, with its address."""
    fields: dict[str, Any] = {}
    sources: dict[str, Source] = {}
    for part in found:
        for source in part.fields.get("sources", []):
            old = sources.get(source.key)
            sources[source.key] = old.model_copy(update={"url": source.url}) if old else source
        fields |= part.fields
    return fields | {"sources": list(sources.values())}


def _add_time(fields: dict[str, Any], outline: _Outline) -> list[Remark]:
    """Set the time to the first job where the page tells it; the question about it counts more than the training text."""
    questions = outline.lines("Questions")
    answers = [answer for asked, answer in pairwise(questions) if faq.is_question(asked) and "how long" in asked.text.lower()]
    found = time_to_start(answers + outline.lines("Required education") + outline.lines("Path"))
    if found is None:
        return []
    line, time = found
    fields["time_to_start"] = time
    return [Remark(line.number, f"time to start: {time.min_months} to {time.max_months} months, from '{time.note}'")]


def _guide(occupation: str, fields: dict[str, Any], bodies: Sequence[Body]) -> Guide:
    tools: list[Tool] = [tool for group in fields.get("tools", []) for tool in group.items]
    names = names_to_know((line for body in bodies if body.name not in _WITHOUT_NAMES for line in body.lines), tools)
    title = sentence_case(occupation)
    try:
        return Guide(slug=slug(title), title=title, plural=plural(title), names=names, **fields)
    except ValidationError as error:
        raise SeedTextError([(None, reason) for reason in _reasons(error)]) from error


def _bullets_placed(body: Body) -> int:
    lost = {line.line for line in body.unplaced}
    return sum(line.bullet and line.number not in lost for line in body.lines)


def _repaired(text: str) -> list[Remark]:
    damaged = {number: runs for number, line in enumerate(split_lines(text), 1) if (runs := count_damaged(line))}
    if not damaged:
        return []
    return [Remark(min(damaged), f"twice-encoded characters repaired: {sum(damaged.values())} runs in {len(damaged)} lines")]
