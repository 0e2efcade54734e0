"""People and what they keep."""

from accounts.models.bookmark import Bookmark
from accounts.models.job_bookmark import JobBookmark
from accounts.models.kept import Kept
from accounts.models.label import Label
from accounts.models.skill_mark import SkillMark, SkillState
from accounts.models.user import User, UserManager, validate_time_zone

__all__ = ["Bookmark", "JobBookmark", "Kept", "Label", "SkillMark", "SkillState", "User", "UserManager", "validate_time_zone"]
