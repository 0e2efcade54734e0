"""Which guide and which skills a job belongs to: by the titles, aliases and skill names that guides use."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from careers.models import GuideListing, Skill, SkillAlias
from kit.text import fold

MAX_WORDS = 6  # of a title or skill that is looked for
_WORD = re.compile(r"[a-z0-9+#.&/-]*[a-z0-9+#]")


@dataclass(frozen=True)
class Vocabulary:
    """Folded words -> id. Made once per run: guides and skills change rarely, jobs by the thousand."""

    guides: dict[tuple[str, ...], int]
    skills: dict[tuple[str, ...], int]

    def guide_of(self, title: str) -> int | None:
        """The guide whose title or alias stands in this title; of several the one of most words."""
        found = list(phrases(title, self.guides))
        return self.guides[max(found, key=len)] if found else None

    def skills_of(self, *texts: str) -> set[int]:
        return {self.skills[phrase] for text in texts for phrase in phrases(text, self.skills)}


def phrases(text: str, known: dict[tuple[str, ...], int]) -> Iterable[tuple[str, ...]]:
    """Runs of up to MAX_WORDS words in the text that are known."""
    found = words(text)
    for start in range(len(found)):
        for length in range(1, min(MAX_WORDS, len(found) - start) + 1):
            phrase = tuple(found[start : start + length])
            if phrase in known:
                yield phrase


def words(text: str) -> list[str]:
    return _WORD.findall(fold(text))


def load() -> Vocabulary:
    """Four queries."""
    guides: dict[tuple[str, ...], int] = {}
    for listing in GuideListing.objects.only("guide_id", "title", "words_a").order_by("-guide_id"):
        for name in [*listing.words_a.splitlines(), listing.title]:
            guides[tuple(words(name))] = listing.guide_id
    skills = {tuple(words(name)): pk for pk, name in Skill.objects.values_list("pk", "name")}
    skills |= {tuple(words(name)): pk for pk, name in SkillAlias.objects.values_list("skill_id", "name")}
    return Vocabulary({k: v for k, v in guides.items() if k}, {k: v for k, v in skills.items() if k})
