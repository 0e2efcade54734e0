"""People and what they keep."""

from accounts.models.application_import import ApplicationImport, ImportedApplication
from accounts.models.bookmark import Bookmark
from accounts.models.export import DataExport, ExportChunk
from accounts.models.job_bookmark import JobBookmark
from accounts.models.kept import Kept
from accounts.models.label import Label
from accounts.models.preference import MailKind, NotificationPreference
from accounts.models.skill_mark import SkillMark, SkillState
from accounts.models.tracked import ApplicationEvent, TrackedApplication
from accounts.models.tracked_parts import ApplicationDocument, ApplicationTask, Contact, DocumentFile, Interview, Part
from accounts.models.tracking_marks import CalendarFeed, Departure, Reminder, UsedForm
from accounts.models.user import User, UserManager, validate_time_zone

__all__ = [
    "ApplicationDocument",
    "ApplicationEvent",
    "ApplicationImport",
    "ApplicationTask",
    "Bookmark",
    "CalendarFeed",
    "Contact",
    "DataExport",
    "Departure",
    "DocumentFile",
    "ExportChunk",
    "ImportedApplication",
    "Interview",
    "JobBookmark",
    "Kept",
    "Label",
    "MailKind",
    "NotificationPreference",
    "Part",
    "Reminder",
    "SkillMark",
    "SkillState",
    "TrackedApplication",
    "UsedForm",
    "User",
    "UserManager",
    "validate_time_zone",
]
