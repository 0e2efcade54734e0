"""Which sections of a guide differ between two of its documents."""

from typing import Any

from careers.choices import Section

# Where each section of the page comes from.
FIELDS: dict[Section, tuple[str, ...]] = {
    Section.WHAT_YOU_DO: ("what_you_do", "intro", "standfirst"),
    Section.RESPONSIBILITIES: ("responsibilities",),
    Section.SETTING: ("setting", "remote"),
    Section.TOOLS: ("tools",),
    Section.PAY: ("pay", "pay_text"),
    Section.DEMAND: ("demand",),
    Section.OUTLOOK: ("outlook", "outlook_text"),
    Section.WORLD: ("world",),
    Section.SKILL_MAP: ("skill_map",),
    Section.TECHNICAL: ("technical_skills",),
    Section.PEOPLE_SKILLS: ("soft_skills",),
    Section.EDUCATION: ("education",),
    Section.ROUTE: ("route", "time_to_start"),
    Section.TRAINING: ("training",),
    Section.NAMES: ("names",),
    Section.PORTFOLIO: ("portfolio",),
    Section.MISTAKES: ("mistakes",),
    Section.ADVICE: ("advice",),
    Section.TIERS: ("tiers", "tiers_text"),
    Section.GROWTH: ("growth_paths",),
    Section.CHALLENGES: ("challenges",),
    Section.TRENDS: ("trends",),
    Section.RELATED_ROLES: ("related",),
    Section.DAY: ("day",),
    Section.STRESS: ("stress_balance",),
    Section.PROS_CONS: ("pros", "cons"),
    Section.CASES: ("case_studies",),
    Section.FAQ: ("faq",),
    Section.SOURCES: ("sources",),
}


def changed_sections(before: dict[str, Any], after: dict[str, Any]) -> list[Section]:
    """In page order. What stands in no section (address, other names, codes, margin notes) is no change to a reader."""
    return [section for section in Section if any(before.get(name) != after.get(name) for name in FIELDS[section])]
