"""Every row of any room that refers to a row: found through the models, so that no room has to be named here."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, ForeignKey, Model, OuterRef, Q, QuerySet, UniqueConstraint
from django.db.models.lookups import IsNull


@dataclass(frozen=True)
class Reference:
    """A foreign key that leads to the model, also that of a table between two models."""

    model: type[Model]
    name: str

    @property
    def label(self) -> str:
        """What its rows are, for people: a table in between is called by the model that has the list."""
        owner: Any = self.model._meta.auto_created or self.model
        return f"{owner._meta.verbose_name_plural}"

    def rows(self, of: Model) -> QuerySet[Any]:
        return self.model._base_manager.filter(**{self.name: of})

    def move(self, loser: Model, survivor: Model) -> int:
        """Rows of the loser become the survivor's; one that the survivor has already goes away. Returns how many moved."""
        for twins in self._twins(survivor):
            self.rows(loser).filter(twins).delete()
        return self.rows(loser).update(**{self.name: survivor})

    def _twins(self, survivor: Model) -> Iterator[Q]:
        """For each rule of uniqueness: rows that the survivor has already."""
        for fields, condition, nulls_distinct in uniques(self.model, self.name):
            same = condition
            for field in fields:
                both_empty = Q(**{f"{field}__isnull": True}) & Q(IsNull(OuterRef(field), True))
                same &= Q(**{field: OuterRef(field)}) if nulls_distinct else Q(**{field: OuterRef(field)}) | both_empty
            yield condition & Q(Exists(self.rows(survivor).filter(same)))


def uniques(model: type[Model], name: str) -> Iterator[tuple[list[str], Q, bool]]:
    """Rules of uniqueness that name the column: the other columns, when it holds, and whether empty ones differ from each other."""
    for constraint in model._meta.constraints:
        if isinstance(constraint, UniqueConstraint) and name in constraint.fields:
            others = [field for field in constraint.fields if field != name]
            yield others, constraint.condition or Q(), constraint.nulls_distinct is not False
    for together in model._meta.unique_together:
        if name in together:
            yield [field for field in together if field != name], Q(), True
    if model._meta.get_field(name).unique:  # type: ignore[union-attr]  # a foreign key
        yield [], Q(), True


def references(model: type[Model]) -> list[Reference]:
    """In the order of their tables. Hidden ones count (`related_name="+"`); a many-to-many list is its table in between."""
    relations: list[Any] = [one for one in model._meta.get_fields(include_hidden=True) if one.auto_created and not one.concrete]
    found = {(one.related_model, one.field.name) for one in relations if isinstance(one.field, ForeignKey)}
    return sorted((Reference(owner, name) for owner, name in found), key=lambda one: (one.model._meta.label, one.name))
