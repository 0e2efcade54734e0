"""The guide form in the order of the page: per chapter its own texts, then its lists."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from careers.choices import Section
from careers.completeness import Problem
from newsroom.admin import inlines

Inline = type[inlines.Table] | type[inlines.Stack]


@dataclass(frozen=True)
class FormChapter:
    title: str
    fields: tuple[str | tuple[str, ...], ...] = ()
    parts: tuple[Inline, ...] = ()
    description: str = ""
    legend: str = "texts and ratings"

    @property
    def name(self) -> str | None:
        """Of its fieldset."""
        return f"{self.title}: {self.legend}" if self.title else None


HEAD = (
    "title",
    "slug",
    "plural",
    "aliases",
    "field",
    ("soc", "onet", "isco"),
    "standfirst",
    ("min_months", "max_months", "time_note"),
    ("remote", "remote_note"),
)

QUESTIONS_AND_SOURCES = (inlines.QuestionInline, inlines.QuestionShareInline, inlines.SourceInline, inlines.NoteInline)

CHAPTERS = (
    FormChapter("The work", ("intro", "what_you_do", "responsibilities", "setting"), (inlines.ToolInline,)),
    FormChapter(
        "Pay and demand",
        ("pay_text", "demand", "demand_text", "outlook_text", "world_text"),
        (inlines.PayBandInline, inlines.OutlookInline, inlines.WorldPlaceInline),
        "A source chosen for a figure is added to the guide's sources when you save.",
    ),
    FormChapter(
        "Skills",
        ("skill_map_intro", "technical_skills", "technical_text", "soft_skills", "soft_text"),
        (inlines.LevelInline,),
    ),
    FormChapter(
        "Getting in",
        (
            ("education_minimum", "education_preferred"),
            "education_text",
            "route_intro",
            "training_text",
            "portfolio",
            "mistakes",
            "advice",
        ),
        (inlines.StepInline, inlines.TrainingOptionInline, inlines.NameInline),
    ),
    FormChapter("Moving up", ("tiers_text", "growth_paths", "challenges", "trends"), (inlines.TierInline, inlines.PinInline)),
    FormChapter(
        "Living with the job",
        (("stress", "stress_note"), ("balance", "balance_note"), "balance_text", "pros", "cons"),
        (inlines.DayBlockInline, inlines.CaseStudyInline, inlines.CaseShareInline),
    ),
    FormChapter("Questions and sources", (), QUESTIONS_AND_SOURCES),
    FormChapter("Keeping it true", (("owner", "deputy"), "review_by"), legend="owner and review"),
)

HEAD_INLINES: tuple[Inline, ...] = (inlines.TakeawayInline,)
ALL_INLINES = (*HEAD_INLINES, *(inline for chapter in CHAPTERS for inline in chapter.parts))

FIELDSETS: tuple[tuple[str | None, Any], ...] = (
    (None, {"fields": HEAD}),
    *(
        (chapter.name, {"fields": chapter.fields, "classes": ("collapse",), "description": chapter.description})
        for chapter in CHAPTERS
        if chapter.fields
    ),
)

# Where a problem of `careers.completeness` is mended: id of an element of the form.
PLACES = {
    "field": "id_field",
    "standfirst": "id_standfirst",
    "short_version": "takeaway_set-group",
    "time_to_start": "id_min_months",
    "remote": "id_remote",
    Section.WHAT_YOU_DO: "id_what_you_do",
    Section.RESPONSIBILITIES: "id_responsibilities",
    Section.SETTING: "id_setting",
    Section.TOOLS: "tool_set-group",
    Section.PAY: "payband_set-group",
    Section.DEMAND: "id_demand",
    Section.OUTLOOK: "outlook_set-group",
    Section.WORLD: "id_world_text",
    Section.SKILL_MAP: "skillgroup_set-group",
    Section.TECHNICAL: "id_technical_skills",
    Section.PEOPLE_SKILLS: "id_soft_skills",
    Section.EDUCATION: "id_education_minimum",
    Section.ROUTE: "step_set-group",
    Section.TRAINING: "id_training_text",
    Section.NAMES: "nametoknow_set-group",
    Section.PORTFOLIO: "id_portfolio",
    Section.MISTAKES: "id_mistakes",
    Section.ADVICE: "id_advice",
    Section.TIERS: "tier_set-group",
    Section.GROWTH: "id_growth_paths",
    Section.CHALLENGES: "id_challenges",
    Section.TRENDS: "id_trends",
    Section.RELATED_ROLES: "relatedpin_set-group",
    Section.DAY: "dayblock_set-group",
    Section.STRESS: "id_stress",
    Section.PROS_CONS: "id_pros",
    Section.CASES: "casestudy_set-group",
    Section.FAQ: "question_set-group",
    Section.SOURCES: "guidesource_set-group",
}


def place(problem: Problem) -> str:
    return PLACES.get(problem.where, "guide_form")


@dataclass(frozen=True)
class Block:
    """What the template draws under one heading."""

    title: str
    fieldset: Any | None
    formsets: list[Any]


def blocks(fieldsets: Iterable[Any], formsets: Iterable[Any]) -> Iterator[Block]:
    """Pairs the form's fieldsets and inline formsets, as Django's admin gives them, with the chapters."""
    by_name = {fieldset.name: fieldset for fieldset in fieldsets}
    by_inline = {type(formset.opts): formset for formset in formsets}
    chapters = (FormChapter("", parts=HEAD_INLINES), *CHAPTERS)
    for chapter in chapters:
        yield Block(chapter.title, by_name.get(chapter.name), [by_inline[inline] for inline in chapter.parts if inline in by_inline])
