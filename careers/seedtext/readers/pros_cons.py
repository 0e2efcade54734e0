"""Pros and cons, each under a mark of its own."""

import re

from careers.seedtext.lines import Body, Found, Line, list_entries

_SIDE = re.compile(r"^[^A-Za-z]*(pros|cons)\s*:?$", re.IGNORECASE)
_ORNAMENT = re.compile(r"^[^\x21-\x7e“‘]+")


def read(body: Body) -> Found:
    sides: dict[str, list[Line]] = {}
    body.leave(body.take_while(lambda line: not _SIDE.match(line.text)), "stands before the pros and the cons")
    while body:
        heading = body.take()
        side = _SIDE.sub(lambda mark: mark[1].lower(), heading.text)
        lines = [_unmarked(line) for line in body.take_while(lambda line: not _SIDE.match(line.text))]
        if side in sides:
            body.fault(heading, f"a second list of {side}")
        sides[side] = lines
    listed = {side: body.distinct(_entries(body, lines)) for side, lines in sides.items()}
    return Found(", ".join(f"{len(items)} {side}" for side, items in listed.items()) or "0 items", dict(listed))


def _unmarked(line: Line) -> Line:
    text, marks = _ORNAMENT.subn("", line.text)
    return Line(line.number, text, line.bullet or marks > 0)


def _entries(body: Body, lines: list[Line]) -> list[Line]:
    entries, others = list_entries(lines)
    body.leave(others, "a paragraph where a list is expected")
    return entries
