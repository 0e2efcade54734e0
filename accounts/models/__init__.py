"""People and what they keep."""

from accounts.models.bookmark import Bookmark
from accounts.models.export import DataExport, ExportChunk
from accounts.models.job_bookmark import JobBookmark
from accounts.models.kept import Kept
from accounts.models.preference import MailKind, NotificationPreference
from accounts.models.user import User, UserManager, validate_time_zone

__all__ = [
    "Bookmark",
    "DataExport",
    "ExportChunk",
    "JobBookmark",
    "Kept",
    "MailKind",
    "NotificationPreference",
    "User",
    "UserManager",
    "validate_time_zone",
]
