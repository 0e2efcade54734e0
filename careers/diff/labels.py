"""Fields and values of the document in words."""

from collections.abc import Mapping
from enum import Enum
from types import NoneType
from typing import Any, get_args

from pydantic.fields import FieldInfo

from careers.choices import PayUnit
from kit.words import money, percent

# Of fields whose own name would not tell. A name that stands in its section alone needs none.
NAMES = {
    "slug": "Address",
    "plural": "Name of the people",
    "aliases": "Other titles",
    "field": "Field of work",
    "soc": "SOC code",
    "onet": "O*NET code",
    "isco": "ISCO code",
    "intro": "Opening",
    "what_you_do": "Text",
    "pay": "Pay band",
    "pay_text": "About pay",
    "outlook": "Projection",
    "outlook_text": "About the outlook",
    "tiers": "Tier",
    "tiers_text": "About career tiers",
    "short_version": "Short version",
    "time_to_start": "Time to start",
    "min_months": "At least",
    "max_months": "At most",
    "remote": "Remote work",
    "level": "Level",
    "years_min": "Years, from",
    "years_max": "Years, to",
    "pay_level": "Pay level",
    "period_from": "First year",
    "period_to": "Last year",
    "percent": "Growth",
    "all_jobs_percent": "Growth of all jobs",
    "openings_per_year": "Openings a year",
    "p10": "10th percentile",
    "p25": "25th percentile",
    "p75": "75th percentile",
    "p90": "90th percentile",
    "range_min": "Range, from",
    "range_max": "Range, to",
    "entry": "Entry pay",
    "mid": "Mid-level pay",
    "senior": "Senior pay",
    "top": "Top pay",
    "full_year": "People work all year",
    "stated_label": "Label in the imported text",
    "url": "Address",
    "good_for": "Good for",
    "held": "Held back",
    "faq": "Question",
    "case_studies": "Case study",
    "names": "Name",
    "related": "Pinned guide",
    "day": "Part of the day",
    "sources": "Source",
    "notes": "Note in the margin",
    "tools": "Tools",
    "items": "List",
    "groups": "Level",
    "steps": "Step",
    "options": "Way to train",
    "places": "Place",
    "skills": "Skill",
    "tasks": "Task",
    "examples": "Example",
}
MONEY = {"p10", "p25", "median", "p75", "p90", "range_min", "range_max", "entry", "mid", "senior", "top"}
PERCENT = {"percent", "all_jobs_percent"}
UNITS = {"min_months": "month", "max_months": "month", "years_min": "year", "years_max": "year"}


def name_of(field: str) -> str:
    return NAMES.get(field) or field.replace("_", " ").capitalize()


def in_words(field: str, info: FieldInfo | None, value: Any, row: Mapping[str, Any], sources: Mapping[str, str]) -> str:
    """A value as the page would say it; empty for none. `row` is what it stands in, for currency and unit."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if field in MONEY:
        return f"{money(value, row.get('currency') or 'USD')} {_unit(row)}".strip()
    if field in PERCENT:
        return percent(value)
    if unit := UNITS.get(field):
        return f"{value} {unit}{'' if value == 1 else 's'}"
    if field == "source":
        return sources.get(str(value), str(value))
    if field in {"start", "end"}:
        return str(value)[:5]
    if isinstance(value, int) and field == "openings_per_year":
        return f"{value:,}"
    return _choice(info, value) or str(value)


def _unit(row: Mapping[str, Any]) -> str:
    names = {unit.name.lower(): unit.label for unit in PayUnit}
    return str(names.get(str(row.get("unit")), ""))


def _choice(info: FieldInfo | None, value: Any) -> str:
    """The words of a choice that is stored by its name; sections and the like are stored by value."""
    if info is None:
        return ""
    for kind in (info.annotation, *get_args(info.annotation)):
        if kind is not NoneType and isinstance(kind, type) and issubclass(kind, Enum):
            return next((str(getattr(m, "label", m.value)) for m in kind if value in {m.name.lower(), m.value}), "")
    return ""
