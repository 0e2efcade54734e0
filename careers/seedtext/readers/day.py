"""A day in blocks: "Morning (9:00 AM - 12:00 PM)", "Focus: ...", tasks."""

import re
from datetime import time

from careers.document.schema import DayBlock
from careers.seedtext.lines import Body, Found, Line
from careers.seedtext.words import count

_HEADING = re.compile(r"^(?P<name>.*\S)\s*\((?P<times>[^()]*)\)$")
_TIMES = re.compile(r"(.+?)\s*(?:[–—-]|\bto\b)\s*(.+)")
_CLOCK = re.compile(r"(\d{1,2})(?:[:.](\d{2}))?\s*([ap])?\.?m?\.?", re.IGNORECASE)
_WORDS = {"noon": time(12), "midday": time(12), "midnight": time(0)}
_FOCUS = re.compile(r"^Focus\s*:\s*(.*)$", re.IGNORECASE)


def read(body: Body) -> Found:
    blocks, tasks = [], 0
    listed = any(line.bullet for line in body.lines)
    while body:
        heading = body.take()
        if heading.bullet or not (heading.is_title or _HEADING.match(heading.text)):
            body.leave([heading], "stands outside the blocks of the day")
            continue
        lines = body.take_while(lambda line: line.bullet or _FOCUS.match(line.text) or not (listed or _HEADING.match(line.text)))
        if block := _block(body, heading, lines):
            blocks.append(block)
            tasks += len(block.tasks)
    return Found(f"{count(len(blocks), 'block')}, {count(tasks, 'task')}", {"day": blocks})


def clock(text: str) -> time | None:
    """Reads "9:00 AM", "14:30" and "noon"; None when it cannot be read."""
    text = text.strip().lower()
    match = _CLOCK.fullmatch(text)
    if not match:
        return _WORDS.get(text)
    hour, minute, half = int(match[1]), int(match[2] or 0), match[3]
    if half:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if half == "p" else 0)
    return time(hour, minute) if hour < 24 and minute < 60 else None


def span(text: str) -> tuple[time, time] | None:
    """Start and end of "9:00 AM - 12:00 PM" or "1-3 PM"."""
    match = _TIMES.fullmatch(text.strip())
    if not match:
        return None
    half = re.search(r"[ap]\.?m\.?$", match[2].strip(), re.IGNORECASE)
    start = clock(match[1] + half[0] if half and re.fullmatch(r"[\d:. ]+", match[1]) else match[1])
    end = clock(match[2])
    return (start, end) if start and end else None


def _block(body: Body, heading: Line, lines: list[Line]) -> DayBlock | None:
    named = _HEADING.match(heading.text)
    times = span(named["times"]) if named else None
    focus = next((match[1] for line in lines if (match := _FOCUS.match(line.text))), "")
    tasks = [line for line in lines if not _FOCUS.match(line.text)]
    if named is None or times is None:
        body.fault(heading, f"day block '{heading.text}' has no readable times, such as (9:00 AM - 12:00 PM)")
    elif not focus:
        body.fault(heading, f"day block '{named['name']}' has no 'Focus:' line")
    elif not tasks:
        body.fault(heading, f"day block '{named['name']}' has no tasks")
    elif times[0] >= times[1]:
        body.leave([heading, *lines], "the block runs past midnight or backwards, which the day of a guide cannot show")
    elif items := body.distinct(tasks):
        name = body.short(heading, named["name"])
        return DayBlock(name=name, start=times[0], end=times[1], focus=body.short(heading, focus), tasks=items)
    return None
