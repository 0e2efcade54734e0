"""What the guide document forbids, said beside the field of the form.

Rows and document hold the same content, so a row that the document would refuse is refused while it is typed.
"""

from collections.abc import Iterator
from typing import Any

from pydantic import ValidationError

from careers.document import figures, schema
from careers.document.rows import EMPTY, NEEDS, SCALARS, split_groups
from careers.document.types import Part
from careers.models import (
    CaseStudy,
    DayBlock,
    Guide,
    MarginNote,
    NameToKnow,
    Outlook,
    PayBand,
    Question,
    RelatedPin,
    Source,
    Step,
    Takeaway,
    Tier,
    Tool,
    TrainingOption,
    WorldPlace,
)

PARTS: dict[type, type[Part]] = {
    CaseStudy: schema.CaseStudy,
    DayBlock: schema.DayBlock,
    MarginNote: schema.Note,
    NameToKnow: schema.NameToKnow,
    Outlook: figures.Outlook,
    PayBand: figures.PayBand,
    Question: schema.Question,
    RelatedPin: schema.Related,
    Source: schema.Source,
    Step: schema.Step,
    Takeaway: schema.Takeaway,
    Tier: schema.Tier,
    Tool: schema.Tool,
    TrainingOption: schema.Option,
    WorldPlace: schema.Place,
}

WORDS = {
    "missing": "This field is required.",
    "string_too_long": "This is too long: at most {max_length} characters fit.",
    "string_pattern_mismatch": "This is not in the expected form (one line, and as the help says).",
}

Fault = tuple[str, str]  # form field ("" for the form as a whole), message


def part_faults(row: object) -> Iterator[Fault]:
    """Faults of a row of a guide, or of a source."""
    part = PARTS.get(type(row))
    if part is None:
        return
    values = {name: getattr(row, name) for name in part.model_fields if hasattr(row, name)}
    if isinstance(source := values.get("source"), Source):
        values["source"] = source.key
    for where, message in _faults(part, {name: value for name, value in values.items() if value not in EMPTY}):
        yield where.split(".")[0], message


def head_faults(guide: Guide) -> Iterator[Fault]:
    """Faults of the guide's own columns."""
    for where, message in _faults(schema.Guide, _head(guide)):
        yield _column(where), message


def in_words(error: ValidationError) -> list[str]:
    """For a guide that contradicts itself in spite of the forms (changed by SQL or code)."""
    return [f"{where}: {message}" if where else message for where, message in _read(error)]


def _head(guide: Guide) -> dict[str, Any]:
    tree: dict[str, Any] = {name: list(split_groups(getattr(guide, name))) for name in ("responsibilities", "mistakes")}
    for path, column in SCALARS.items():
        if (value := getattr(guide, column)) not in EMPTY:
            *parents, last = path.split(".")
            branch = tree
            for parent in parents:
                branch = branch.setdefault(parent, {})
            branch[last] = value
    return {name: value for name, value in tree.items() if name not in NEEDS or NEEDS[name] in value}


def _column(where: str) -> str:
    steps = where.split(".")
    for length in range(len(steps), 0, -1):
        path = ".".join(steps[:length])
        if column := SCALARS.get(path):
            return column
    return steps[0] if steps[0] in {"responsibilities", "mistakes"} else ""


def _faults(part: type[Part], values: dict[str, Any]) -> list[Fault]:
    try:
        part.model_validate(values)
    except ValidationError as error:
        return list(_read(error))
    return []


def _read(error: ValidationError) -> Iterator[Fault]:
    for fault in error.errors(include_url=False):
        words = WORDS.get(fault["type"])
        message = words.format(**fault.get("ctx", {})) if words else fault["msg"].removeprefix("Value error, ")
        yield ".".join(map(str, fault["loc"])), message[:1].upper() + message[1:]
