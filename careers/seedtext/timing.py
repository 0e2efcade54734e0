"""How long the way into the job takes, where the page says it in so many words."""

import re
from collections.abc import Iterable

from careers.document.schema import TimeToStart
from careers.seedtext.lines import Line
from careers.seedtext.words import NUMBER, number, sentences

_UNIT = r"(?:weeks?|months?|years?)"
# "several months for one course to two years", "six to twelve months", "2-4 years"
_SPAN = re.compile(
    rf"\b(?:a\s+)?(?P<low>{NUMBER})(?:\s+|-)(?P<low_unit>{_UNIT})\b(?:[^.;]{{0,80}}?\bto|\s*[–—-])\s+(?:a\s+)?(?P<high>{NUMBER})(?:\s+|-)(?P<unit>{_UNIT})\b"
    rf"|\b(?P<few>{NUMBER})\s*(?:to|[–—-])\s*(?P<many>{NUMBER})(?:\s+|-)(?P<one_unit>{_UNIT})\b",
    re.IGNORECASE,
)
_ABOUT_TRAINING = re.compile(r"\b(?:program|course|training|degree|school|apprenticeship|certificate|become|qualif)", re.IGNORECASE)
_MOST_MONTHS = 180


def time_to_start(lines: Iterable[Line]) -> tuple[Line, TimeToStart] | None:
    """The first span of time in a sentence about training, in months, and the line it stands in."""
    for line in lines:
        for sentence in sentences(line.text):
            span = _SPAN.search(sentence)
            if span and _ABOUT_TRAINING.search(sentence) and "experience" not in sentence[span.start() : span.end() + 20]:
                time = _months(span)
                if time:
                    return line, time
    return None


def _months(span: re.Match[str]) -> TimeToStart | None:
    low, low_unit, high, unit = span["low"], span["low_unit"], span["high"], span["unit"]
    if low is None:
        low, low_unit, high, unit = span["few"], span["one_unit"], span["many"], span["one_unit"]
    first, last = _in_months(low, low_unit), _in_months(high, unit)
    if not first < last <= _MOST_MONTHS:
        return None
    note = f"{low} {low_unit} to {high} {unit}" if low_unit != unit else f"{low} to {high} {unit}"
    return TimeToStart(min_months=first, max_months=last, note=note.lower())


def _in_months(word: str, unit: str) -> int:
    amount = number(word) or 0
    if unit.lower().startswith("week"):
        return max(1, round(amount / 4.35))
    return amount * (12 if unit.lower().startswith("year") else 1)
