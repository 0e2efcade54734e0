"""What a person says of the skills on a guide's map: have, learning, missing. Skills are shared, so it counts in every guide."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from django.db import transaction
from django.utils import timezone

from accounts.models import SkillMark, SkillState, User
from careers.document.schema import SkillGroup
from careers.models import Skill
from kit.text import fold

States = Mapping[str, SkillState]  # by folded name


@dataclass(frozen=True)
class MapSkill:
    """`state`: None while nothing was said."""

    name: str
    state: SkillState | None

    @property
    def has(self) -> bool:
        return self.state == SkillState.HAVE

    @property
    def is_learning(self) -> bool:
        return self.state == SkillState.LEARNING


@dataclass(frozen=True)
class MapLevel:
    title: str
    description: str
    skills: Sequence[MapSkill]

    @property
    def have(self) -> int:
        return sum(skill.has for skill in self.skills)


@dataclass(frozen=True)
class SkillMap:
    """The map of one guide with what one person says of it. Its first level is what one starts with."""

    guide_id: int
    slug: str
    title: str
    levels: Sequence[MapLevel]

    @classmethod
    def of(cls, guide_id: int, slug: str, title: str, groups: Iterable[SkillGroup], states: States) -> "SkillMap":
        levels = [
            MapLevel(group.title, group.description or "", [MapSkill(name, states.get(fold(name))) for name in group.skills])
            for group in groups
        ]
        return cls(guide_id, slug, title, levels)

    @cached_property
    def skills(self) -> list[MapSkill]:
        return [skill for level in self.levels for skill in level.skills]

    @property
    def have(self) -> int:
        return sum(skill.has for skill in self.skills)

    @property
    def is_begun(self) -> bool:
        return any(skill.state for skill in self.skills)

    @property
    def words(self) -> str:
        """You have 6 of the 19 skills, 4 of the 5 to start with. You are learning 2."""
        if not self.is_begun:
            return f"You have not said yet which of the {len(self.skills)} skills you have."
        start = self.levels[0]
        has = f"You have {self.have} of the {len(self.skills)} skills"
        of_start = f", {start.have} of the {len(start.skills)} to start with" if len(self.levels) > 1 else ""
        learning = sum(skill.is_learning for skill in self.skills)
        return f"{has}{of_start}.{f' You are learning {learning}.' if learning else ''}"


@transaction.atomic
def mark_skills(*, user: User, guide_id: int, said: Mapping[str, SkillState | None]) -> None:
    """`said`: name of a skill -> what the person says of it now; None takes the mark away. Names that no skill has are left out."""
    User.objects.select_for_update().get(pk=user.pk)  # two tabs write one after the other
    skills = Skill.objects.by_name([*said])
    wanted = {skills[fold(name)].pk: state for name, state in said.items() if fold(name) in skills}
    rows = user.skill_marks.filter(skill__in=wanted)
    before = dict(rows.values_list("skill_id", "state"))
    rows.filter(skill__in=[pk for pk, state in wanted.items() if state is None]).delete()
    changed = {pk: state for pk, state in wanted.items() if state and before.get(pk) != state}
    now = timezone.now()
    SkillMark.objects.bulk_create(
        [SkillMark(user=user, skill_id=pk, state=state, guide_id=guide_id, marked_at=now) for pk, state in changed.items()],
        update_conflicts=True,
        update_fields=["state", "guide", "marked_at"],
        unique_fields=["user", "skill"],
    )


def tick_skills(*, user: User, skill_map: SkillMap, have: Iterable[str]) -> None:
    """The ticks of a map: those are there, others are not. What is not ticked and is being learned or missing stays so."""
    ticked = set(have)
    said = {
        skill.name: SkillState.HAVE if skill.name in ticked else None for skill in skill_map.skills if (skill.name in ticked) != skill.has
    }
    mark_skills(user=user, guide_id=skill_map.guide_id, said=said)
