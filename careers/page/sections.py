"""Which chapters and sections a guide has. An empty section is left out of page and contents alike."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from careers.choices import CHAPTERS, Section
from careers.document.schema import Guide

PRESENT: dict[Section, Callable[[Guide], object]] = {
    Section.WHAT_YOU_DO: lambda g: g.what_you_do or g.intro,
    Section.RESPONSIBILITIES: lambda g: g.responsibilities,
    Section.SETTING: lambda g: g.setting,
    Section.TOOLS: lambda g: g.tools,
    Section.PAY: lambda g: g.pay or g.pay_text,
    Section.DEMAND: lambda g: g.demand,
    Section.OUTLOOK: lambda g: g.outlook or g.outlook_text,
    Section.WORLD: lambda g: g.world.text or g.world.places,
    Section.SKILL_MAP: lambda g: g.skill_map.groups,
    Section.TECHNICAL: lambda g: g.technical_skills.items or g.technical_skills.text,
    Section.PEOPLE_SKILLS: lambda g: g.soft_skills.items or g.soft_skills.text,
    Section.EDUCATION: lambda g: g.education.text or g.education.minimum,
    Section.ROUTE: lambda g: g.route.steps or g.route.intro,
    Section.TRAINING: lambda g: g.training.text or g.training.options,
    Section.NAMES: lambda g: g.names,
    Section.PORTFOLIO: lambda g: g.portfolio,
    Section.MISTAKES: lambda g: g.mistakes,
    Section.ADVICE: lambda g: g.advice,
    Section.TIERS: lambda g: g.tiers,
    Section.GROWTH: lambda g: g.growth_paths,
    Section.CHALLENGES: lambda g: g.challenges,
    Section.TRENDS: lambda g: g.trends,
    Section.DAY: lambda g: g.day,
    Section.STRESS: lambda g: g.stress_balance.stress or g.stress_balance.balance or g.stress_balance.text,
    Section.PROS_CONS: lambda g: g.pros or g.cons,
    Section.CASES: lambda g: g.case_studies,
    Section.FAQ: lambda g: g.faq,
    Section.SOURCES: lambda g: g.sources,
}


# Of chapter 1, the sections that leave no margin beside their text.
WIDE = frozenset({Section.RESPONSIBILITIES, Section.TOOLS})


@dataclass(frozen=True)
class SectionView:
    anchor: str
    title: str
    template: str
    notes: Sequence[object] = ()
    has_margin: bool = True


@dataclass(frozen=True)
class Chapter:
    number: int
    anchor: str
    title: str
    sections: list[SectionView]


def chapters(guide: Guide, notes: Mapping[str, Sequence[object]], *, has_related: bool) -> list[Chapter]:
    """Chapters in page order, numbered without gaps."""
    found: list[Chapter] = []
    for anchor, title, sections in CHAPTERS:
        here = [_view(section, notes) for section in sections if _is_present(section, guide, has_related=has_related)]
        if here:
            found.append(Chapter(len(found) + 1, anchor, title, here))
    return found


def _is_present(section: Section, guide: Guide, *, has_related: bool) -> bool:
    return has_related if section is Section.RELATED_ROLES else bool(PRESENT[section](guide))


def _view(section: Section, notes: Mapping[str, Sequence[object]]) -> SectionView:
    template = f"careers/guide/{section.value}.html"
    return SectionView(section.value, section.label, template, notes.get(section.value, ()), section not in WIDE)
