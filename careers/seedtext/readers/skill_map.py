"""The skill map: an intro, then groups of a title, a description and skills."""

from careers.document.schema import SkillGroup, SkillMap
from careers.seedtext.lines import Body, Found, Line
from careers.seedtext.words import count


def read(body: Body) -> Found:
    groups: list[SkillGroup] = []
    intro = ""
    while body:
        heads = body.take_while(lambda line: not line.bullet)
        bullets = body.take_while(lambda line: line.bullet)
        at = _title(heads)
        if not bullets and not groups:
            intro = body.prose(heads)
        elif not bullets:
            body.leave(heads, "a group of skills without skills")
        elif at is None:
            body.fault(bullets[0], "a list of skills without the title of a group before it")
        else:
            if groups:
                body.leave(heads[:at], "a paragraph between two groups of skills")
            else:
                intro = body.prose(heads[:at])
            groups += _group(body, heads[at], heads[at + 1 :], bullets)
    amount = sum(len(group.skills) for group in groups)
    return Found(f"{count(len(groups), 'group')}, {count(amount, 'skill')}", {"skill_map": SkillMap(intro=intro, groups=groups)})


def _title(heads: list[Line]) -> int | None:
    """Where the title stands: before the description, or last when there is none."""
    for at in (len(heads) - 2, len(heads) - 1, *reversed(range(len(heads) - 2))):
        if at >= 0 and heads[at].is_title:
            return at
    return None


def _group(body: Body, title: Line, descriptions: list[Line], bullets: list[Line]) -> list[SkillGroup]:
    skills = body.distinct(bullets)
    description = " ".join(line.text for line in descriptions)
    if not skills:
        return []
    return [SkillGroup(title=body.short(title), description=body.short(title, description) or None, skills=skills)]
