"""Which skills an ad names, and which of them stand in its guide."""

from dataclasses import dataclass

from careers.models import Skill
from careers.models.listing import ListedSkill
from jobs.models import Job


@dataclass(frozen=True)
class NamedSkills:
    """Names in the order of the alphabet. `of_guide`: how many skills the guide has."""

    in_guide: list[str]
    others: list[str]
    of_guide: int
    ids: list[int]  # of all that the ad names, those of the guide first


def named_skills(job: Job) -> NamedSkills:
    """One query for the ad, one for its guide."""
    found = list(Skill.objects.filter(jobs=job).order_by("name").values_list("pk", "name"))
    listed = set(ListedSkill.objects.filter(listing=job.guide_id).values_list("skill_id", flat=True)) if job.guide_id else set()
    shared, others = [one for one in found if one[0] in listed], [one for one in found if one[0] not in listed]
    return NamedSkills([name for _, name in shared], [name for _, name in others], len(listed), [pk for pk, _ in [*shared, *others]])
