"""The merges themselves: one transaction each, with both rows locked."""

from dataclasses import dataclass
from typing import TypeVar

from django.db import transaction
from django.db.models import Model

from careers import publishing
from careers.addresses import one_at_a_time
from careers.models import Field, FormerSlug, GuideListing, Skill, SkillAlias
from kit import stamp
from kit.text import Fold, fold
from newsroom.merging.references import references

M = TypeVar("M", bound=Model)


class MergeRefused(ValueError):
    """One of the two is not there any more, or they are the same. The message says so."""


@dataclass(frozen=True)
class Moving:
    """So many rows of one kind."""

    label: str
    rows: int


def moving(row: Model) -> list[Moving]:
    """What refers to the row, most first; nothing that refers by no row. One query for each table."""
    counted = [Moving(reference.label, reference.rows(row).count()) for reference in references(type(row))]
    return sorted((one for one in counted if one.rows), key=lambda one: -one.rows)


@transaction.atomic
def merge_skills(loser: Skill, survivor: Skill) -> Skill:
    """All that refers to the loser refers to the survivor; the loser's name becomes an alias. Raises MergeRefused.

    Documents keep their words. Search rows of jobs are not written anew: see newsroom.tasks.index_jobs_of_skill.
    """
    pair = {skill.pk: skill for skill in Skill.objects.select_for_update().filter(pk__in=[loser.pk, survivor.pk]).order_by("pk")}
    loser, survivor = _both(pair, loser, survivor)
    _move(loser, survivor)
    name = loser.name
    loser.delete()
    if not SkillAlias.objects.annotate(folded=Fold("name")).filter(folded=fold(name)).exists():
        SkillAlias.objects.create(skill=survivor, name=name)
    return survivor


@transaction.atomic
def merge_fields(loser: Field, survivor: Field) -> Field:
    """The same for fields of work. The loser's address leads to the survivor's page, and published guides say the survivor's name.

    Raises MergeRefused.
    """
    one_at_a_time()
    pair = {field.pk: field for field in Field.objects.select_for_update().filter(pk__in=[loser.pk, survivor.pk]).order_by("pk")}
    loser, survivor = _both(pair, loser, survivor)
    publishing.move_field(GuideListing.objects.filter(field=loser), survivor)
    _move(loser, survivor)
    slug = loser.slug
    loser.delete()
    FormerSlug.objects.create(slug=slug, field=survivor)
    stamp.raise_number()
    return survivor


def _both(pair: dict[int, M], loser: M, survivor: M) -> tuple[M, M]:
    if loser.pk == survivor.pk:
        raise MergeRefused("Choose another one to merge it into.")
    if loser.pk not in pair or survivor.pk not in pair:
        raise MergeRefused("One of the two is gone: somebody merged or deleted it in the meantime.")
    return pair[loser.pk], pair[survivor.pk]


def _move(loser: Model, survivor: Model) -> None:
    for reference in references(type(loser)):
        reference.move(loser, survivor)
