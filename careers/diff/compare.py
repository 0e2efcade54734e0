"""Two values of one field of the document, whatever its type."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, get_args

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from careers.diff.change import Change, Kind
from careers.diff.labels import in_words, name_of
from careers.diff.matching import Pair, pairs
from careers.diff.words import words
from careers.document import figures, schema

# By what a row is known when something else of it changes.
KEYS: dict[type[BaseModel], tuple[str, ...]] = {
    schema.Group: ("group",),
    schema.ToolGroup: ("group",),
    schema.Tool: ("name",),
    schema.Takeaway: ("text",),
    schema.Place: ("name",),
    schema.SkillGroup: ("title",),
    schema.Step: ("title",),
    schema.Option: ("name",),
    schema.NameToKnow: ("name",),
    schema.Tier: ("title",),
    schema.Related: ("slug",),
    schema.DayBlock: ("name",),
    schema.CaseStudy: ("slug",),
    schema.Question: ("question",),
    schema.Source: ("key",),
    schema.Note: ("title",),
    figures.PayBand: ("place", "method"),
    figures.Outlook: ("place", "method"),
}
TITLES = {schema.CaseStudy: "title", schema.Source: "title"}  # where the key is not what people call it
LINK = re.compile(r"\[([^\]]*)\]\([^)]*\)")
EMPHASIS = re.compile(r"(\*\*?)(?=\S)(.+?)(?<=\S)\1")
LONG = 60  # characters from which a changed text is shown with its words marked


@dataclass(frozen=True)
class Comparison:
    """`sources`: titles by key, of either document. `hidden`: fields that are left out. `is_marked`: texts keep their Markdown."""

    sources: Mapping[str, str]
    hidden: frozenset[str] = frozenset()
    is_marked: bool = True

    def field(self, name: str, info: FieldInfo | None, before: Mapping[str, Any], after: Mapping[str, Any]) -> list[Change]:
        """Changes of one field of two parts."""
        old, new = before.get(name), after.get(name)
        if old == new or name in self.hidden:
            return []
        model = _model(info)
        if isinstance(old, list) or isinstance(new, list):
            return self._list(name, model, old or [], new or [])
        if isinstance(old, dict) or isinstance(new, dict):
            parts = self.part(model, old or {}, new or {})
            return [_under(name_of(name), change) for change in parts]
        return self._value(name, info, before, after)

    def part(self, model: type[BaseModel] | None, before: Mapping[str, Any], after: Mapping[str, Any]) -> list[Change]:
        """Changes of all fields, in the order of the schema; what an old document has beside it stands last."""
        infos = model.model_fields if model else {}
        names = [*infos, *sorted((before.keys() | after.keys()) - infos.keys())]
        return [change for name in names for change in self.field(name, infos.get(name), before, after)]

    def _value(self, name: str, info: FieldInfo | None, before: Mapping[str, Any], after: Mapping[str, Any]) -> list[Change]:
        old, new = (self._said(in_words(name, info, part.get(name), part, self.sources)) for part in (before, after))
        if old == new:
            return []
        marked = words(old, new) if old and new and max(len(old), len(new)) > LONG else ()
        return [Change(name_of(name), _kind(old, new), old, new, marked)]

    def _said(self, text: str) -> str:
        return text if self.is_marked else EMPHASIS.sub(r"\2", LINK.sub(r"\1", text))

    def _list(self, name: str, model: type[BaseModel] | None, before: list[Any], after: list[Any]) -> list[Change]:
        if model is None:
            found = pairs(before, after, str, str)
            return [change for pair in found if (change := _item(name_of(name), pair))]
        found = pairs(before, after, lambda row: tuple(row.get(key) for key in KEYS[model]), _text)
        return [change for pair in found if (change := self._row(name, model, pair))]

    def _row(self, name: str, model: type[BaseModel], pair: Pair) -> Change | None:
        empty: dict[str, Any] = {}
        if pair.before is None:
            return Change(
                self._called(name, model, pair.after or empty), Kind.ADDED, parts=tuple(self.part(model, empty, pair.after or empty))
            )
        if pair.after is None:
            return Change(self._called(name, model, pair.before), Kind.REMOVED, parts=tuple(self.part(model, pair.before, empty)))
        parts = self.part(model, pair.before, pair.after)
        if not parts and not pair.is_moved:
            return None
        return Change(self._called(name, model, pair.after), Kind.CHANGED if parts else Kind.MOVED, parts=tuple(parts))

    def _called(self, name: str, model: type[BaseModel], row: Mapping[str, Any]) -> str:
        """ "Tier “Master”"; a row without a title by its kind alone."""
        key = TITLES.get(model, KEYS[model][0])
        title = in_words(key, model.model_fields[key], row.get(key), row, self.sources)
        return f"{name_of(name)} “{title}”" if title else name_of(name)


def _item(name: str, pair: Pair) -> Change | None:
    old, new = str(pair.before or ""), str(pair.after or "")
    if old and new:
        if old == new:
            return Change(name, Kind.MOVED, old, new) if pair.is_moved else None
        return Change(name, Kind.CHANGED, old, new, words(old, new))
    return Change(name, _kind(old, new), old, new)


def _kind(old: str, new: str) -> Kind:
    if old and new:
        return Kind.CHANGED
    return Kind.ADDED if new else Kind.REMOVED


def _under(name: str, change: Change) -> Change:
    return Change(f"{name}: {change.name.lower()}", change.kind, change.before, change.after, change.words, change.parts)


def _text(row: Mapping[str, Any]) -> str:
    """All that a row says, to tell whether two are alike."""
    return " ".join(str(value) if not isinstance(value, list | dict) else json.dumps(value) for value in row.values() if value)


def _model(info: FieldInfo | None) -> type[BaseModel] | None:
    """The part that a field holds, alone or in a list."""
    if info is None:
        return None
    return next(
        (kind for kind in (info.annotation, *get_args(info.annotation)) if isinstance(kind, type) and issubclass(kind, BaseModel)), None
    )
