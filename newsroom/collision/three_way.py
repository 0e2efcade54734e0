"""Three documents of a guide: as both opened it, as one saved it, as the other wants it. Pure."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from careers.document import schema

# Not the editor's to change in the form: the address has a page of its own, the format is ours.
LEFT_OUT = {"format", "slug"}
MINE, THEIRS = "mine", "theirs"


@dataclass(frozen=True)
class Comparison:
    """Names of document fields: changed by one alone, or by both (differently)."""

    only_mine: list[str]
    only_theirs: list[str]
    both: list[str]

    @property
    def is_settled(self) -> bool:
        """Whether the two can be put together without anybody's choice."""
        return not self.both


def compare(base: schema.Guide | None, theirs: schema.Guide, mine: schema.Guide) -> Comparison:
    """Without a base, whatever differs was changed by both."""
    found: dict[str, list[str]] = {MINE: [], THEIRS: [], "both": []}
    for name in schema.Guide.model_fields:
        if name in LEFT_OUT or _get(mine, name) == _get(theirs, name):
            continue
        if base is not None and _get(theirs, name) == _get(base, name):
            found[MINE].append(name)
        elif base is not None and _get(mine, name) == _get(base, name):
            found[THEIRS].append(name)
        else:
            found["both"].append(name)
    return Comparison(found[MINE], found[THEIRS], found["both"])


def merged(theirs: schema.Guide, mine: schema.Guide, take_mine: Collection[str]) -> schema.Guide:
    """Theirs with the named fields of mine, and with the sources that those need.

    Raises pydantic.ValidationError if the two do not fit together.
    """
    tree: dict[str, Any] = theirs.model_dump() | {name: value for name, value in mine.model_dump().items() if name in take_mine}
    listed = {source["key"] for source in tree["sources"]}
    needed = _used(tree) - listed
    tree["sources"] = [*tree["sources"], *(source.model_dump() for source in (*mine.sources, *theirs.sources) if source.key in needed)]
    tree["sources"] = list({source["key"]: source for source in tree["sources"]}.values())
    return schema.Guide.model_validate(tree)


def _used(tree: dict[str, Any]) -> set[str]:
    rows = [*tree["pay"], *tree["outlook"], *tree["case_studies"], *tree["faq"]]
    return {row["source"] for row in rows if row["source"]}


def _get(document: schema.Guide, name: str) -> object:
    return getattr(document, name)
