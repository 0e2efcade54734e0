"""Which guide and which skills a job belongs to: by the titles, aliases and skill names that guides use."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Q, QuerySet

from careers.models import GuideListing, Skill, SkillAlias
from jobs.choices import State
from jobs.models import Job
from jobs.search.index import index_again
from kit.text import fold

BATCH = 2_000  # jobs that are looked at in one transaction
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


def link_again(skill: Skill) -> int:
    """After a skill got another name: link open jobs whose text has one of its names, and write their search rows anew.

    In batches, each whole by itself; may be stopped and run again. Returns how many jobs have the skill now. Jobs whose description
    writes a name with other accents are left to the next run of their feed.
    """
    names = [skill.name, *skill.aliases.values_list("name", flat=True)]
    known = Vocabulary({}, {phrase: skill.pk for name in names if (phrase := tuple(words(name)))})
    hints = [max(phrase, key=len) for phrase in known.skills]
    likely = Q(pk__in=Job.skills.through.objects.filter(skill=skill).values("job"))
    for hint in hints:
        likely |= Q(title_folded__contains=hint) | Q(description__icontains=hint)
    last, count = 0, 0
    while ids := list(Job.objects.filter(state=State.OPEN, pk__gt=last).order_by("pk").values_list("pk", flat=True)[:BATCH]):
        last = ids[-1]
        count += _link(skill, known, Job.objects.filter(likely, state=State.OPEN, pk__gte=ids[0], pk__lte=last))
    return count


@transaction.atomic
def _link(skill: Skill, known: Vocabulary, likely: QuerySet[Job]) -> int:
    through = Job.skills.through
    texts = likely.values_list("pk", "title", "description")
    named = [pk for pk, title, description in texts if known.skills_of(title, description)]
    through.objects.bulk_create((through(job_id=pk, skill_id=skill.pk) for pk in named), ignore_conflicts=True)
    linked = list(through.objects.filter(skill=skill, job__in=likely.values("pk")).values_list("job_id", flat=True))
    index_again(linked)
    return len(linked)
