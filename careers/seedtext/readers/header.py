"""The top of the page: intro, growth, median pay, remote badge."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from careers.choices import Method, RemoteWork
from careers.document.figures import Outlook
from careers.document.schema import Remote
from careers.seedtext.lines import Body, Found, Line
from careers.seedtext.money import amount
from careers.seedtext.page import Stat
from careers.seedtext.readers.plain import paragraphs

PERCENT = re.compile(r"([+−–-]?)\s?(\d{1,3}(?:\.\d+)?)\s?%")
_GROWTH = {"growth rate", "job growth", "growth"}
_MEDIAN = {"median salary", "median pay"}
_REMOTE = {
    "on-site": RemoteWork.ON_SITE,
    "onsite": RemoteWork.ON_SITE,
    "some remote": RemoteWork.SOME,
    "hybrid": RemoteWork.HYBRID,
    "hybrid-friendly": RemoteWork.HYBRID,
    "remote-friendly": RemoteWork.REMOTE_FRIENDLY,
    "remote-first": RemoteWork.REMOTE_FIRST,
    "fully remote": RemoteWork.REMOTE_FIRST,
}


@dataclass(frozen=True, slots=True)
class Stats:
    growth: Stat | None = None
    median: Stat | None = None
    lines: frozenset[int] = frozenset()  # line numbers of figures and their labels


def percent(text: str) -> float | None:
    """Reads "10%" and "-2.5%"; None for anything else."""
    match = PERCENT.fullmatch(text.strip())
    return float(match[2]) * (-1 if match[1] in {"-", "−", "–"} else 1) if match else None


def stats(lines: Sequence[Line]) -> Stats:
    """Figures that stand above their label."""
    growth = median = None
    used: set[int] = set()
    for value, label in pairwise(lines):
        if label.text.lower() in _GROWTH and (rate := percent(value.text)) is not None and growth is None:
            growth = Stat(value.number, rate)
            used |= {value.number, label.number}
        elif label.text.lower() in _MEDIAN and (pay := amount(value.text)) is not None and median is None:
            median = Stat(value.number, pay)
            used |= {value.number, label.number}
    return Stats(growth, median, frozenset(used))


def read(body: Body) -> Found:
    top = stats(body.lines)
    fields: dict[str, object] = {}
    intro, labels = [], []
    for line in body.take_all():
        if line.number in top.lines:
            continue
        if (level := _REMOTE.get(line.text.lower())) and "remote" not in fields:
            fields["remote"] = Remote(level=level)
            labels.append(line.text)
        elif line.number < min(top.lines, default=line.number + 1) and not (line.is_title and len(line.text) < 60):
            intro.append(line)
        else:
            body.leave([line], "not a figure, label or badge that is known here")
    fields["intro"] = body.prose(intro)
    return Found(", ".join([paragraphs(len(intro)), *_growth(body, top, fields), *_median(body, top), *labels]), fields)


def _growth(body: Body, top: Stats, fields: dict[str, object]) -> list[str]:
    if not top.growth:
        return []
    if not body.page.has_outlook and body.page.country:
        place = body.page.country
        fields["outlook"] = [Outlook(method=Method.EDITOR, percent=top.growth.value, place=place.name, country=place.code)]
    elif not body.page.has_outlook:
        _leave(body, top.growth, "growth of which country is not said: the page has no outlook and no salary section")
        return []
    return [f"growth {top.growth.value:g}%"]


def _median(body: Body, top: Stats) -> list[str]:
    if not top.median:
        return []
    if not body.page.has_pay:
        _leave(body, top.median, "pay of which country is not said: the page has no salary section")
        return []
    return [f"median {top.median.value:,.0f}"]


def _leave(body: Body, stat: Stat, why: str) -> None:
    at = next(index for index, line in enumerate(body.lines) if line.number == stat.line)
    body.leave(body.lines[at : at + 2], why)
