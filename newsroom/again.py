"""Guides whose words changed without their form: a source, a skill or a shared name was edited elsewhere."""

from django.db.models import QuerySet

from careers.models import Guide, Skill, Source
from newsroom.tasks import store_guides


def citing(sources: list[Source]) -> QuerySet[Guide]:
    return Guide.objects.filter(guidesource_set__source__in=sources)


def naming(skill: Skill) -> QuerySet[Guide]:
    return Guide.objects.filter(guideskill_set__skill=skill)


def store_again(guides: QuerySet[Guide], note: str) -> None:
    """Ask the worker, in the transaction of the caller: there may be a thousand of them, and each becomes a draft."""
    ids = list(guides.order_by("pk").distinct().values_list("pk", flat=True))
    if ids:
        store_guides.defer(guide_ids=ids, note=note)
