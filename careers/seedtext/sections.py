"""The sections of the template: their headings, and who reads them."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from careers.seedtext.lines import Body, Found, Line
from careers.seedtext.readers import (
    box,
    cases,
    day,
    demand,
    education,
    faq,
    outlook,
    pay,
    plain,
    pros_cons,
    route,
    skill_map,
    sources,
    stress,
    tiers,
    tools,
    world,
)
from careers.seedtext.words import same_occupation

TITLE = re.compile(r"^(?P<occupation>.*\S)\s+Career Path Guide$", re.IGNORECASE)
_ORNAMENT = re.compile(r"^[^\x21-\x7e]+")  # icons before a heading


@dataclass(frozen=True, slots=True)
class Kind:
    """A section of the template. A group `occupation` in the heading must be the occupation of the page."""

    name: str
    heading: re.Pattern[str]
    read: Callable[[Body], Found]
    is_group: bool = False  # only a heading over other sections


def _kind(name: str, heading: str, read: Callable[[Body], Found], *, is_group: bool = False) -> Kind:
    return Kind(name, re.compile(heading, re.IGNORECASE), read, is_group)


KINDS = (
    _kind("Market demand", r"Market Demand", demand.read),
    _kind("Annual salary", r"Annual Salary(?:\s*\([^()]*\))?", pay.read),
    _kind("Core functions", r"Core Functions of (?:the |an? )?\S.*", plain.prose("what_you_do")),
    _kind("Key responsibilities", r"Key Responsibilities", plain.group("responsibilities")),
    _kind("Work setting", r"Work Setting", plain.prose("setting")),
    _kind("Tech stack", r"Tech Stack", tools.read),
    _kind("Skills and qualifications", r"Skills (?:and|&) Qualifications", plain.heading_only, is_group=True),
    _kind("Education level", r"Education Level", education.read),
    _kind("Tech skills", r"Tech Skills", plain.skills("technical_skills")),
    _kind("Soft abilities", r"Soft Abilities", plain.skills("soft_skills")),
    _kind("Path", r"Path to (?P<occupation>.+)", route.read),
    _kind("Required education", r"Required Education", plain.prose("training", "text")),
    _kind("Career path tiers", r"Career Path Tiers", tiers.read),
    _kind("Global outlook", r"Global Outlook", world.read),
    _kind("Job market today", r"Job Market Today", plain.heading_only, is_group=True),
    _kind("Role challenges", r"Role Challenges", plain.prose("challenges")),
    _kind("Growth paths", r"Growth Paths", plain.prose("growth_paths")),
    _kind("Industry trends", r"Industry Trends", plain.prose("trends")),
    _kind("A day in the life", r"A Day in the Life(?: of .+)?", day.read),
    _kind("Work-life balance and stress", r"Work-Life Balance (?:&|and) Stress", stress.read),
    _kind("Skill map", r"Skill Map", skill_map.read),
    _kind("Pros and cons", r"Pros (?:&|and) Cons(?: (?:for|of) .+)?", pros_cons.read),
    _kind("Common mistakes", r"Common Mistakes of Beginners", plain.group("mistakes")),
    _kind("Contextual advice", r"Contextual Advice", plain.lines("advice")),
    _kind("Case studies", r"Examples (?:and|&) Case Studies", cases.read),
    _kind("Portfolio tips", r"Portfolio Tips", plain.prose("portfolio")),
    _kind("Job outlook", r"Job Outlook (?:&|and) Related Roles", outlook.read),
    _kind("Related roles", r"Related Roles", plain.nothing("related guides are chosen by editors, with a reason")),
    _kind("Questions", r"Frequently Asked Questions", faq.read),
    _kind("Sources and references", r"Sources (?:&|and) References", sources.read),
    _kind("Share", r"Share career guide", plain.nothing("a link to share the page, not part of the guide")),
    _kind("Subscription box", r"\S+\+ Subscription", box.read),
)


def kind_of(line: Line, occupation: str) -> Kind | None:
    """The section that this line opens, if it is a heading."""
    if line.bullet or len(line.text) > 200:
        return None
    text = _ORNAMENT.sub("", line.text).rstrip(": ")
    for kind in KINDS:
        match = kind.heading.fullmatch(text)
        if match and same_occupation(match.groupdict().get("occupation") or occupation, occupation):
            return kind
    return None


def split(lines: Sequence[Line], occupation: str) -> tuple[list[Line], list[tuple[Kind, Line, list[Line]]]]:
    """The lines before the first section, and each section with its heading and lines."""
    kinds = {at: kind for at, line in enumerate(lines) if (kind := kind_of(line, occupation))}
    starts = [*kinds, len(lines)]
    return list(lines[: starts[0]]), [(kinds[at], lines[at], list(lines[at + 1 : end])) for at, end in pairwise(starts)]
