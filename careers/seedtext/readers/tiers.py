"""Career tiers: a title, "Experience: 2-5 years", paragraphs."""

import re
from dataclasses import dataclass, field

from careers.choices import PayLevel, TierKind
from careers.document.schema import Tier
from careers.seedtext.lines import Body, Found, Line
from careers.seedtext.words import count, sentence_case, short_title

_EXPERIENCE = re.compile(r"^Experience\b\s*:?\s*(.*)$", re.IGNORECASE)
_SPAN = re.compile(r"(\d{1,2})\s*(?:[–—-]|to)\s*(\d{1,2})\s*(?:years?|yrs?)\.?", re.IGNORECASE)
_OPEN = re.compile(r"(?:over |more than |at least )?(\d{1,2})\s*\+?\s*(?:years?|yrs?)\.?(?: or more)?", re.IGNORECASE)
_UP_TO = re.compile(r"(?:up to|less than|under)\s+(\d{1,2})\s*(?:years?|yrs?)\.?", re.IGNORECASE)
_MOST_YEARS = 60


@dataclass
class _Draft:
    title: Line
    years: tuple[int, int | None] | None = None
    has_experience: bool = False
    texts: list[Line] = field(default_factory=list)


def years(text: str) -> tuple[int, int | None] | None:
    """Reads "2-5 years" as (2, 5), "5+ years" as (5, None); None when it cannot be read."""
    low: int
    high: int | None
    if span := _SPAN.fullmatch(text):
        low, high = int(span[1]), int(span[2])
    elif up_to := _UP_TO.fullmatch(text):
        low, high = 0, int(up_to[1])
    elif more := _OPEN.fullmatch(text):
        low, high = int(more[1]), None
    else:
        return None
    return (low, high) if (high is None or low < high) and max(low, high or 0) <= _MOST_YEARS else None


def read(body: Body) -> Found:
    drafts = _drafts(body)
    for draft in drafts:
        if not draft.has_experience:
            body.fault(draft.title, f"tier '{draft.title.text}' has no 'Experience:' line")
        elif not draft.texts:
            body.fault(draft.title, f"tier '{draft.title.text}' has no text")
    if body.faults:
        return Found("unreadable")
    return Found(count(len(drafts), "tier"), {"tiers": _tiers(body, drafts)})


def _drafts(body: Body) -> list[_Draft]:
    drafts: list[_Draft] = []
    while body:
        line = body.take()
        stated = _EXPERIENCE.match(line.text)
        if stated and (not drafts or drafts[-1].has_experience):
            body.fault(line, "an 'Experience:' line without the title of a tier before it")
        elif stated:
            drafts[-1].has_experience = True
            drafts[-1].years = years(stated[1].strip())
            if drafts[-1].years is None:
                body.fault(line, f"experience '{stated[1]}' is unreadable; expected such as '2-5 years' or '5+ years'")
        elif line.is_title:
            drafts.append(_Draft(line))
        elif drafts:
            drafts[-1].texts.append(line)
        else:
            body.leave([line], "stands before the first tier")
    return drafts


def _tiers(body: Body, drafts: list[_Draft]) -> list[Tier]:
    levels = list(PayLevel)[: len(drafts)] if len(drafts) in (3, 4) else []
    tiers: list[Tier] = []
    for number, draft in enumerate(drafts):
        low, high = draft.years or (0, None)
        kind = _kind(body, draft, low, tiers[-1] if tiers else None)
        title = sentence_case(body.short(draft.title))
        short = short_title(title, body.page.occupation)
        level = levels[number] if levels else None
        tiers.append(
            Tier(title=title, short_title=short, years_min=low, years_max=high, kind=kind, pay_level=level, text=body.prose(draft.texts))
        )
    if levels:
        body.derive(body.heading, f"pay levels of the tiers, in their order: {', '.join(levels)}")
    return tiers


def _kind(body: Body, draft: _Draft, low: int, before: Tier | None) -> TierKind:
    """A tier that starts while the one before still runs is a branch."""
    if before is None:
        return TierKind.STEP
    if before.years_max is None or low < before.years_max:
        body.derive(draft.title, f"'{draft.title.text}' overlaps the tier before it, so it is a branch")
        return TierKind.BRANCH
    if low > before.years_max:
        body.warn(draft.title, f"no tier covers years {before.years_max} to {low}")
    return TierKind.STEP
