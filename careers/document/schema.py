"""The guide document: the plain, typed form of one career guide.

Import, export, revision, preview and the page itself all use this form; the tables that staff edit are
another view of the same content (`careers.document.rows`). A document may be incomplete: what a guide
needs before it can be published is `careers.gates.blocks`. What is present must be right: types, order
of percentiles, keys that exist. Prose fields hold Markdown (paragraphs, emphasis, links, lists).

Money is whole units of `currency` per `unit`. Growth is percent over `period_from`..`period_to`.
"""

from datetime import date, time
from typing import Annotated, Self

from pydantic import Field, StringConstraints, model_validator

from careers.choices import Balance, Basis, Demand, Education, NameKind, PayLevel, RemoteWork, Section, Stress, TierKind
from careers.document.figures import Outlook, PayBand
from careers.document.types import Line, Months, Part, Prose, Slug, Text, Url, Years
from careers.document.words import Named
from kit.text import fold

FORMAT = "waymark-guide/1"


class Source(Part):
    """Where a figure or statement comes from."""

    key: Slug
    publisher: Line
    title: Line
    url: Url | None = None
    period: Line | None = None  # what the data covers, in words: "May 2024"
    licence: Line | None = None
    retrieved: date | None = None
    supports: Line | None = None  # what this guide takes from it


class Group(Part):
    """A short list under a heading. The heading may be empty when there is one group only."""

    group: Annotated[str, StringConstraints(max_length=100)] = ""
    items: list[Line] = Field(min_length=1)

    @model_validator(mode="after")
    def _no_marks(self) -> Self:
        if any(item.startswith("# ") for item in self.items):
            raise ValueError("an item starts with '# ', which marks headings; write it under 'group'")
        return self


class Tool(Part):
    name: Line
    examples: list[Line] = []


class ToolGroup(Part):
    group: Annotated[str, StringConstraints(max_length=100)] = ""
    items: list[Tool] = Field(min_length=1)


class Takeaway(Part):
    """One line of the short version, and the section that tells more."""

    text: Line
    section: Section


class Codes(Part):
    """Codes of the closest occupation in public classifications."""

    soc: Annotated[str, StringConstraints(pattern=r"^\d\d-\d{4}$")] | None = None
    onet: Annotated[str, StringConstraints(pattern=r"^\d\d-\d{4}\.\d\d$")] | None = None
    isco: Annotated[str, StringConstraints(pattern=r"^\d{4}$")] | None = None


class TimeToStart(Part):
    min_months: Months
    max_months: Months
    note: Line | None = None

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        if self.min_months > self.max_months:
            raise ValueError("min_months is larger than max_months")
        return self


class Remote(Part):
    level: Named[RemoteWork]
    note: Line | None = None


class Rating(Part):
    level: Named[Demand]
    text: Prose = ""


class Place(Part):
    name: Line
    note: Line


class World(Part):
    text: Prose = ""
    places: list[Place] = []


class SkillGroup(Part):
    """One level of the skill map."""

    title: Line
    description: Line | None = None
    skills: list[Line] = Field(min_length=1)


class SkillMap(Part):
    intro: Prose = ""
    groups: list[SkillGroup] = []


class Skills(Part):
    text: Prose = ""
    items: list[Line] = []


class EducationLevel(Part):
    minimum: Named[Education] | None = None
    preferred: Named[Education] | None = None
    text: Prose = ""


class Step(Part):
    """One step of the way in."""

    title: Line | None = None
    when: Line | None = None  # "3 to 24 months", in words
    text: Prose


class Route(Part):
    intro: Prose = ""
    steps: list[Step] = []


class Option(Part):
    name: Line
    time: Line
    good_for: Line


class Training(Part):
    text: Prose = ""
    options: list[Option] = []


class NameToKnow(Part):
    """A certification, organization, law, code set or product that the reader should know by name."""

    kind: Named[NameKind]
    name: Line
    abbreviation: Line | None = None
    url: Url | None = None
    note: Line | None = None


class Tier(Part):
    """A stage of the career. Pay comes from the first pay band by `pay_level`, so no figure is typed twice."""

    title: Line
    short_title: Line | None = None  # for signpost and drawing
    tagline: Line | None = None  # "You start here"
    years_min: Years
    years_max: Years | None = None
    kind: Named[TierKind] = TierKind.STEP
    pay_level: Named[PayLevel] | None = None
    text: Prose

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        if self.years_max is not None and self.years_max <= self.years_min:
            raise ValueError("years_max is not above years_min")
        return self


