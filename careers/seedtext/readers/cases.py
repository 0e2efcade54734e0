"""Case studies: a title, paragraphs, "Key Takeaway: ..."."""

import re
from itertools import pairwise

from careers.choices import Basis
from careers.document.schema import CaseStudy
from careers.seedtext.lines import Body, Found, Line
from careers.seedtext.words import count, sentences, shorten, slug

_TAKEAWAY = re.compile(r"^Key Takeaways?\s*:\s*(.*)$", re.IGNORECASE)
_FALL = r"reduc\w+|cut|lower\w*|decreas\w+|shorten\w*"
_RISE = r"increas\w+|rais\w+|improv\w+|boost\w+|grew"
_PERCENT = r"\d+(?:\.\d+)?%"
_CHANGE = "reduction|increase|decrease|drop|rise|improvement|growth|fewer|less|more|faster|higher|lower"
_BY = re.compile(rf"\b(?:(?P<fall>{_FALL})|(?:{_RISE}))\s+(?P<what>[^,;.%]{{2,60}}?)\s+by\s+(?P<percent>{_PERCENT})", re.IGNORECASE)
_NOUN = re.compile(rf"{_PERCENT}\s+(?:{_CHANGE})\b(?:(?!\sand\s)[^,;.]){{0,60}}")
_RESULT_LENGTH = 120


def read(body: Body) -> Found:
    studies: list[CaseStudy] = []
    while body:
        lines = body.take_while(lambda line: not _TAKEAWAY.match(line.text))
        takeaway = body.take() if body else None
        *unfinished, last = pairwise([*_starts(lines), len(lines)])
        for start, _ in unfinished:
            body.fault(lines[start], f"case study '{lines[start].text}' has no 'Key Takeaway:' line")
        if study := _study(body, lines[last[0] :], takeaway, {study.slug for study in studies}):
            studies.append(study)
    results = sum(1 for study in studies if study.result)
    return Found(f"{count(len(studies), 'study', 'studies')}, {count(results, 'result')}", {"case_studies": studies})


def _starts(lines: list[Line]) -> list[int]:
    """Where a study starts: at the first line, and at titles between two sentences."""
    sentence = [not line.is_title for line in lines]
    return [0, *(at for at in range(2, len(lines) - 1) if sentence[at - 1] and not sentence[at] and sentence[at + 1])]


def _study(body: Body, lines: list[Line], takeaway: Line | None, taken: set[str]) -> CaseStudy | None:
    said = _TAKEAWAY.match(takeaway.text) if takeaway else None
    if not lines or not lines[0].is_title:
        first = lines[0] if lines else takeaway or body.heading
        body.fault(first, "a case study without a title")
    elif takeaway is None or said is None:
        body.fault(lines[0], f"case study '{lines[0].text}' has no 'Key Takeaway:' line")
    elif not said[1]:
        body.fault(takeaway, f"the takeaway of '{lines[0].text}' is empty")
    elif len(lines) < 2:
        body.fault(lines[0], f"case study '{lines[0].text}' has no text")
    else:
        result = find_result(" ".join(line.text for line in lines[1:]))
        if result:
            body.derive(lines[0], f"result of the case study: {result}")
        title = body.short(lines[0])
        name = _free_slug(title, taken)
        text, lesson = body.prose(lines[1:]), body.short(takeaway, said[1])
        return CaseStudy(slug=name, title=title, result=result, text=text, takeaway=lesson, basis=Basis.ILLUSTRATIVE)
    return None


def _free_slug(title: str, taken: set[str]) -> str:
    base = slug(title, 70) or "case"
    return next(name for number in range(1, 1000) if (name := base if number == 1 else f"{base}-{number}") not in taken)


def find_result(text: str) -> str | None:
    """A short phrase for the first percentage: "25% fewer errors" of "reduced errors by 25%"."""
    sentence = next((sentence for sentence in sentences(text) if "%" in sentence), None)
    if sentence is None:
        return None
    if by := _BY.search(sentence):
        many = by["what"].endswith("s")
        change = ("fewer" if many else "less") if by["fall"] else ("more" if many else "higher")
        return f"{by['percent']} {change} {by['what']}"
    phrase = _NOUN.search(sentence)
    return phrase[0].strip() if phrase else shorten(sentence, _RESULT_LENGTH)
