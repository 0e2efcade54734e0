"""The badge of remote work against what the guide says elsewhere (the seed page says both)."""

import re
from collections.abc import Iterator

from careers.choices import RemoteWork, Section
from careers.document.schema import Guide
from careers.gates.context import Context
from careers.gates.problem import Found

# Said of the work as such. "Some days on site" contradicts nothing, so the words must deny remote work or make it rare.
AGAINST = re.compile(
    r"\b(?:few|hardly any|rarely|seldom|no|not|never|limited|cannot|can't|isn't|is not)\b[^.?!\n]{0,40}"
    r"\b(?:remote(?:ly)?|from home|home office|work(?:ing)? from anywhere)\b"
    r"|\bremote\b[^.?!\n]{0,25}\b(?:rare|limited|scarce|uncommon|few)\b"
    r"|\b(?:must|have to|always|only|mostly|mainly|entirely|nearly all|almost all|most duties)\b[^.?!\n]{0,30}\b(?:on[- ]site|in person)\b",
    re.IGNORECASE,
)
FOR = re.compile(
    r"\b(?:fully|entirely|mostly|usually|often|easily)\b[^.?!\n]{0,20}\b(?:remote(?:ly)?|from home)\b|\bwork(?:ing)? from anywhere\b",
    re.IGNORECASE,
)


def check(guide: Guide, context: Context) -> Found:
    level = guide.remote.level if guide.remote else None
    if level in {RemoteWork.REMOTE_FRIENDLY, RemoteWork.REMOTE_FIRST}:
        pattern = AGAINST
    elif level == RemoteWork.ON_SITE:
        pattern = FOR
    else:
        return
    for where, name, text in _texts(guide):
        if found := pattern.search(text):
            yield where, f"The guide is marked “{RemoteWork(level).label}”, but {name} says: “…{found[0]}…”."


def _texts(guide: Guide) -> Iterator[tuple[str, str, str]]:
    for con in guide.cons:
        yield Section.PROS_CONS, "a drawback", con
    yield Section.SETTING, "“Where you work”", guide.setting
    for question in guide.faq:
        yield Section.FAQ, f"the answer to “{question.question}”", question.answer
