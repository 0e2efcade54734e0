"""Kind and level from the spellings of feeds. A word that means neither is unknown."""

import re
from collections.abc import Mapping
from typing import TypeVar

from jobs.choices import Kind, Level
from kit.text import fold

T = TypeVar("T", Kind, Level)

_KINDS: Mapping[str, Kind] = {
    "full time": Kind.FULL_TIME, "fulltime": Kind.FULL_TIME, "vollzeit": Kind.FULL_TIME, "full time permanent": Kind.FULL_TIME,
    "permanent full time": Kind.FULL_TIME, "temps plein": Kind.FULL_TIME, "regular full time": Kind.FULL_TIME,
    "part time": Kind.PART_TIME, "parttime": Kind.PART_TIME, "teilzeit": Kind.PART_TIME, "werkstudent": Kind.PART_TIME,
    "working student": Kind.PART_TIME, "minijob": Kind.PART_TIME, "side": Kind.PART_TIME, "nebenjob": Kind.PART_TIME,
    "aushilfe": Kind.PART_TIME, "temps partiel": Kind.PART_TIME, "part time permanent": Kind.PART_TIME,
    "contract": Kind.CONTRACTOR, "contractor": Kind.CONTRACTOR, "freelance": Kind.CONTRACTOR, "freelancer": Kind.CONTRACTOR,
    "contract to hire": Kind.CONTRACTOR, "freiberuflich": Kind.CONTRACTOR, "freie mitarbeit": Kind.CONTRACTOR,
    "independent contractor": Kind.CONTRACTOR,
    "temporary": Kind.TEMPORARY, "temp": Kind.TEMPORARY, "seasonal": Kind.TEMPORARY, "fixed term": Kind.TEMPORARY,
    "befristet": Kind.TEMPORARY, "fixed term contract": Kind.TEMPORARY, "per diem": Kind.TEMPORARY, "saisonarbeit": Kind.TEMPORARY,
    "intern": Kind.INTERN, "internship": Kind.INTERN, "praktikum": Kind.INTERN, "praktikant": Kind.INTERN, "stage": Kind.INTERN,
    "trainee internship": Kind.INTERN, "co op": Kind.INTERN, "praktikantin": Kind.INTERN,
    "volunteer": Kind.VOLUNTEER, "volunteering": Kind.VOLUNTEER, "ehrenamt": Kind.VOLUNTEER, "ehrenamtlich": Kind.VOLUNTEER,
}  # fmt: skip

_LEVELS: Mapping[str, Level] = {
    "entry": Level.ENTRY, "entry level": Level.ENTRY, "junior": Level.ENTRY, "graduate": Level.ENTRY, "internship": Level.ENTRY,
    "berufseinstieg": Level.ENTRY, "berufseinsteiger": Level.ENTRY, "student": Level.ENTRY, "ausbildung": Level.ENTRY,
    "trainee": Level.ENTRY, "no experience": Level.ENTRY, "apprenticeship": Level.ENTRY, "new grad": Level.ENTRY,
    "mid": Level.MID, "mid level": Level.MID, "midweight": Level.MID, "mid weight": Level.MID, "intermediate": Level.MID,
    "experienced": Level.MID, "professional experienced": Level.MID, "professional": Level.MID, "berufserfahren": Level.MID,
    "mid senior level": Level.MID, "associate": Level.MID, "berufserfahrung": Level.MID,
    "senior": Level.SENIOR, "senior level": Level.SENIOR, "staff": Level.SENIOR, "principal": Level.SENIOR, "expert": Level.SENIOR,
    "lead": Level.LEAD, "manager": Level.LEAD, "management": Level.LEAD, "director": Level.LEAD, "executive": Level.LEAD,
    "head": Level.LEAD, "vp": Level.LEAD, "c level": Level.LEAD, "fuhrungskraft": Level.LEAD, "fuhrungskrafte": Level.LEAD,
    "team lead": Level.LEAD, "teamleitung": Level.LEAD,
}  # fmt: skip

# In titles, words that leave no doubt; "Lead" alone is not among them ("Lead Generation"), and managers manage accounts too.
_TITLE_KINDS = ((re.compile(r"\b(intern|internship|praktikum|praktikant(in)?|co-?op student)\b"), Kind.INTERN),)
_TITLE_LEVELS = (
    (re.compile(r"\bmid( level)?( ?/ ?| to |-)(senior|sr)\b"), Level.MID),  # of two, the lower suffices
    (re.compile(r"\b(head of|director|vice president|vp|chief \w+ officer|team lead|tech lead|teamleit(er|ung))\b"), Level.LEAD),
    (re.compile(r"\b(senior|sr\.?|staff (software|engineer|data)|principal)(?= |,|$)"), Level.SENIOR),
    (
        re.compile(r"\b(junior|jr\.?|entry[- ]level|graduate|new grad|trainee|intern|internship|praktikum|berufseinsteiger)(?= |,|$|\))"),
        Level.ENTRY,
    ),
)


def _form(text: str) -> str:
    return re.sub(r"[^a-z]+", " ", fold(text[:60])).strip()


def _first(table: Mapping[str, T], value: object) -> list[T]:
    texts = value if isinstance(value, list | tuple) else [value]
    return [found for text in texts if isinstance(text, str) and (found := table.get(_form(text)))]


def read_kind(value: object) -> Kind | None:
    """From a text or a list of texts: the first that is understood."""
    return next(iter(_first(_KINDS, value)), None)


def read_level(value: object) -> Level | None:
    """From a text or a list of texts. Of several, the lowest: what is asked for is what suffices."""
    return min(_first(_LEVELS, value), key=list(Level).index, default=None)


def kind_in_title(title: str) -> Kind | None:
    plain = fold(title)
    return next((kind for pattern, kind in _TITLE_KINDS if pattern.search(plain)), None)


def level_in_title(title: str) -> Level | None:
    plain = fold(title)
    return next((level for pattern, level in _TITLE_LEVELS if pattern.search(plain)), None)
