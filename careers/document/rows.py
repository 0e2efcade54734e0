"""A guide as rows and as a document: the same content in two forms.

`read` and `write` are inverse up to names of skills: a skill is written once, by the name or alias the
document uses, and read back by its own name.
"""

from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Any

from django.db import models, transaction

from careers import shares
from careers.document import schema
from careers.document.types import Part
from careers.models import (
    CaseStudy,
    DayBlock,
    Field,
    Guide,
    GuideSkill,
    GuideSource,
    MarginNote,
    NameToKnow,
    Outlook,
    PayBand,
    Question,
    RelatedPin,
    Skill,
    SkillGroup,
    Source,
    Step,
    Takeaway,
    Tier,
    Tool,
    TrainingOption,
    WorldPlace,
)
from careers.models.fields import GROUP_MARK
from careers.models.parts import GuidePart
from kit.text import fold

# Document path -> column of Guide.
SCALARS = {
    "slug": "slug",
    "title": "title",
    "plural": "plural",
    "aliases": "aliases",
    "codes.soc": "soc",
    "codes.onet": "onet",
    "codes.isco": "isco",
    "standfirst": "standfirst",
    "intro": "intro",
    "time_to_start.min_months": "min_months",
    "time_to_start.max_months": "max_months",
    "time_to_start.note": "time_note",
    "remote.level": "remote",
    "remote.note": "remote_note",
    "what_you_do": "what_you_do",
    "setting": "setting",
    "pay_text": "pay_text",
    "demand.level": "demand",
    "demand.text": "demand_text",
    "outlook_text": "outlook_text",
    "world.text": "world_text",
    "skill_map.intro": "skill_map_intro",
    "technical_skills.text": "technical_text",
    "soft_skills.text": "soft_text",
    "education.minimum": "education_minimum",
    "education.preferred": "education_preferred",
    "education.text": "education_text",
    "route.intro": "route_intro",
    "training.text": "training_text",
    "portfolio": "portfolio",
    "advice": "advice",
    "tiers_text": "tiers_text",
    "growth_paths": "growth_paths",
    "challenges": "challenges",
    "trends": "trends",
    "stress_balance.stress": "stress",
    "stress_balance.stress_note": "stress_note",
    "stress_balance.balance": "balance",
    "stress_balance.balance_note": "balance_note",
    "stress_balance.text": "balance_text",
    "pros": "pros",
    "cons": "cons",
}

# Document list -> table of the same columns, in page order.
LISTS: dict[str, type[GuidePart]] = {
    "short_version": Takeaway,
    "pay": PayBand,
    "outlook": Outlook,
    "world.places": WorldPlace,
    "route.steps": Step,
    "training.options": TrainingOption,
    "names": NameToKnow,
    "tiers": Tier,
    "related": RelatedPin,
    "day": DayBlock,
    "case_studies": CaseStudy,
    "faq": Question,
    "notes": MarginNote,
}

SWAPPING = {RelatedPin}  # rows whose unique columns may change places: written anew

# A rating or time without its level says nothing; its note is kept in the row until the level is chosen.
NEEDS = {"time_to_start": "min_months", "remote": "level", "demand": "level"}

EMPTY: tuple[object, ...] = (None, "", [])


def read(guide: Guide) -> schema.Guide:
    """The guide's rows as a document. About 17 queries. Raises pydantic.ValidationError if rows contradict the schema."""
    tree: dict[str, Any] = {"field": guide.field.slug if guide.field else None}
    for path, column in SCALARS.items():
        _put(tree, path, getattr(guide, column))
    for part, needed in NEEDS.items():
        if needed not in tree.get(part, {}):
            tree.pop(part, None)
    for path, model in LISTS.items():
        rows = [*_rows(model, guide), *shares.rows_of(model, guide)]
        _put(tree, path, [_as_part(row) for row in sorted(rows, key=lambda row: row.position)])
    for name in ("responsibilities", "mistakes"):
        tree[name] = list(split_groups(getattr(guide, name)))
    tree["tools"] = _read_tools(guide)
    _read_skills(guide, tree)
    tree["sources"] = [
        {**_as_part(use.source, schema.Source.model_fields), "supports": use.supports or None}
        for use in GuideSource.objects.filter(guide=guide).select_related("source")
    ]
    return schema.Guide.model_validate(tree)


