"""People and what they keep."""

from accounts.models.bookmark import Bookmark
from accounts.models.user import User, UserManager, validate_time_zone

__all__ = ["Bookmark", "User", "UserManager", "validate_time_zone"]
