"""Case studies and questions that stand in several guides: written in one, shown in all."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Q

from careers.models import CaseShare, CaseStudy, Guide, Question, QuestionShare
from careers.models.parts import GuidePart

# Kind of part -> the table that says where else it stands, its column there, and what names a part within a guide.
SHARES: dict[type[GuidePart], tuple[type[GuidePart], str, str]] = {
    CaseStudy: (CaseShare, "case", "slug"),
    Question: (QuestionShare, "question", "question"),
}


def rows_of(model: type[GuidePart], guide: Guide) -> list[Any]:
    """Rows of other guides that stand in this one too, each with its place here. Not to be saved."""
    if model not in SHARES:
        return []
    table, column, _ = SHARES[model]
    shared = table._default_manager.filter(guide=guide).select_related(f"{column}__source")
    rows = []
    for share in shared:
        row = getattr(share, column)
        row.position = share.position
        rows.append(row)
    return rows


def keep(model: type[GuidePart], guide: Guide, parts: list[Any]) -> list[Any]:
    """Puts the guide's shares at the places of the parts that say the same, drops the others, returns the parts that are its own."""
    if model not in SHARES:
        return parts
    table, column, _ = SHARES[model]
    standing = {_content(row): row for row in rows_of(model, guide)}
    kept = {part.position: standing[_content(part)] for part in parts if _content(part) in standing}
    table._default_manager.filter(guide=guide).delete()
    table._default_manager.bulk_create(table(guide=guide, position=place, **{column: row}) for place, row in kept.items())
    return [part for part in parts if part.position not in kept]


def update_own(model: type[GuidePart], guide: Guide, parts: Iterable[Any]) -> None:
    """Makes the guide's own rows say what `parts` say, by name: a row that other guides show keeps its key."""
    _, _, name = SHARES[model]
    own = {getattr(row, name): row.pk for row in model._default_manager.filter(guide=guide)}
    parts = list(parts)
    for part in parts:
        part.pk = own.pop(getattr(part, name), None)
    model._default_manager.filter(pk__in=own.values()).delete()
    columns = [field.name for field in model._meta.concrete_fields if not field.primary_key]
    model._default_manager.bulk_update([part for part in parts if part.pk], columns)
    model._default_manager.bulk_create(part for part in parts if not part.pk)


def others_showing(guide: Guide) -> list[Guide]:
    """Other guides in which case studies or questions of this one stand too."""
    cases = CaseShare.objects.filter(case__guide=guide).values("guide")
    questions = QuestionShare.objects.filter(question__guide=guide).values("guide")
    return list(Guide.objects.filter(Q(pk__in=cases) | Q(pk__in=questions)).order_by("pk"))


def _content(row: Any) -> tuple[Any, ...]:
    skip = {"id", "guide", "position"}
    return tuple(getattr(row, field.attname) for field in row._meta.concrete_fields if field.name not in skip)