@transaction.atomic
def write(document: schema.Guide, guide: Guide) -> Guide:
    """Make the guide's rows say what the document says, creating skills and sources that are new.

    Raises Field.DoesNotExist when the document names a field of work that is not there.
    """
    guide.field = Field.objects.known_as(document.field) if document.field else None
    for path, column in SCALARS.items():
        setattr(guide, column, _column_value(guide, column, _get(document, path)))
    guide.responsibilities = list(join_groups(document.responsibilities))
    guide.mistakes = list(join_groups(document.mistakes))
    guide.save()
    sources = _write_sources(document, guide)
    for path, model in LISTS.items():
        _replace(model, guide, [_columns(model, part, sources) for part in _get(document, path)])
    _replace(Tool, guide, ({"group": g.group, "name": t.name, "examples": t.examples} for g in document.tools for t in g.items))
    _write_skills(document, guide)
    return guide


def split_groups(lines: Iterable[str]) -> Iterator[dict[str, Any]]:
    """Lines with '# heading' lines -> groups; a heading without items is dropped."""
    group: dict[str, Any] = {"group": "", "items": []}
    for line in lines:
        if line.startswith(GROUP_MARK):
            if group["items"]:
                yield group
            group = {"group": line.removeprefix(GROUP_MARK).strip(), "items": []}
        else:
            group["items"].append(line)
    if group["items"]:
        yield group


def join_groups(groups: Iterable[schema.Group]) -> Iterator[str]:
    for group in groups:
        if group.group:
            yield GROUP_MARK + group.group
        yield from group.items


def _rows(model: type[GuidePart], guide: Guide) -> Iterable[Any]:
    rows: models.QuerySet[Any] = model._default_manager.filter(guide=guide)
    return rows.select_related("source") if "source" in _names(model) else rows


def _names(model: type[models.Model]) -> set[str]:
    return {field.name for field in model._meta.fields}


def _as_part(row: models.Model, names: Iterable[str] | None = None) -> dict[str, Any]:
    """Filled columns of a row; a source by its key."""
    skip = {"id", "guide", "position"}
    values = {name: getattr(row, name) for name in (names or _names(type(row)) - skip) if hasattr(row, name)}
    values = {name: value for name, value in values.items() if value not in EMPTY}
    if isinstance(values.get("source"), Source):
        values["source"] = values["source"].key
    return values


def _columns(model: type[GuidePart], part: Part, sources: dict[str, Source]) -> dict[str, Any]:
    values = {}
    for name in type(part).model_fields:
        value = getattr(part, name)
        if name == "source":
            value = sources[value] if value else None
        values[name] = _column_value(model, name, value)
    return values


def _column_value(model: type[models.Model] | models.Model, column: str, value: Any) -> Any:
    """None becomes the empty text where the column holds text."""
    if value is None and isinstance(model._meta.get_field(column), models.CharField | models.TextField):
        return ""
    return value


def _replace(model: type[GuidePart], guide: Guide, rows: Iterable[dict[str, Any]]) -> None:
    """Rows of another guide that stand in this one too stay what they are, if they still say the same."""
    parts = [model(guide=guide, position=number, **row) for number, row in enumerate(rows, 1)]
    parts = shares.keep(model, guide, parts)
    if model in shares.SHARES:
        shares.update_own(model, guide, parts)
        return
    _put_in_place(model, guide, parts)


