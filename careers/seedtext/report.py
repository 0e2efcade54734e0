"""What a reading found, and what it could not place."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from careers.document.schema import Guide
from careers.seedtext.words import count


class Problem(NamedTuple):
    line: int | None
    reason: str


class SeedTextError(ValueError):
    """A page that cannot be read: `problems` is a list of (line or None, reason). Nothing of it is used."""

    def __init__(self, problems: Sequence[tuple[int | None, str]]) -> None:
        self.problems = sorted((Problem(*problem) for problem in problems), key=lambda problem: problem.line or 0)
        super().__init__("; ".join(f"line {line}: {why}" if line else why for line, why in self.problems))


class SectionReport(NamedTuple):
    name: str
    line: int
    found: str  # "15 items"


class Unplaced(NamedTuple):
    line: int
    text: str
    why: str


class Remark(NamedTuple):
    line: int
    text: str


@dataclass(frozen=True, slots=True)
class SeedReading:
    """A draft guide and an account of every line of the page it was read from."""

    guide: Guide
    sections: list[SectionReport]
    unplaced: list[Unplaced]  # lines with text that went nowhere
    warnings: list[Remark]  # the page contradicts itself, or was read in a way that an editor should check
    derived: list[Remark]  # values that the page does not state as such, and what they were derived from
    missing: list[str]  # sections of the template that this page does not have
    list_items: int  # bulleted lines placed in the guide
    box_items: int  # bulleted lines of the subscription box


def describe(reading: SeedReading) -> str:
    """The whole account in lines of text, for a terminal."""
    lines = [f"{section.name}, line {section.line}: {section.found}" for section in reading.sections]
    lines.append(f"List items: {reading.list_items} in the guide, {reading.box_items} in the subscription box")
    lines += [f"Not on this page: {name}" for name in reading.missing]
    lines += [f"Derived, line {line}: {text}" for line, text in reading.derived]
    lines += [f"Check, line {line}: {text}" for line, text in reading.warnings]
    lines += [f"Not placed, line {line} ({why}): {text}" for line, text, why in reading.unplaced]
    lines.append(f"{count(len(reading.sections), 'section')} read, {count(len(reading.unplaced), 'line')} not placed")
    return "\n".join(lines)
