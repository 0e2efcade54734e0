"""What the person who reads says of skills, on pages of other rooms. Visitors cost no query.

{% skill_map page as map %}      the skill map of a guide's page
{% skills_of_ad page as mine %}  the skills that a job's ad names
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django import template

from accounts.keeping.skills import SkillMap
from accounts.models import SkillState, User
from careers.page.guide import GuidePage
from jobs.page.job import JobPage

register = template.Library()


@register.simple_tag(takes_context=True)
def skill_map(context: Mapping[str, Any], page: GuidePage) -> SkillMap:
    user = context["request"].user
    states = user.skill_marks.states() if isinstance(user, User) else {}
    return SkillMap.of(page.guide_id, page.guide.slug or "", page.guide.title, page.guide.skill_map.groups, states)


@dataclass(frozen=True)
class MySkills:
    """Names of what the ad asks for, by what the person says of them."""

    have: list[str]
    learning: list[str]
    others: list[str]

    @property
    def total(self) -> int:
        return len(self.have) + len(self.learning) + len(self.others)


@register.simple_tag(takes_context=True)
def skills_of_ad(context: Mapping[str, Any], page: JobPage) -> MySkills | None:
    """None for visitors, and where the ad names none. One query."""
    user, skills = context["request"].user, page.skills
    if not isinstance(user, User) or not skills.ids:
        return None
    states = dict(user.skill_marks.filter(skill__in=skills.ids).values_list("skill_id", "state"))
    said = [(states.get(pk), name) for pk, name in zip(skills.ids, [*skills.in_guide, *skills.others], strict=True)]

    def with_state(*wanted: str | None) -> list[str]:
        return [name for state, name in said if state in wanted]

    return MySkills(with_state(SkillState.HAVE), with_state(SkillState.LEARNING), with_state(SkillState.MISSING, None))