class Related(Part):
    """A related guide that editors pinned, with their reason."""

    slug: Slug
    reason: Line


class DayBlock(Part):
    name: Line  # "Morning"
    start: time
    end: time
    focus: Line
    tasks: list[Line] = Field(min_length=1)

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        if self.start >= self.end:
            raise ValueError("start is not before end")
        return self

    @property
    def hours(self) -> float:
        return (self.end.hour * 60 + self.end.minute - self.start.hour * 60 - self.start.minute) / 60


class StressAndBalance(Part):
    stress: Named[Stress] | None = None
    stress_note: Line | None = None
    balance: Named[Balance] | None = None
    balance_note: Line | None = None
    text: Prose = ""


class CaseStudy(Part):
    slug: Slug
    title: Line
    result: Line | None = None  # "25% fewer billing errors"
    text: Prose
    takeaway: Line
    basis: Named[Basis] = Basis.ILLUSTRATIVE
    source: Slug | None = None
    held: bool = False  # a draft that is left out of what visitors see

    @model_validator(mode="after")
    def _has_source(self) -> Self:
        if self.basis is Basis.SOURCED and self.source is None:
            raise ValueError("a case study from a source names the source")
        return self


class Question(Part):
    question: Line
    answer: Prose
    source: Slug | None = None  # without one the answer is the editors' own
    held: bool = False


class Note(Part):
    """A short remark in the margin beside a section."""

    section: Section
    title: Line
    text: Prose


class Guide(Part):
    """A whole career guide. Field order is file order."""

    format: Annotated[str, StringConstraints(pattern=f"^{FORMAT}$")] = FORMAT
    slug: Slug
    title: Line
    plural: Line | None = None  # "Medical office specialists", for sentences
    aliases: list[Line] = []
    field: Slug | None = None
    codes: Codes = Codes()
    standfirst: Annotated[Text, StringConstraints(max_length=400)] = ""
    intro: Prose = ""
    short_version: list[Takeaway] = []
    time_to_start: TimeToStart | None = None
    remote: Remote | None = None
    what_you_do: Prose = ""
    responsibilities: list[Group] = []
    setting: Prose = ""
    tools: list[ToolGroup] = []
    pay: list[PayBand] = []
    pay_text: Prose = ""
    demand: Rating | None = None
    outlook: list[Outlook] = []
    outlook_text: Prose = ""
    world: World = World()
    skill_map: SkillMap = SkillMap()
    technical_skills: Skills = Skills()
    soft_skills: Skills = Skills()
    education: EducationLevel = EducationLevel()
    route: Route = Route()
    training: Training = Training()
    names: list[NameToKnow] = []
    portfolio: Prose = ""
    mistakes: list[Group] = []
    advice: list[Line] = []
    tiers: list[Tier] = []
    tiers_text: Prose = ""
    growth_paths: Prose = ""
    challenges: Prose = ""
    trends: Prose = ""
    related: list[Related] = []
    day: list[DayBlock] = []
    stress_balance: StressAndBalance = StressAndBalance()
    pros: list[Line] = []
    cons: list[Line] = []
    case_studies: list[CaseStudy] = []
    faq: list[Question] = []
    sources: list[Source] = []
    notes: list[Note] = []

    @model_validator(mode="after")
    def _keys_exist(self) -> Self:
        known = {source.key for source in self.sources}
        if len(known) < len(self.sources):
            raise ValueError("two sources have the same key")
        used = [
            *(band.source for band in self.pay),
            *(outlook.source for outlook in self.outlook),
            *(case.source for case in self.case_studies),
            *(question.source for question in self.faq),
        ]
        for key in used:
            if key is not None and key not in known:
                raise ValueError(f"source '{key}' is used but not listed under sources")
        if len({case.slug for case in self.case_studies}) < len(self.case_studies):
            raise ValueError("two case studies have the same slug")
        if len({pin.slug for pin in self.related}) < len(self.related):
            raise ValueError("a related guide is listed twice")
        return self

    def for_readers(self) -> "Guide":
        """The guide without what editors hold back."""
        return self.model_copy(
            update={
                "case_studies": [case for case in self.case_studies if not case.held],
                "faq": [question for question in self.faq if not question.held],
            }
        )


def skill_names(guide: Guide) -> list[str]:
    """Every skill of any of its lists, once."""
    names = [*guide.technical_skills.items, *guide.soft_skills.items, *(name for group in guide.skill_map.groups for name in group.skills)]
    return list({fold(name): name for name in names}.values())
