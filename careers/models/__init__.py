from careers.models.figures import Outlook, PayBand
from careers.models.guide import Guide, GuideRevision
from careers.models.listing import GuideListing, ListedSkill
from careers.models.parts import (
    CaseStudy,
    DayBlock,
    GuidePart,
    GuideSkill,
    GuideSource,
    MarginNote,
    NameToKnow,
    Question,
    RelatedPin,
    SkillGroup,
    Step,
    Takeaway,
    Tier,
    Tool,
    TrainingOption,
    WorldPlace,
)
from careers.models.site import SearchMiss, SiteQuestion
from careers.models.taxonomy import Field, Skill, SkillAlias, Source

__all__ = [
    "CaseStudy",
    "DayBlock",
    "Field",
    "Guide",
    "GuideListing",
    "GuidePart",
    "GuideRevision",
    "GuideSkill",
    "GuideSource",
    "ListedSkill",
    "MarginNote",
    "NameToKnow",
    "Outlook",
    "PayBand",
    "Question",
    "RelatedPin",
    "SearchMiss",
    "SiteQuestion",
    "Skill",
    "SkillAlias",
    "SkillGroup",
    "Source",
    "Step",
    "Takeaway",
    "Tier",
    "Tool",
    "TrainingOption",
    "WorldPlace",
]
