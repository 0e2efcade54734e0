"""The staff side of guides: plain Django admin, one form for a whole guide."""

from newsroom.admin.bundles import BundleAdmin
from newsroom.admin.cases import CaseStudyAdmin, QuestionAdmin
from newsroom.admin.guide import GuideAdmin
from newsroom.admin.links import LinkCheckAdmin
from newsroom.admin.readers import ReaderReportAdmin
from newsroom.admin.revisions import RevisionAdmin
from newsroom.admin.site import SearchMissAdmin, SiteQuestionAdmin
from newsroom.admin.taxonomy import FieldAdmin, SkillAdmin, SourceAdmin
from newsroom.admin.transitions import TransitionAdmin

__all__ = [
    "BundleAdmin",
    "CaseStudyAdmin",
    "FieldAdmin",
    "GuideAdmin",
    "LinkCheckAdmin",
    "QuestionAdmin",
    "ReaderReportAdmin",
    "RevisionAdmin",
    "SearchMissAdmin",
    "SiteQuestionAdmin",
    "SkillAdmin",
    "SourceAdmin",
    "TransitionAdmin",
]