def _put_in_place(model: type[models.Model], guide: Guide, parts: list[Any]) -> None:
    """Rows keep their keys by place, so that a form that somebody has open still finds them."""
    rows = model._default_manager.filter(guide=guide)
    standing = [] if model in SWAPPING else list(rows.values_list("pk", flat=True))
    for part, pk in zip(parts, standing, strict=False):
        part.pk = pk
    rows.exclude(pk__in=standing[: len(parts)]).delete()
    columns = [field.name for field in model._meta.concrete_fields if not field.primary_key]
    model._default_manager.bulk_update([part for part in parts if part.pk], columns)
    model._default_manager.bulk_create(part for part in parts if not part.pk)


def _read_tools(guide: Guide) -> list[dict[str, Any]]:
    rows = Tool.objects.filter(guide=guide)
    return [
        {"group": name, "items": [{"name": tool.name, "examples": tool.examples} for tool in tools]}
        for name, tools in groupby(rows, key=lambda tool: tool.group)
    ]


def _read_skills(guide: Guide, tree: dict[str, Any]) -> None:
    uses = list(GuideSkill.objects.filter(guide=guide).select_related("skill"))
    for path, listing in (("technical_skills.items", GuideSkill.Listing.TECHNICAL), ("soft_skills.items", GuideSkill.Listing.SOFT)):
        _put(tree, path, [use.skill.name for use in uses if use.listing == listing])
    groups = []
    for group in SkillGroup.objects.filter(guide=guide):
        skills = [use.skill.name for use in uses if use.group_id == group.pk]
        if skills:
            groups.append({"title": group.title, "description": group.description or None, "skills": skills})
    _put(tree, "skill_map.groups", groups)


def _write_skills(document: schema.Guide, guide: Guide) -> None:
    levels = [
        SkillGroup(guide=guide, position=number, title=part.title, description=part.description or "")
        for number, part in enumerate(document.skill_map.groups, 1)
    ]
    _put_in_place(SkillGroup, guide, levels)
    write_skill_list(guide, GuideSkill.Listing.TECHNICAL, document.technical_skills.items)
    write_skill_list(guide, GuideSkill.Listing.SOFT, document.soft_skills.items)
    for level, part in zip(levels, document.skill_map.groups, strict=True):
        write_skill_list(guide, GuideSkill.Listing.MAP, part.skills, level)


def write_skill_list(guide: Guide, listing: GuideSkill.Listing, names: list[str], level: SkillGroup | None = None) -> None:
    """One list of skills, in this order. A name that no skill has becomes a new skill; two names of one skill are one."""
    skills = Skill.objects.ensure(names)
    once = dict.fromkeys(skills[fold(name)] for name in names)
    GuideSkill.objects.filter(guide=guide, listing=listing, group=level).delete()
    GuideSkill.objects.bulk_create(
        GuideSkill(guide=guide, listing=listing, group=level, skill=skill, position=number) for number, skill in enumerate(once, 1)
    )


def _write_sources(document: schema.Guide, guide: Guide) -> dict[str, Source]:
    """Sources by key; one that exists takes the document's words."""
    GuideSource.objects.filter(guide=guide).delete()
    sources = {}
    for number, part in enumerate(document.sources, 1):
        values = {
            name: _column_value(Source, name, getattr(part, name)) for name in type(part).model_fields if name not in {"key", "supports"}
        }
        source, _ = Source.objects.update_or_create(key=part.key, defaults=values)
        GuideSource.objects.create(guide=guide, position=number, source=source, supports=part.supports or "")
        sources[part.key] = source
    return sources


def _put(tree: dict[str, Any], path: str, value: Any) -> None:
    if value in EMPTY:
        return
    *parents, last = path.split(".")
    for parent in parents:
        tree = tree.setdefault(parent, {})
    tree[last] = value


def _get(part: Any, path: str) -> Any:
    for step in path.split("."):
        part = getattr(part, step) if part is not None else None
    return part
