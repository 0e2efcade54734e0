"""One kind of thing in an export, and how its rows are read without ever holding them all."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db import models
from django.db.models.expressions import Combinable

from accounts.models import User

Row = tuple[Any, ...]
Files = Iterator[tuple[str, bytes]]
BATCH = 500  # rows of one query


def no_files(user: User) -> Files:
    return iter(())


@dataclass(frozen=True)
class Part:
    """`name` names the CSV file and the key in the JSON file; `tables` says which models are in it, for the test that none is
    forgotten. `files`: path in the zip file and content, read one by one.
    """

    name: str
    about: str
    columns: tuple[str, ...]
    rows: Callable[[User], Iterator[Row]]
    tables: tuple[type[models.Model], ...] = ()
    files: Callable[[User], Files] = field(default=no_files)

    @property
    def title(self) -> str:
        return self.name.replace("_", " ").capitalize()


def table(
    name: str,
    about: str,
    model: type[models.Model],
    columns: Mapping[str, str | Combinable],
    *,
    owner: str = "user",
    files: Callable[[User], Files] = no_files,
    also: tuple[type[models.Model], ...] = (),
) -> Part:
    """A part that is one table: column in the export -> path from `model`, or what to work out. Rows belong to the person at `owner`.

    `also`: other tables whose content is in it, as in its files.
    """
    worked_out = {f"out_{column}": what for column, what in columns.items() if not isinstance(what, str)}
    paths = tuple(what if isinstance(what, str) else f"out_{column}" for column, what in columns.items())

    def rows(user: User) -> Iterator[Row]:
        return batches(model._default_manager.filter(**{owner: user}).annotate(**worked_out), paths)

    return Part(name, about, tuple(columns), rows, (model, *also), files)


def batches(rows: "models.QuerySet[Any]", paths: tuple[str, ...]) -> Iterator[Row]:
    """All rows in the order of their keys, BATCH at a time: memory and the length of a query do not grow with the account."""
    last = 0
    while found := list(rows.order_by("pk").filter(pk__gt=last).values_list("pk", *paths)[:BATCH]):
        yield from (row[1:] for row in found)
        last = found[-1][0]
