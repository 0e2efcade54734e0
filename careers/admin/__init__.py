"""The staff side of guides: plain Django admin, one form for a whole guide."""

from careers.admin.cases import CaseStudyAdmin
from careers.admin.guide import GuideAdmin
from careers.admin.revisions import RevisionAdmin
from careers.admin.site import SearchMissAdmin, SiteQuestionAdmin
from careers.admin.taxonomy import FieldAdmin, SkillAdmin, SourceAdmin

__all__ = [
    "CaseStudyAdmin",
    "FieldAdmin",
    "GuideAdmin",
    "RevisionAdmin",
    "SearchMissAdmin",
    "SiteQuestionAdmin",
    "SkillAdmin",
    "SourceAdmin",
]
